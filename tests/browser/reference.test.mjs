// The API reference: every operation is drawn, and can be tried out.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browser, open, serve } from './server.mjs';

let server, chrome;
before(async () => { [server, chrome] = await Promise.all([serve(), browser()]); });
after(async () => { await chrome?.close(); await server?.stop(); });

test('the reference tries an operation out', async () => {
  const page = await open(chrome, `${server.address}/docs#get_suggest`);
  const operation = page.locator('#get_suggest');
  await operation.getByText('Try it').click();
  await operation.getByLabel('text').fill('a bunch of gerberas please');
  await operation.getByRole('button', { name: 'Send' }).click();
  await operation.getByText('"situation"').waitFor();
  await operation.getByText('curl').waitFor();
  const bad = page.locator('#search');
  await bad.getByText('Try it').click();
  await bad.getByLabel('limit').fill('1000');
  await bad.getByRole('button', { name: 'Send' }).click();
  await bad.getByText('problems/invalid-query').waitFor();
  // The browser itself notes a refused request; the page has nothing else to complain about.
  assert.deepEqual(page.complaints.filter((text) => !text.includes('400')), []);
});

test('every operation of the document is drawn', async () => {
  const page = await open(chrome, `${server.address}/docs`);
  await page.locator('.operation').first().waitFor();
  const document = await (await fetch(`${server.address}/openapi.json`)).json();
  const names = Object.values(document.paths).flatMap((item) => Object.values(item).map((operation) => operation.operationId));
  for (const name of names) assert.equal(await page.locator(`section#${name}`).count(), 1, name);
});

test('a long path in the list of operations breaks at its slashes, and is whole', async () => {
  for (const width of [1280, 960, 360]) {
    const page = await open(chrome, `${server.address}/docs`, { width });
    if (width < 960) {
      // A word of what this is stands before the list of all addresses.
      const { top } = await page.locator('h1').evaluate((node) => node.getBoundingClientRect());
      assert.ok(top < 300, `it begins at ${top} px`);
      await page.getByText('All operations').click();
    }
    await page.locator('#contents a').first().waitFor();
    const wrong = await page.locator('#contents a span:last-child').evaluateAll((paths) => paths.flatMap((path) => {
      const nodes = [...path.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
      // Each part stands in one line, inside of the column.
      const edge = path.closest('nav').getBoundingClientRect().right;
      return nodes.filter((node) => {
        const range = document.createRange();
        range.selectNodeContents(node);
        const boxes = [...range.getClientRects()];
        return boxes.length > 1 || boxes.some(({ right }) => right > edge);
      }).map((node) => `${node.textContent} of ${path.textContent}`);
    }));
    assert.deepEqual(wrong, [], `${width} px`);
    assert.equal(await page.locator('#contents').getByText('/v1/balloons/{id}/acknowledge', { exact: true }).count(), 1);
    await page.context().close();
  }
});

test('the keys that work everywhere work on the reference and on problems', async () => {
  for (const path of ['/docs', '/problems', '/problems/SW001', '/problems/not-found']) {
    const page = await open(chrome, server.address + path);
    await page.getByRole('button', { name: 'Keys' }).click();
    await page.getByRole('heading', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('b');
    await page.getByLabel('Your balloon').waitFor();
    assert.match(await page.locator('.foot .directive').innerText(), /come back with a question/);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  }
});

test('the style page shows the card as the console has it', async () => {
  const page = await open(chrome, `${server.address}/style`);
  await page.locator('#card-place .card').waitFor();
  const looks = await page.locator('#card-place .card').evaluate((card) => {
    const of = (place) => getComputedStyle(card.querySelector(place));
    return [of('h2').borderTopWidth, of('h2').marginTop, of('.because').listStyleType, [...card.querySelectorAll('.actions button')].map(({ textContent }) => textContent)];
  });
  assert.deepEqual(looks, ['0px', '0px', 'none', ['CopyEnter', 'ToldT', 'HelpedH', 'DeclinedD', 'MoreM']]);
  assert.deepEqual(page.complaints, []);
});

// Every page in every width and colour: readable, reachable, at home.
import AxeBuilder from '@axe-core/playwright';
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browser, open, serve } from './server.mjs';

let server, chrome;
before(async () => { [server, chrome] = await Promise.all([serve(), browser()]); });
after(async () => { await chrome?.close(); await server?.stop(); });

const PAGES = {
  start: '/',
  tip: '/?text=a+bunch+of+gerberas+please',
  silence: '/?text=zzz+qqq',
  reference: '/docs',
  problems: '/problems',
  problem: '/problems/invalid-query',
  finding: '/problems/SW001',
  'customer page': '/t/flowers/gerbera/wire',
};
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function settled(page, name) {
  const mark = { start: '.start', tip: '.card .say', silence: '.silence', reference: '.operation' }[name] ?? 'h1';
  await page.locator(mark).first().waitFor();
  if (name === 'reference') {
    // What is folded is read too.
    await page.evaluate(() => document.querySelectorAll('details').forEach((one) => { one.open = true; }));
  }
}

for (const [name, path] of Object.entries(PAGES)) {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [1280, 420, 320]) {
      test(`${name}, ${colorScheme}, ${width} px`, async () => {
        const page = await open(chrome, server.address + path, { width, colorScheme });
        await settled(page, name);
        const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
        const told = violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html).join(' | ')}`);
        assert.deepEqual(told, []);
        const [inside, outside] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
        assert.ok(inside <= outside, `it scrolls sideways: ${inside} in ${outside}`);
        assert.deepEqual(page.complaints, []);
        assert.deepEqual([...page.hosts], [new URL(server.address).host]);
        await page.context().close();
      });
    }
  }
}

test('the console and the reference work by Tab alone', async () => {
  const page = await open(chrome, server.address + PAGES.tip);
  await settled(page, 'tip');
  const reached = new Set();
  for (let presses = 0; presses < 12; presses++) {
    await page.keyboard.press('Tab');
    reached.add(await page.evaluate(() => document.activeElement.className || document.activeElement.textContent.trim()));
  }
  for (const wanted of ['copy', 'Open the tip', 'More about it', 'How it was weighed']) assert.ok(reached.has(wanted), `${wanted} not in ${[...reached]}`);
});

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
  await settled(page, 'reference');
  const document = await (await fetch(`${server.address}/openapi.json`)).json();
  const names = Object.values(document.paths).flatMap((item) => Object.values(item).map((operation) => operation.operationId));
  for (const name of names) assert.equal(await page.locator(`section#${name}`).count(), 1, name);
});

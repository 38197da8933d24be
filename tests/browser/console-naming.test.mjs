// The console: whose contact it is, what it is about, and what comes of both after an outage.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axed, sideways } from './looks.mjs';
import { answered, browser, name, open, serve, sent } from './server.mjs';

let server, chrome;
before(async () => { [server, chrome] = await Promise.all([serve(), browser()]); });
after(async () => { await chrome?.close(); await server?.stop(); });

const say = '.card .say';
const SAID = 'a bunch of gerberas please';
const words = (page) => page.locator('#text').inputValue();
const inCard = (page) => page.evaluate(() => document.getElementById('card').contains(document.activeElement));

/** The console with a question typed and answered. */
const asked = (text = SAID, at = server) => answered(chrome, at, text);

/** A card that was told to a customer, and what the page sent. */
async function toldAs(customer) {
  const page = await asked();
  const reports = sent(page);
  await page.keyboard.press('Enter');
  await name(page, customer);
  await page.keyboard.press('t');
  await page.locator('#note', { hasText: 'Told.' }).waitFor();
  return { page, reports };
}

const tell = (customer, tip = 'flowers/gerbera/wire') => fetch(`${server.address}/v1/outcomes`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ tip, outcome: 'told', customer }) });

test('Enter, C, a name, Enter, T: the first name of a contact leads on with its card', async () => {
  const page = await asked();
  const reports = sent(page);
  await page.keyboard.press('Enter');
  const again = page.waitForRequest((request) => request.url().endsWith('/v1/suggest') && request.postDataJSON().customer === 'N-1');
  await name(page, 'N-1');
  assert.equal(await inCard(page), true);
  await page.keyboard.press('t');
  await again;
  await page.locator('#note', { hasText: 'Told.' }).waitFor();
  assert.deepEqual(reports.map(({ tip, outcome, customer }) => [tip, outcome, customer]), [['flowers/gerbera/wire', 'told', 'N-1']]);
  assert.ok(reports[0].suggestion, 'it is a report of the answer for them');
  assert.equal(await words(page), SAID);
  assert.deepEqual(page.complaints, []);
});

test('a key that is pressed before the answer for a customer comes is not for another card', async () => {
  await tell('N-2');
  const page = await asked();
  const reports = sent(page);
  await page.keyboard.press('Enter');
  let letGo;
  const held = new Promise((resolve) => { letGo = resolve; });
  await page.route('**/v1/suggest', async (route) => { await held; await route.continue(); });
  await name(page, 'N-2');
  await page.keyboard.press('t');
  letGo();
  await page.locator('#note', { hasText: 'For this customer it is another answer.' }).waitFor();
  assert.deepEqual(reports, []);
  assert.equal(await words(page), SAID);
});

test('another name than the one before begins another contact, and keys stay out of the words', async () => {
  const { page, reports } = await toldAs('N-3');
  await name(page, 'N-4');
  await page.locator(say).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Undo' }).count(), 0);
  await page.keyboard.press('t');
  await page.locator('#note', { hasText: 'Told.' }).waitFor();
  assert.deepEqual(reports.map(({ outcome, customer }) => [outcome, customer]), [['told', 'N-3'], ['told', 'N-4']]);
  assert.equal(await words(page), SAID);
});

test('a name that was mistyped is put right, and what was reported under it moves', async () => {
  const { page, reports } = await toldAs('N-71');
  await name(page, 'N-72');
  const gone = page.waitForResponse((response) => response.request().method() === 'DELETE');
  await page.getByRole('button', { name: 'That was a slip' }).click();
  assert.equal((await gone).status(), 204);
  await page.locator('#note', { hasText: 'What you reported counts for this customer now.' }).waitFor();
  assert.ok(await page.locator('#slip').isHidden());
  assert.deepEqual(reports.map(({ outcome, customer }) => [outcome, customer]), [['told', 'N-71'], ['told', 'N-72']]);
  const tipFor = async (customer) => (await (await fetch(`${server.address}/v1/suggest`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ text: SAID, customer }) })).json()).tip?.id;
  assert.equal(await tipFor('N-71'), 'flowers/gerbera/wire');
  assert.notEqual(await tipFor('N-72'), 'flowers/gerbera/wire');
  // Where it was none, the next contact forgets the offer.
  await page.locator('#text').press('Escape');
  assert.ok(await page.locator('#slip').isHidden());
  assert.deepEqual(page.complaints, []);
});

test('a name without words leads to the words', async () => {
  const page = await open(chrome, `${server.address}/`);
  await page.locator('#about summary').click();
  await page.locator('#customer').fill('N-5');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'text');
});

test('S, then letters: what may be meant is listed, and Enter takes the best', async () => {
  const page = await asked('flopping over');
  await page.keyboard.press('Enter');
  await page.keyboard.press('s');
  // B is a key of every page: here it is a letter.
  await page.keyboard.type('buy');
  assert.equal(await page.getByLabel('Another product or issue').inputValue(), 'buy');
  assert.equal(await page.locator('.drawer').count(), 0);
  const option = page.locator('.correction [role=option]').first();
  await option.waitFor();
  assert.match(await option.innerText(), /^Buying\s+issue · buying$/);
  await page.keyboard.press('Enter');
  await page.locator('.chip.issue.given', { hasText: 'Buying' }).waitFor();
  assert.match(page.url(), /issue=buying/);
  assert.equal(await page.locator('.correction').count(), 0);
  assert.deepEqual(page.complaints, []);
});

test('the list of what may be meant is readable, wide and narrow, light and dark', async () => {
  for (const [width, colorScheme, path] of [[1280, 'light', '/'], [320, 'dark', '/'], [360, 'light', '/embed']]) {
    const page = await open(chrome, server.address + path, { width, colorScheme });
    await page.locator('#text').fill(SAID);
    await page.locator('#card .card').waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('s');
    await page.keyboard.type('droo');
    await page.locator('.correction [role=option]').nth(1).waitFor();
    assert.deepEqual([...await axed(page), ...await sideways(page)], [], `${path} ${width} ${colorScheme}`);
    await page.context().close();
  }
});

test('S, then another name of a product, and words that the server makes out', async () => {
  const page = await asked('hello there');
  await page.keyboard.press('Enter');
  await page.keyboard.press('s');
  await page.keyboard.type('gerberas');
  await page.keyboard.press('Enter');
  await page.locator('.chip.product.given', { hasText: 'Gerbera daisies' }).waitFor();
  assert.match(page.url(), /product=flowers%2Fgerbera/);
  await page.locator('.chip.given').click();
  await page.locator('#text').press('Enter');
  const given = page.waitForResponse((response) => response.url().endsWith('/v1/suggest') && response.request().postDataJSON().product === 'gerbrea');
  await page.keyboard.press('s');
  await page.keyboard.type('gerbrea');
  assert.match(await page.locator('.correction [role=option]').first().innerText(), /“gerbrea”\s+product, as you typed it/);
  await page.keyboard.press('Enter');
  const { situation } = await (await given).json();
  assert.equal(situation.products[0].id, 'flowers/gerbera');
});

test('what an editor adds while the page is open can be meant', async () => {
  const page = await asked('flopping over');
  await page.live;
  await page.keyboard.press('Enter');
  await page.keyboard.press('s');
  await page.keyboard.type('ger');
  await page.locator('.correction [role=option]').first().waitFor();
  await page.keyboard.press('Escape');
  await server.write('flowers/germander/_index.md', '---\ntitle: Germander\n---\n');
  await server.write('flowers/germander/dry.md', '# How dry may it stand?\n\nDry.\n');
  await page.getByText('The library changed').waitFor();
  await page.keyboard.press('s');
  await page.keyboard.type('germander');
  await page.locator('.correction [role=option]', { hasText: 'product · flowers/germander' }).waitFor();
  await page.context().close();
});

test('what was corrected is in sight, on a page of any size', async () => {
  for (const [path, width, height] of [['/', 1280, 720], ['/embed', 360, 640]]) {
    const page = await answered(chrome, server, SAID, { width, height }, path);
    await page.keyboard.press('Enter');
    await page.keyboard.press('s');
    await page.keyboard.type('droo');
    await page.locator('.correction [role=option]').first().waitFor();
    await page.keyboard.press('Enter');
    const chip = page.locator('.chip.issue.given', { hasText: 'Stems droop' });
    await chip.waitFor();
    const { top, bottom } = await chip.evaluate((node) => node.getBoundingClientRect());
    assert.ok(top >= 0 && bottom <= height, `${path} ${width}: ${top} to ${bottom}`);
    assert.equal(await inCard(page), true);
    await page.context().close();
  }
});

test('from the mood and the stage, too, Enter and Escape lead on to the card', async () => {
  for (const [id, key] of [['mood', 'Enter'], ['stage', 'Escape']]) {
    const page = await asked();
    await page.locator('#about summary').click();
    await page.locator(`#${id}`).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press(key);
    await page.locator('#card .card:focus').waitFor();
    assert.equal(await page.locator('#about').evaluate((about) => about.open), false);
    await page.context().close();
  }
});

test('S, then the arrows: another than the first is taken; Escape goes back to the card', async () => {
  const page = await asked('flopping over');
  await page.keyboard.press('Enter');
  await page.keyboard.press('s');
  await page.keyboard.type('ger');
  await page.locator('.correction [role=option]').nth(1).waitFor();
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.getByLabel('Another product or issue').getAttribute('aria-activedescendant'), 'name-1');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Escape');
  assert.equal(await inCard(page), true);
  assert.equal(await page.locator('.correction').count(), 0);
});

test('what nobody could answer is asked again once the server is back, and the red word goes', async () => {
  const own = await serve();
  try {
    const page = await asked(SAID, own);
    await page.keyboard.press('Enter');
    await name(page, 'N-6');
    await page.locator('.card h2', { hasText: 'droop' }).waitFor();
    await page.live;
    await own.away();
    await page.locator('#text').fill('heads hang down');
    await page.locator('#note', { hasText: 'The server cannot be reached. It is asked again by itself.' }).waitFor();
    assert.ok(await page.locator(say).isVisible(), 'the card is kept');
    const answered = page.waitForResponse((response) => response.url().endsWith('/v1/suggest') && response.ok());
    await own.back();
    const response = await answered;
    assert.deepEqual([response.request().postDataJSON().text, response.request().postDataJSON().customer], ['heads hang down', 'N-6']);
    await page.locator('#note').waitFor({ state: 'hidden' });
    await page.locator('.chip.issue', { hasText: 'Stems droop' }).waitFor();
  } finally {
    await own.stop();
  }
});

test('after an outage it is said that the library changed only where it did', async () => {
  const own = await serve();
  try {
    const page = await asked(SAID, own);
    await page.live;
    // Who has heard of something knows afterwards that more may have been missed.
    await own.write('flowers/gerbera/new.md', '# Do gerberas like the sun?\n\nNot at noon.\n');
    await page.getByRole('button', { name: 'Ask again' }).click();
    await page.getByText('The library changed').waitFor({ state: 'hidden' });
    const looked = page.waitForResponse((response) => new URL(response.url()).pathname === '/v1/library');
    await own.away();
    await own.back();
    await (await looked).finished();
    await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
    assert.equal(await page.locator('#changes').innerText(), '');
    await own.away();
    await own.write('flowers/gerbera/newer.md', '# Do gerberas like the rain?\n\nNot much.\n');
    await own.back();
    await page.getByText('The library may have changed meanwhile.').waitFor();
    assert.ok(await page.locator(say).isVisible());
  } finally {
    await own.stop();
  }
});

test('a page that opens during an outage fills in by itself', async () => {
  const page = await open(chrome, `${server.address}/library`);
  await page.route('**/v1/suggest', (route) => route.abort());
  await page.goto(`${server.address}/?text=${encodeURIComponent(SAID)}`);
  await page.locator('#note', { hasText: 'It is asked again by itself.' }).waitFor();
  await page.reload();
  await page.locator('#note', { hasText: 'It is asked again by itself.' }).waitFor();
  await page.unroute('**/v1/suggest');
  await page.locator(say).waitFor();
  await page.locator('#note').waitFor({ state: 'hidden' });
});

test('whoever is at a card when the server is back is offered the other answer', async () => {
  const page = await asked();
  await page.route('**/v1/suggest', (route) => route.abort());
  await page.locator('#text').fill('attack me');
  await page.locator('#note', { hasText: 'cannot be reached' }).waitFor();
  await page.locator('#card .card').focus();
  await page.unroute('**/v1/suggest');
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await page.getByText('The server can be reached again, and has another answer.').waitFor();
  assert.ok(await page.locator('#note').isHidden());
  assert.match(await page.locator('.card h2').innerText(), /droop/);
  await page.getByRole('button', { name: 'Ask again' }).click();
  await page.locator('.card h2', { hasText: 'What does an attack do?' }).waitFor();
});

test('what is to be said is in sight once the customer is named, and for the next contact, on a phone and in the side bar', async () => {
  const inSight = (page) => page.locator('#card .say').evaluate((say) => { const { top, bottom } = say.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight; });
  for (const [path, width, height] of [['/', 360, 640], ['/embed', 320, 600]]) {
    const page = await open(chrome, server.address + path, { width, height });
    await page.locator('#text').fill('a bunch of gerberas');
    await page.locator('#text').press('Enter');
    await name(page, `sight-${width}`);
    assert.equal(await page.locator('#about').evaluate((about) => about.open), false);
    assert.ok(await inSight(page), `${path}, the card that was read`);
    // Who opened it by hand has it shut for the next contact.
    await page.locator('#about summary').click();
    await page.locator('#text').press('Escape');
    await page.locator('#text').fill('a bunch of gerberas');
    await page.locator('#text').press('Enter');
    await page.locator('#card .card:focus').waitFor();
    await page.locator('#card .say').waitFor();
    assert.equal(await page.locator('#about').evaluate((about) => about.open), false);
    assert.ok(await inSight(page), `${path}, the next contact`);
    await page.context().close();
  }
});

test('an occasion of the library’s own is asked about, beside those that are offered', async () => {
  const page = await asked('a bunch of gerberas');
  await page.locator('#about summary').click();
  assert.deepEqual(await page.locator('#occasions option').evaluateAll((all) => all.map(({ value }) => value)), ['new', 'returning', 'anniversary', 'birthday']);
  const request = page.waitForRequest('**/v1/suggest');
  await page.locator('#occasion').fill('commuter, birthday');
  await page.keyboard.press('Enter');
  assert.deepEqual((await request).postDataJSON().occasions, { commuter: true, birthday: true });
  await page.locator('#about-title', { hasText: 'commuter, birthday' }).waitFor();
});

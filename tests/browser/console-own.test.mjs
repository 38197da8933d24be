// The console: what was told here stays the card, ticked, whatever is asked of the same matter since; what takes its place all
// the same; and what comes of Z then.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { answered, browser, name, serve, sent } from './server.mjs';

let server, chrome;
before(async () => { [server, chrome] = await Promise.all([serve(), browser()]); });
after(async () => { await chrome?.close(); await server?.stop(); });

const SAID = 'a bunch of gerberas please';
const DROOP = 'What do I do when my gerberas droop?';
const noted = (page, text) => page.locator('#note', { hasText: text }).waitFor();
const answer = (page, asked = () => true) => page.waitForResponse((response) => response.url().endsWith('/v1/suggest') && asked(response.request().postDataJSON()));
const questions = (page) => page.locator('#tips [role=option]').allInnerTexts();

/** The card is the one that was told, ticked, and its row is where it was. @param {number} at */
async function stands(page, at = 0) {
  await page.getByRole('button', { name: /Told/, pressed: true }).waitFor();
  assert.equal(await page.locator('.card h2').innerText(), DROOP);
  assert.match((await questions(page))[at], /^What do I do when my gerberas droop\?.*✓/);
  assert.equal(await page.locator('[aria-selected=true]').getAttribute('data-id'), 'flowers/gerbera/wire');
}

/** Told to nobody, then named: the answer for them leaves the tip out. */
async function toldThenNamed(customer, options) {
  const page = await answered(chrome, server, SAID, options);
  const reports = sent(page);
  await page.keyboard.press('Enter');
  await page.keyboard.press('t');
  await noted(page, 'No customer is named');
  const theirs = answer(page, (asked) => asked.customer === customer);
  await name(page, customer);
  const { tip } = await (await theirs).json();
  assert.notEqual(tip?.id, 'flowers/gerbera/wire');
  await noted(page, 'What you reported counts for this customer now.');
  return { page, reports };
}

test('what was told stays the ticked card once its customer is named, and T counts it once', async () => {
  const { page, reports } = await toldThenNamed('own-1');
  await stands(page);
  await page.keyboard.press('t');
  await page.keyboard.press('h');
  await noted(page, 'Helped.');
  assert.deepEqual(reports.map(({ tip, outcome, customer }) => [tip, outcome, customer]), [['flowers/gerbera/wire', 'told', undefined], ['flowers/gerbera/wire', 'told', 'own-1'], ['flowers/gerbera/wire', 'helped', 'own-1']]);
  assert.deepEqual(page.complaints, []);
});

test('a word more and a reload leave what was told in its place; other words are another matter', async () => {
  const page = await answered(chrome, server, SAID);
  await page.keyboard.press('Enter');
  await name(page, 'own-2');
  await page.keyboard.press('t');
  await noted(page, 'Told.');
  const more = answer(page, ({ text }) => text === `${SAID} today`);
  await page.locator('#text').fill(`${SAID} today`);
  await more;
  await stands(page);
  await page.reload();
  await page.locator('#card .card').waitFor();
  await stands(page);
  await page.locator('#text').fill('attack me');
  await page.locator('.card h2', { hasText: 'What does an attack do?' }).waitFor();
  assert.ok(!(await questions(page)).some((one) => one.includes('droop')));
  await page.locator('#text').fill(SAID);
  await page.locator('.card h2', { hasText: 'droop' }).waitFor();
  await stands(page);
});

test('where all that fits was told here, it is no silence either; Z leaves the card, to be declined', async () => {
  const { page, reports } = await toldThenNamed('own-3');
  await page.route('**/v1/suggest', async (route) => {
    const found = await (await route.fetch()).json();
    await route.fulfill({ json: { ...found, tip: null, others: [], silence: { code: 'already_told', detail: 'They have been told already.' } } });
  });
  const silent = answer(page);
  await page.locator('#text').fill(`${SAID} soon`);
  await silent;
  await stands(page);
  await page.locator('#text').press('Enter');
  await page.keyboard.press('z');
  await noted(page, 'Taken back.');
  assert.equal(await page.locator('.card h2').innerText(), DROOP);
  await page.keyboard.press('d');
  await noted(page, 'Declined.');
  assert.equal(reports.at(-1).outcome, 'declined');
});

test('Z on a silence that the report made asks again', async () => {
  const page = await answered(chrome, server, SAID);
  await page.keyboard.press('Enter');
  await page.keyboard.press('t');
  await noted(page, 'Told.');
  await page.route('**/v1/suggest', async (route) => {
    const found = await (await route.fetch()).json();
    await route.fulfill({ json: { ...found, tip: null, others: [], silence: { code: 'no_tip', detail: 'Nothing.' } } });
  });
  await page.locator('#text').fill('attack me');
  await page.getByRole('heading', { name: 'Nothing worth interrupting for' }).waitFor();
  await page.unroute('**/v1/suggest');
  await page.locator('#text').press('Enter');
  await page.keyboard.press('z');
  await page.locator('.card h2', { hasText: 'What does an attack do?' }).waitFor();
  await noted(page, 'Taken back: told, of “What do I do when my gerberas droop?”.');
});

/** Told, then these words instead; the answer to them. */
async function toldThen(text, customer = '') {
  const page = await answered(chrome, server, 'a bunch of gerberas for our anniversary please');
  await page.keyboard.press('Enter');
  if (customer) await name(page, customer);
  await page.keyboard.press('t');
  await noted(page, 'Told.');
  const next = answer(page, (asked) => asked.text === text);
  await page.locator('#text').fill(text);
  return { page, found: await (await next).json() };
}

test('danger and loss take the place of what was told, though it is the same matter', async () => {
  for (const [more, headline, code] of [
    [', and my husband has collapsed and is not breathing', 'Somebody may be in danger', 'no_situation'],
    [', my husband has died', 'Nothing worth interrupting for', 'no_tip'],
  ]) {
    const { page, found } = await toldThen(`a bunch of gerberas for our anniversary please${more}`);
    assert.deepEqual([found.situation.products[0].id, found.situation.issues[0].id, found.tip, found.silence.code], ['flowers/gerbera', 'buying', null, code]);
    await page.getByRole('heading', { name: headline }).waitFor();
    assert.equal(await page.locator('[aria-selected=true]').count(), 0);
    // Enter reads it, and nothing is copied or reported of what is not there.
    await page.locator('#text').press('Enter');
    await page.keyboard.press('t');
    await noted(page, 'No tip is shown, so nothing is reported.');
  }
});

test('what a colleague told of another matter does not bring back what was told here', async () => {
  await fetch(`${server.address}/v1/outcomes`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ tip: 'attack/script', outcome: 'told', customer: 'own-5' }) });
  const { page, found } = await toldThen('attack me', 'own-5');
  assert.equal(found.silence.code, 'already_told');
  await page.locator('#card .silence[data-code=already_told]').waitFor();
  assert.ok(!(await questions(page)).some((one) => one.includes('droop')));
});

// A promise, noted where it is made: in the drawer, with the customer and the tip at hand.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axed, sideways } from './looks.mjs';
import { answered, browser, name, open, serve, sent, unheard } from './server.mjs';

let server, chrome;
before(async () => { [server, chrome] = await Promise.all([serve(), browser()]); });
after(async () => { await chrome?.close(); await server?.stop(); });

const SAID = 'a bunch of gerberas please';
const focused = (page) => page.evaluate(() => document.activeElement.id);
const noted = async (what) => (await (await fetch(`${server.address}/v1/promises`)).json()).items.filter((one) => one.what === what);
const drawer = (page) => page.getByRole('dialog', { name: 'Note a promise' });

test('P on the card notes a promise to who is named, with the tip at hand', async () => {
  const page = await answered(chrome, server, SAID);
  const reports = sent(page);
  await page.keyboard.press('Enter');
  await name(page, 'P-1');
  await page.keyboard.press('p');
  assert.equal(await focused(page), 'promise-what');
  assert.equal(await page.getByLabel('To whom?').inputValue(), 'P-1');
  assert.ok(await page.getByLabel('With the tip “What do I do when my gerberas droop?”').isChecked());
  // All of these letters are keys of the card.
  await page.keyboard.type('the bet');
  await page.getByLabel('By when?').fill('2030-01-02T10:00');
  await page.getByLabel('Who keeps it?').fill('Dana');
  const posted = page.waitForRequest((request) => request.url().endsWith('/v1/promises') && request.method() === 'POST');
  await page.keyboard.press('Enter');
  assert.deepEqual((await posted).postDataJSON(), { what: 'the bet', due: new Date('2030-01-02T10:00').toISOString(), owner: 'Dana', customer: 'P-1', tip: 'flowers/gerbera/wire' });
  await page.locator('.drawer').getByText('Promised: the bet').waitFor();
  assert.deepEqual((await noted('the bet')).map(({ owner, tip, state }) => [owner, tip, state]), [['Dana', 'flowers/gerbera/wire', 'open']]);
  await page.keyboard.press('Escape');
  assert.equal(await page.evaluate(() => document.getElementById('card').contains(document.activeElement)), true);
  assert.deepEqual(reports, []);
  assert.deepEqual(page.complaints, []);
});

test('what was typed and not sent is there again, for the same customer alone', async () => {
  const page = await answered(chrome, server, SAID);
  await page.keyboard.press('Enter');
  await name(page, 'P-2');
  await page.keyboard.press('p');
  await page.keyboard.type('Call back');
  await page.keyboard.press('Escape');
  await page.keyboard.press('p');
  assert.equal(await page.getByLabel('What was promised?').inputValue(), 'Call back');
  await page.keyboard.press('Escape');
  await name(page, 'P-3');
  await page.keyboard.press('p');
  assert.deepEqual([await page.getByLabel('What was promised?').inputValue(), await page.getByLabel('To whom?').inputValue()], ['', 'P-3']);
});

test('a promise that the server does not take stays in the form, and the words say why', async () => {
  const page = await answered(chrome, server, SAID);
  await page.keyboard.press('Enter');
  await page.keyboard.press('p');
  await page.route('**/v1/promises', (route) => route.abort());
  await page.getByLabel('What was promised?').fill('A letter');
  await page.getByLabel('By when?').fill('2030-01-02T10:00');
  await page.getByRole('button', { name: 'Promise it' }).click();
  await drawer(page).getByText('The server cannot be reached. Nothing is lost: it is still in the form.').waitFor();
  assert.equal(await page.getByLabel('What was promised?').inputValue(), 'A letter');
  assert.deepEqual(await noted('A letter'), []);
});

/** A promise that is on its way until it is let through, to whoever is named. */
async function onItsWay(what, customer) {
  const page = await answered(chrome, server, SAID);
  await page.keyboard.press('Enter');
  await name(page, customer);
  await page.keyboard.press('p');
  await page.getByLabel('What was promised?').fill(what);
  await page.getByLabel('By when?').fill('2030-01-02T10:00');
  let through;
  const held = new Promise((resolve) => { through = resolve; });
  await page.route('**/v1/promises', async (route) => { await held; await route.continue(); });
  const begun = page.waitForRequest('**/v1/promises');
  await page.getByLabel('What was promised?').press('Enter');
  await begun;
  return { page, arrive: async () => { through(); await page.locator('[role=status]', { hasText: `Promised: ${what}` }).waitFor({ state: 'attached' }); } };
}

test('a promise whose answer was lost is the same one when it is sent again, whatever card is read by then', async () => {
  const page = await answered(chrome, server, SAID);
  await unheard(page, '**/v1/promises', 'POST');
  await page.keyboard.press('Enter');
  await name(page, 'P-4');
  await page.keyboard.press('p');
  await page.getByLabel('What was promised?').fill('Twice');
  await page.getByLabel('By when?').fill('2030-01-02T10:00');
  await page.getByRole('button', { name: 'Promise it' }).click();
  await drawer(page).getByText('The server cannot be reached.').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('#text').fill('attack me');
  await page.locator('.card h2', { hasText: 'What does an attack do?' }).waitFor();
  await page.locator('#text').press('Enter');
  await page.keyboard.press('p');
  assert.equal(await page.getByLabel('What was promised?').inputValue(), 'Twice');
  assert.ok(await page.getByLabel('With the tip “What do I do when my gerberas droop?”').isChecked());
  await page.keyboard.press('Enter');
  await page.locator('.drawer').getByText('Promised: Twice').waitFor();
  assert.equal((await noted('Twice')).length, 1);
});

test('what is typed while a promise is on its way stays, and is another one', async () => {
  const { page, arrive } = await onItsWay('A card', 'P-5');
  await page.getByLabel('What was promised?').fill('A ribbon');
  await arrive();
  await drawer(page).getByText('Promised: A card').waitFor();
  assert.equal(await page.getByLabel('What was promised?').inputValue(), 'A ribbon');
  assert.equal(await focused(page), 'promise-what');
  await page.keyboard.press('Escape');
  await page.keyboard.press('p');
  await page.getByLabel('What was promised?').press('Enter');
  await page.locator('.drawer').getByText('Promised: A ribbon').waitFor();
  assert.deepEqual([(await noted('A card')).length, (await noted('A ribbon')).length], [1, 1]);
});

test('a late answer opens nothing over what is open by then, and what arrived is not there again', async () => {
  const { page, arrive } = await onItsWay('A vase', 'P-6');
  await page.keyboard.press('Escape');
  await page.keyboard.press('b');
  await page.locator('#balloon-text').fill('More vases');
  await arrive();
  assert.equal(await page.locator('#balloon-text').inputValue(), 'More vases');
  assert.equal(await focused(page), 'balloon-text');
  await page.keyboard.press('Escape');
  await page.keyboard.press('p');
  assert.equal(await page.getByLabel('What was promised?').inputValue(), '');
});

test('a form that is shut and opened again before the answer makes no second promise of it', async () => {
  const { page, arrive } = await onItsWay('A bow', 'P-7');
  await page.keyboard.press('Escape');
  await page.keyboard.press('p');
  assert.equal(await page.getByLabel('What was promised?').inputValue(), 'A bow');
  await arrive();
  await page.locator('.drawer').getByText('Promised: A bow').waitFor();
  assert.equal(await page.locator('#promise-what').count(), 0);
  assert.equal((await noted('A bow')).length, 1);
  // Shut, and nothing else opened: it is told beside whatever has focus.
  const other = await onItsWay('A box', 'P-8');
  await other.page.keyboard.press('Escape');
  await other.arrive();
  await other.page.locator('.drawer').getByText('Promised: A box').waitFor();
  assert.equal(await other.page.evaluate(() => document.getElementById('card').contains(document.activeElement)), true);
});

test('More and the list of keys name it; in the inbox P leads to the form', async () => {
  const page = await answered(chrome, server, SAID);
  await page.keyboard.press('Enter');
  await page.keyboard.press('m');
  await page.getByRole('button', { name: 'Note a promise' }).click();
  await drawer(page).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.locator('.drawer li', { hasText: 'note a promise' }).waitFor();
  for (const [query, id] of [['', 'promise-what'], ['?show=promises', 'what']]) {
    await page.goto(`${server.address}/balloons${query}`);
    await page.locator('.panes:not([data-waiting])').waitFor();
    await page.keyboard.press('p');
    assert.equal(await focused(page), id);
  }
});

test('the form is readable, wide and narrow, light and dark', async () => {
  for (const [width, colorScheme, path] of [[1280, 'light', '/'], [320, 'dark', '/'], [360, 'light', '/embed']]) {
    const page = await open(chrome, server.address + path, { width, colorScheme });
    await page.locator('#text').fill(SAID);
    await page.locator('#card .card').waitFor();
    await page.locator('#text').press('Enter');
    await page.keyboard.press('p');
    await drawer(page).waitFor();
    assert.deepEqual([...await axed(page), ...await sideways(page)], [], `${path} ${width} ${colorScheme}`);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/promise-${width}-${colorScheme}.png` });
    await page.context().close();
  }
});

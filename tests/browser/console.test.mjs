// The console: typing, keys, silence, trouble.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browser, open, serve } from './server.mjs';

let server, chrome;
before(async () => { [server, chrome] = await Promise.all([serve(), browser()]); });
after(async () => { await chrome?.close(); await server?.stop(); });

const console_ = (options) => open(chrome, `${server.address}/`, options);
const say = '.card .say';

async function type(page, text) {
  await page.locator('#text').fill(text);
}

test('it suggests while somebody types', async () => {
  const page = await console_();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'text');
  await page.locator('#text').pressSequentially('a bunch of gerberas please');
  await page.locator(say).waitFor();
  await page.getByText('They hang their heads after a few days.').waitFor();
  for (const part of ['They did not ask', 'Say', 'Hand over', 'Two pieces of wire', 'Because', 'Gerbera daisies']) {
    assert.ok(await page.getByText(part, { exact: false }).first().isVisible(), part);
  }
  await page.getByText('Nobody has to come back').waitFor();
  const size = await page.locator(say).evaluate((node) => parseFloat(getComputedStyle(node).fontSize));
  assert.ok(size >= 20, `the line to say has ${size} px`);
  assert.match(page.url(), /text=a\+bunch\+of\+gerberas/);
  assert.deepEqual(page.complaints, []);
  assert.deepEqual([...page.hosts], [new URL(server.address).host]);
});

test('a question in the address is asked', async () => {
  const page = await open(chrome, `${server.address}/?text=gerberas`);
  await page.locator(`${say}, .silence`).first().waitFor();
  assert.equal(await page.locator('#text').inputValue(), 'gerberas');
});

test('keys: / and Ctrl+K focus, arrows choose, Enter copies, Escape clears', async () => {
  const page = await console_({ permissions: ['clipboard-read', 'clipboard-write'] });
  await type(page, 'a bunch of gerberas please');
  await page.locator(say).waitFor();
  await page.locator('.copy').focus();
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'text');
  assert.equal(await page.locator('#text').inputValue(), 'a bunch of gerberas please');
  await page.locator('.copy').focus();
  await page.keyboard.press('Control+k');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'text');
  await page.keyboard.press('End');
  await page.keyboard.press('/');
  assert.match(await page.locator('#text').inputValue(), /\/$/);
  await page.keyboard.press('Backspace');
  await page.locator('[role=option]').nth(1).waitFor();
  const first = await page.locator(say).textContent();
  await page.keyboard.press('ArrowDown');
  const second = await page.locator(say).textContent();
  assert.notEqual(first, second);
  const chosen = await page.locator('[aria-selected=true]').getAttribute('id');
  assert.equal(await page.locator('#text').getAttribute('aria-activedescendant'), chosen);
  await page.keyboard.press('ArrowUp');
  assert.equal(await page.locator(say).textContent(), first);
  await page.keyboard.press('Enter');
  await page.getByText('Copied', { exact: true }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), first);
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('#text').inputValue(), '');
  assert.equal(await page.locator('.card').count(), 0);
  assert.deepEqual(page.complaints, []);
});

test('copying works where the clipboard is refused', async () => {
  const page = await console_();
  await type(page, 'a bunch of gerberas please');
  await page.locator(say).waitFor();
  await page.evaluate(() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); });
  await page.keyboard.press('Enter');
  await page.getByText('Copied', { exact: true }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'text');
});

test('silence says why', async () => {
  const page = await console_();
  await type(page, 'zzz qqq xxyzzy');
  await page.getByText('Nothing worth interrupting for').waitFor();
  await page.locator('.silence code').waitFor();
  assert.deepEqual(page.complaints, []);
});

test('an input method is left alone', async () => {
  const page = await console_();
  await type(page, 'a bunch of gerberas please');
  await page.locator('[role=option]').nth(1).waitFor();
  const before = await page.locator(say).textContent();
  await page.locator('#text').dispatchEvent('keydown', { key: 'ArrowDown', isComposing: true });
  await page.locator('#text').dispatchEvent('keydown', { key: 'ArrowDown', keyCode: 229 });
  assert.equal(await page.locator(say).textContent(), before);
});

test('a late answer never replaces a newer one, and a slow one is mentioned', async () => {
  const page = await console_();
  let letGo;
  const held = new Promise((resolve) => { letGo = resolve; });
  await page.route('**/v1/suggest?text=slow*', async (route) => { await held; await route.continue().catch(() => {}); });
  await type(page, 'slow');
  await page.getByText('Still asking…').waitFor();
  await type(page, 'a bunch of gerberas please');
  await page.locator(say).waitFor();
  letGo();
  await page.waitForLoadState('networkidle', { timeout: 2000 }).catch(() => {});
  assert.match(await page.locator(say).textContent(), /gerbera|heads/i);
  assert.equal(await page.getByText('Still asking…').count(), 0);
});

test('a server that cannot be reached, and one that refuses', async () => {
  const page = await console_();
  await type(page, 'a bunch of gerberas please');
  await page.locator(say).waitFor();
  await page.route('**/v1/suggest*', (route) => route.abort());
  await type(page, 'a bunch of gerberas, please');
  await page.getByText('The server cannot be reached').waitFor();
  assert.ok(await page.locator(say).isVisible(), 'the card is kept');
  await page.unroute('**/v1/suggest*');
  await type(page, 'a'.repeat(20001));
  await page.getByText('must have at most 20000 characters').waitFor();
  await page.getByText(/request [0-9a-f]{8}-/).waitFor();
});

test('a long paste is asked all the same', async () => {
  const page = await console_();
  await type(page, 'I wanted to say hello. '.repeat(400) + 'a bunch of gerberas please');
  await page.locator('.card').waitFor();
  assert.deepEqual(page.complaints, []);
});

test('a change of the library is offered, and the open card does not move', async () => {
  const page = await console_();
  await type(page, 'a bunch of gerberas please');
  await page.locator(say).waitFor();
  const before = await page.locator(say).textContent();
  await server.write('flowers/gerbera/new.md', '# Do gerberas like the sun?\n\nNot at noon.\n');
  await page.getByText('The library changed.').waitFor();
  assert.equal(await page.locator(say).textContent(), before);
  await page.getByRole('button', { name: 'Ask again' }).click();
  await page.getByText('The library changed.').waitFor({ state: 'hidden' });
});

test('what a tip says runs nothing and loads nothing', async () => {
  for (const path of ['/?text=attack+me', '/t/attack/script']) {
    const page = await open(chrome, server.address + path);
    await page.getByText('What does an attack do?').first().waitFor();
    await page.waitForLoadState('load');
    assert.equal(await page.evaluate(() => window.hacked), undefined, path);
    assert.ok(await page.locator('body').isVisible());
    assert.deepEqual([...page.hosts], [new URL(server.address).host], path);
    const links = await page.locator('a').evaluateAll((all) => all.map((link) => link.protocol));
    assert.ok(links.every((protocol) => ['http:', 'https:', 'mailto:', 'tel:'].includes(protocol)), `${links}`);
    assert.equal(await page.locator('main iframe, main script, main style').count(), 0);
  }
});

// A tip's public page: what a customer reads, prints, hands on and answers.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browser, open, serve, unheard } from './server.mjs';

const ID = 'flowers/gerbera/wire';
let server, chrome;
before(async () => { [server, chrome] = await Promise.all([serve(), browser()]); });
after(async () => { await chrome?.close(); await server?.stop(); });
const read = async (path) => (await fetch(server.address + path)).json();
const meta = (page, name) => page.locator(`meta[property="${name}"], meta[name="${name}"]`).getAttribute('content');

test('what a link preview shows is there, with whole addresses', async () => {
  const page = await open(chrome, `${server.address}/t/${ID}`);
  assert.equal(await meta(page, 'og:title'), 'What do I do when my gerberas droop?');
  assert.match(await meta(page, 'og:description'), /Coil a little wire/);
  assert.equal(await meta(page, 'og:url'), `${server.address}/t/${ID}`);
  assert.equal(await page.locator('link[rel="canonical"]').getAttribute('href'), `${server.address}/t/${ID}`);
  const picture = await fetch(await meta(page, 'og:image'));
  assert.equal(picture.headers.get('content-type'), 'image/png');
  const bytes = new DataView(await picture.arrayBuffer());
  assert.deepEqual([bytes.getUint32(16), bytes.getUint32(20)], [1200, 630]);
  await page.context().close();
});

test('yes is counted once, however often it is pressed', async () => {
  const page = await open(chrome, `${server.address}/t/${ID}`);
  await page.getByRole('button', { name: 'Yes' }).dblclick();
  await page.getByText('Good to hear.').waitFor();
  const helped = async () => (await read(`/v1/tips/${ID}/evidence`)).outcomes.find(({ outcome }) => outcome === 'helped')?.times;
  while (await helped() === undefined) await new Promise((resolve) => { setTimeout(resolve, 20); });
  assert.equal(await helped(), 1);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('who changes their mind has said one thing', async () => {
  const id = 'flowers/gerbera/water';
  const page = await open(chrome, `${server.address}/t/${id}`);
  await page.getByRole('button', { name: 'Yes' }).click();
  await page.getByText('Good to hear.').waitFor();
  const declined = page.waitForResponse((response) => response.request().postDataJSON()?.outcome === 'declined' && response.status() === 201);
  await page.getByRole('button', { name: 'No' }).click();
  await declined;
  const outcomes = (await read(`/v1/tips/${id}/evidence`)).outcomes.map(({ outcome, times }) => [outcome, times]);
  assert.deepEqual(outcomes.filter(([, times]) => times), [['declined', 1]]);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('an answer that was not heard of is counted once, and a change of mind takes it back', async () => {
  const id = 'attack/script';
  const page = await open(chrome, `${server.address}/t/${id}`);
  await unheard(page, '**/v1/outcomes', 'POST');
  await page.getByRole('button', { name: 'Yes' }).click();
  await page.getByText('Your answer did not reach us.').waitFor();
  await unheard(page, '**/v1/outcomes/*', 'DELETE');
  await page.getByRole('button', { name: 'No' }).click();
  await page.getByText('Your answer did not reach us.').waitFor();
  const declined = page.waitForResponse((response) => response.request().postDataJSON()?.outcome === 'declined' && response.status() === 201);
  await page.getByRole('button', { name: 'No' }).click();
  await declined;
  const outcomes = (await read(`/v1/tips/${id}/evidence`)).outcomes.filter(({ times }) => times).map(({ outcome, times }) => [outcome, times]);
  assert.deepEqual(outcomes, [['declined', 1]]);
  await page.context().close();
});

test('a receipt stays, whatever is pressed after it', async () => {
  const page = await open(chrome, `${server.address}/t/${ID}`);
  await page.getByRole('button', { name: 'No' }).click();
  await page.keyboard.type('May the wire be painted?');
  await page.getByRole('button', { name: 'Send' }).click();
  const receipt = page.getByText('Your receipt is');
  await receipt.waitFor();
  const said = await receipt.innerText();
  await page.getByRole('button', { name: 'Yes' }).click();
  await page.getByText('Good to hear.').waitFor();
  assert.equal(await receipt.innerText(), said);
  await page.getByRole('button', { name: 'No' }).click();
  assert.equal(await page.getByLabel('What is missing?').inputValue(), '');
  await page.context().close();
});

test('no asks what is missing, and gives a receipt', async () => {
  const page = await open(chrome, `${server.address}/t/${ID}`);
  await page.getByRole('button', { name: 'No' }).click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'wish');
  await page.keyboard.type('How thick is the wire?');
  await page.route('**/v1/balloons', (route) => route.abort());
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('your words are still here').waitFor();
  assert.equal(await page.getByLabel('What is missing?').inputValue(), 'How thick is the wire?');
  await page.unroute('**/v1/balloons');
  await page.getByRole('button', { name: 'Send' }).click();
  const receipt = (await page.getByText('Your receipt is').innerText()).match(/[0-9a-f]{32}/)[0];
  // The form that had the focus is gone; what comes of it is at hand, and can be taken.
  assert.equal(await page.evaluate(() => document.activeElement.id), 'receipt');
  await page.keyboard.press('Tab');
  assert.match(await page.evaluate(() => document.activeElement.textContent), /Copy the receipt/);
  const balloon = await read(`/v1/balloons/${receipt}`);
  assert.equal(balloon.text, 'How thick is the wire?');
  const all = await read('/v1/balloons?state=waiting');
  assert.equal(all.items[0].givers[0].role, 'customer');
  await page.context().close();
});

test('the link can be copied where nothing can be shared', async () => {
  const page = await open(chrome, `${server.address}/t/${ID}`, { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.getByRole('button', { name: 'Copy the link' }).click();
  await page.getByText('The link is copied.').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${server.address}/t/${ID}`);
  await page.context().close();
});

test('without script it can be read, and asks nothing that it cannot hear', async () => {
  const page = await open(chrome, `${server.address}/t/${ID}`, { javaScriptEnabled: false });
  assert.ok(await page.getByRole('heading', { level: 1 }).isVisible());
  assert.ok(await page.getByRole('img', { name: 'QR code' }).isVisible());
  assert.equal(await page.getByRole('button').count(), 0);
  await page.context().close();
});

test('on paper there are the answer and its code, and nothing to press', async () => {
  const page = await open(chrome, `${server.address}/t/${ID}`);
  await page.emulateMedia({ media: 'print' });
  assert.ok(await page.getByText('Coil a little wire').isVisible());
  assert.ok(await page.getByRole('img', { name: 'QR code' }).isVisible());
  assert.ok(await page.locator('.address').isVisible());
  assert.equal(await page.getByRole('button').count(), 0);
  await page.context().close();
});

test('a language that is written from the right reads from the right', async () => {
  await server.write('flowers/gerbera/arabic.md', '---\nlang: ar\nsays: [زهور]\n---\n# كيف أعتني بالجربيرا؟\n\nضع سلكا حول الساق.\n');
  const address = `${server.address}/t/flowers/gerbera/arabic`;
  while ((await fetch(address)).status !== 200) await new Promise((resolve) => { setTimeout(resolve, 50); });
  const page = await open(chrome, address, { width: 360 });
  assert.equal(await page.locator('html').getAttribute('lang'), 'ar');
  assert.equal(await page.locator('h1').evaluate((title) => getComputedStyle(title).direction), 'rtl');
  await page.context().close();
});

test('what an editor wrote stays text', async () => {
  const page = await open(chrome, `${server.address}/t/attack/script`);
  await page.getByRole('button', { name: 'Yes' }).waitFor();
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  assert.deepEqual([...page.hosts], [new URL(server.address).host]);
  await page.context().close();
});

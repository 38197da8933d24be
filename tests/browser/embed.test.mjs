// The panel in a helpdesk: who may frame it, what it takes from the conversation, copying in a foreign frame.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { browser, open, serve } from './server.mjs';

/** A helpdesk that shows the panel and answers as Chatwoot does. `say` sets its conversation. */
async function helpdesk(panel) {
  const page = `<!doctype html><title>desk</title><label>Reply <input id="reply"></label><iframe width="400" height="800" src="${panel}/embed"></iframe><script>
    let data = null, asked = 0;
    const tell = () => data && document.querySelector('iframe').contentWindow.postMessage(JSON.stringify({ event: 'appContext', data }), '*');
    addEventListener('message', (event) => { if (event.data === 'chatwoot-dashboard-app:fetch-info') { asked += 1; tell(); } });
    window.say = (conversation) => { data = conversation; tell(); };
  </script>`;
  const host = createServer((_, response) => response.setHeader('content-type', 'text/html').end(page)).listen(0, '127.0.0.1');
  await once(host, 'listening');
  return { address: `http://127.0.0.1:${host.address().port}`, host };
}

const message = (id, content, more = {}) => ({ id, content, message_type: 0, private: false, ...more });

let server, chrome, desk, other;
before(async () => {
  // The helpdesk's port is known only once it listens, and it needs the panel's address: any port of this host may frame.
  [server, chrome] = await Promise.all([serve({ STEMWIRE_FRAME_ANCESTORS: 'http://127.0.0.1:*' }), browser()]);
  desk = await helpdesk(server.address);
  other = await helpdesk(server.address.replace('127.0.0.1', 'localhost'));
});
after(async () => { await chrome?.close(); await server?.stop(); desk?.host.close(); other?.host.close(); });

test('the conversation becomes the question, without what names a person', async () => {
  const page = await open(chrome, desk.address);
  const panel = page.frameLocator('iframe');
  await panel.locator('#text').waitFor();
  await page.evaluate((messages) => window.say({ conversation: { id: 7, messages, custom_attributes: { product: 'gerbera' } }, contact: { id: 2 }, theme: 'dark' }), [
    message(1, 'a bunch of gerberas please'), message(2, 'a secret between us', { private: true }), message(3, 'my mail is ana@example.com, call +49 170 1234567'), message(4, 'sure!', { message_type: 1 }),
  ]);
  await panel.locator('.card .say').waitFor();
  const text = await panel.locator('#text').inputValue();
  assert.match(text, /a bunch of gerberas please/);
  assert.doesNotMatch(text, /secret|ana@|1234567|sure/);
  assert.equal(await panel.locator('.chip.given').count(), 1);
  assert.equal(await panel.locator('html').getAttribute('data-theme'), 'dark');
  assert.equal(await panel.locator('#customer').inputValue(), '2');
});

test('in a foreign frame the line is copied by a selection', async () => {
  const page = await open(chrome, desk.address);
  const panel = page.frameLocator('iframe');
  await panel.locator('#text').fill('a bunch of gerberas please');
  await panel.locator('.card .say').waitFor();
  await panel.locator('#text').press('Enter');
  await panel.getByText('Copied', { exact: true }).waitFor();
});

test('what the agent types stays when the helpdesk speaks', async () => {
  const page = await open(chrome, desk.address);
  const panel = page.frameLocator('iframe');
  await panel.locator('#text').fill('flopping over');
  await panel.locator('#card .card').waitFor();
  await page.evaluate((messages) => window.say({ conversation: { id: 8, messages }, contact: { id: 3 } }), [message(1, 'a bunch of gerberas please')]);
  assert.equal(await panel.locator('#text').inputValue(), 'flopping over');
});

test('another conversation is another contact, whatever was typed in the one before', async () => {
  const page = await open(chrome, desk.address);
  const panel = page.frameLocator('iframe');
  await panel.locator('#text').waitFor();
  const speak = (id, words, customer) => page.evaluate(([messages, one]) => window.say({ conversation: { id: one.id, messages }, contact: { id: one.customer } }), [[message(id, words)], { id, customer }]);
  await speak(8, 'a bunch of gerberas please', 3);
  await panel.locator('.card .say').waitFor();
  await panel.locator('#text').fill('gerberas for a friend, a bunch of them');
  await panel.locator('#text').press('Enter');
  await page.keyboard.press('t');
  await panel.getByRole('button', { name: 'Undo' }).waitFor();
  await speak(9, 'do you have roses', 4);
  await panel.locator('#text').evaluate((field) => new Promise((resolve) => { const look = () => (field.value === 'do you have roses' ? resolve() : setTimeout(look, 20)); look(); }));
  assert.equal(await panel.locator('#customer').inputValue(), '4');
  assert.equal(await panel.getByRole('button', { name: 'Undo' }).count(), 0);
});

test('a panel that is loaded anew goes on with its conversation, and with no other', async () => {
  const page = await open(chrome, desk.address);
  const panel = page.frameLocator('iframe');
  await panel.locator('#text').waitFor();
  const speak = (id) => page.evaluate((one) => window.say({ conversation: { id: one, messages: [{ id: 1, content: 'a bunch of gerberas please', message_type: 0 }] }, contact: {} }), id);
  await speak(21);
  await panel.locator('.card .say').waitFor();
  await panel.locator('#text').press('Enter');
  await page.keyboard.press('d');
  await panel.getByRole('button', { name: /Declined/, pressed: true }).waitFor();
  const reload = async () => {
    const loaded = page.waitForResponse((response) => response.url().endsWith('/embed'));
    await page.frames()[1].evaluate(() => { setTimeout(() => location.reload()); });
    await loaded;
    await panel.locator('.card .say').waitFor();
  };
  await reload();
  await panel.getByRole('button', { name: /Declined/, pressed: true }).waitFor();
  await page.evaluate(() => window.say(null)); // the helpdesk is silent until it is somewhere else
  await reload();
  await speak(22);
  await panel.getByRole('button', { name: /Declined/, pressed: false }).waitFor();
  assert.equal(await panel.getByRole('button', { name: 'Undo' }).count(), 0);
});

test('what the customer writes while the agent reads is offered, and Esc keeps whose conversation it is', async () => {
  const page = await open(chrome, desk.address);
  const panel = page.frameLocator('iframe');
  await panel.locator('#text').waitFor();
  const speak = (messages) => page.evaluate((all) => window.say({ conversation: { id: 12, messages: all }, contact: { id: 5 } }), messages);
  await speak([message(1, 'a bunch of gerberas please')]);
  await panel.locator('.card .say').waitFor();
  await panel.locator('#text').press('Enter');
  await panel.locator('.card:focus').waitFor();
  await speak([message(1, 'a bunch of gerberas please'), message(2, 'how much water do they want')]);
  await panel.getByText('The customer wrote again.').waitFor();
  assert.equal(await panel.locator('#text').inputValue(), 'a bunch of gerberas please');
  await panel.getByRole('button', { name: 'Ask again' }).click();
  assert.match(await panel.locator('#text').inputValue(), /how much water/);
  await page.keyboard.press('Escape');
  assert.deepEqual([await panel.locator('#text').inputValue(), await panel.locator('#customer').inputValue()], ['', '5']);
});

test('the focus stays with whoever types in the helpdesk, whatever the panel hears meanwhile', async () => {
  const page = await open(chrome, `${desk.address}/`);
  const panel = page.frameLocator('iframe');
  const speak = (id, content, customer) => page.evaluate((one) => window.say({ conversation: { id: one.id, messages: [{ id: one.id, content: one.content, message_type: 0 }] }, contact: { id: one.customer } }), { id, content, customer });
  const replying = () => page.evaluate(() => document.activeElement.id);
  // Loaded beside whoever types already.
  await page.locator('#reply').pressSequentially('Dear ');
  const loaded = page.waitForResponse((response) => response.url().endsWith('/embed?again'));
  await page.evaluate(() => { document.querySelector('iframe').src += '?again'; });
  await loaded;
  await panel.locator('.examples button').first().waitFor();
  assert.equal(await replying(), 'reply');
  await speak(31, 'a bunch of gerberas please', 8);
  await panel.locator('.card .say').waitFor();
  assert.equal(await replying(), 'reply');
  // From the card back to the reply: the next conversation comes by itself.
  await panel.locator('#text').press('Enter');
  await panel.locator('.card:focus').waitFor();
  await page.keyboard.press('d');
  await panel.getByRole('button', { name: 'Undo' }).waitFor();
  await page.locator('#reply').click();
  await speak(32, 'attack me', 9);
  await panel.locator('.card h2', { hasText: 'What does an attack do?' }).waitFor();
  await page.locator('#reply').pressSequentially('Mrs Lind');
  assert.equal(await replying(), 'reply');
  assert.equal(await page.locator('#reply').inputValue(), 'Dear Mrs Lind');
});

test('links lead beside the panel, never out of it', async () => {
  const page = await open(chrome, desk.address);
  const panel = page.frameLocator('iframe');
  await panel.locator('#text').fill('a bunch of gerberas please');
  await panel.locator('.card .say').waitFor();
  for (const link of await panel.locator('main a').all()) assert.equal(await link.getAttribute('target'), '_blank', await link.innerText());
  await panel.locator('#balloon-open').click();
  await panel.getByLabel('Your balloon').fill('A panel that is wider');
  await page.keyboard.press('Enter');
  assert.equal(await panel.locator('.drawer a').getAttribute('target'), '_blank');
});

test('only the panel is framed, and only by those who are named', async () => {
  const policy = async (path) => (await fetch(server.address + path)).headers.get('content-security-policy');
  assert.match(await policy('/embed'), /frame-ancestors http:\/\/127\.0\.0\.1:\*/);
  for (const path of ['/', '/docs', '/t/flowers/gerbera/wire']) assert.match(await policy(path), /frame-ancestors 'none'/, path);
  const stranger = other.address.replace('127.0.0.1', 'localhost');
  const page = await open(chrome, stranger);
  await page.waitForLoadState('load');
  assert.ok(page.complaints.some((text) => /frame-ancestors|refused/i.test(text)), `${page.complaints}`);
});

test('the directive stands at the foot of the panel, too', async () => {
  const page = await open(chrome, `${server.address}/embed`, { width: 320, height: 600 });
  assert.equal(await page.locator('.directive').innerText(), 'Nobody has to come back with a question we could have answered.');
  assert.ok(await page.locator('.directive').isVisible());
  await page.context().close();
});

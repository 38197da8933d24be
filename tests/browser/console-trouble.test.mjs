// The console in trouble: slow, away, refused, changed meanwhile, attacked; and what a screen reader hears.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browser, open, serve } from './server.mjs';

let server, chrome;
before(async () => { [server, chrome] = await Promise.all([serve(), browser()]); });
after(async () => { await chrome?.close(); await server?.stop(); });

const say = '.card .say';
const SAID = 'a bunch of gerberas please';

async function asked(text = SAID, options = {}) {
  const page = await open(chrome, `${server.address}/`, options);
  await page.locator('#text').fill(text);
  await page.locator('#card .card').waitFor();
  return page;
}

test('a late answer never replaces a newer one, and a slow one is mentioned', async () => {
  const page = await open(chrome, `${server.address}/`);
  let letGo;
  const held = new Promise((resolve) => { letGo = resolve; });
  await page.route('**/v1/suggest', async (route) => {
    if (route.request().postDataJSON().text === 'slow') await held;
    await route.continue().catch(() => {});
  });
  await page.locator('#text').fill('slow');
  await page.getByText('Still asking…').waitFor();
  await page.locator('#text').fill(SAID);
  await page.locator(say).waitFor();
  letGo();
  await page.waitForLoadState('networkidle', { timeout: 2000 }).catch(() => {});
  assert.match(await page.locator(say).textContent(), /gerbera|heads/i);
  assert.equal(await page.getByText('Still asking…').count(), 0);
});

test('a server that cannot be reached, and one that refuses', async () => {
  const page = await asked();
  await page.route('**/v1/suggest', (route) => route.abort());
  await page.locator('#text').fill('a bunch of gerberas, please');
  await page.getByText('The server cannot be reached').waitFor();
  assert.ok(await page.locator(say).isVisible(), 'the card is kept');
  await page.unroute('**/v1/suggest');
  await page.locator('#text').fill('a'.repeat(20001));
  await page.getByText('must have at most 20000 characters').waitFor();
  await page.getByText(/request [0-9a-f]{8}-/).waitFor();
});

test('reports wait while nobody answers, over a reload, and are sent once', async () => {
  const page = await asked();
  const keys = [];
  await page.route('**/v1/outcomes', (route) => { keys.push(route.request().headers()['idempotency-key']); return route.abort(); });
  await page.keyboard.press('Enter');
  await page.keyboard.press('t');
  await page.getByText('1 report waits for the server').waitFor();
  await page.reload();
  await page.getByText('1 report waits for the server').waitFor();
  await page.unroute('**/v1/outcomes');
  const taken = page.waitForResponse((response) => response.url().endsWith('/v1/outcomes') && response.status() === 201);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  assert.equal((await taken).request().headers()['idempotency-key'], keys[0]);
  await page.locator('#waiting').waitFor({ state: 'hidden' });
});

test('a report that waits is taken back without the server', async () => {
  const page = await asked();
  await page.route('**/v1/outcomes', (route) => route.abort());
  await page.keyboard.press('Enter');
  await page.keyboard.press('t');
  await page.getByText('1 report waits for the server').waitFor();
  await page.keyboard.press('z');
  await page.locator('#waiting').waitFor({ state: 'hidden' });
  assert.equal(await page.getByRole('button', { name: /Told/, pressed: true }).count(), 0);
});

test('a report that is refused says so and is not kept', async () => {
  const page = await asked();
  await page.route('**/v1/outcomes', (route) => route.fulfill({ status: 422, contentType: 'application/problem+json', body: JSON.stringify({ type: 'x', title: 'The body has wrong fields', status: 422, detail: 'No.', request_id: 'r-1' }) }));
  await page.keyboard.press('Enter');
  await page.keyboard.press('t');
  await page.locator('#note', { hasText: 'The body has wrong fields. No. (request r-1)' }).waitFor();
  assert.equal(await page.getByRole('button', { name: /Told/, pressed: true }).count(), 0);
  assert.ok(await page.locator('#waiting').isHidden());
});

test('where nobody answers, keys typed after Enter report nothing', async () => {
  const page = await asked();
  await page.route('**/v1/suggest', async (route) => { await new Promise((resolve) => { setTimeout(resolve, 150); }); await route.abort(); });
  const reports = [];
  page.on('request', (request) => request.url().endsWith('/v1/outcomes') && reports.push(request.url()));
  await page.locator('#text').fill('something else entirely');
  await page.keyboard.press('Enter');
  await page.keyboard.press('t');
  await page.locator('#note', { hasText: 'The server cannot be reached' }).waitFor();
  await page.waitForTimeout(50);
  assert.deepEqual(reports, []);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'text');
});

/** Names a customer without the key for it. */
async function name(page, customer) {
  await page.locator('#customer').fill(customer);
  await page.keyboard.press('Tab');
}

test('what was reported of one customer is not taken back for the next', async () => {
  const page = await asked();
  await page.locator('#about summary').click();
  await name(page, 'T-1');
  await page.locator('#text').press('Enter');
  await page.keyboard.press('d');
  await page.getByRole('button', { name: 'Undo' }).waitFor();
  await name(page, 'T-2');
  await page.getByRole('button', { name: 'Undo' }).waitFor({ state: 'detached' });
});

test('what was reported of nobody counts for who is named then, once, also where Told is clicked at once', async () => {
  const page = await asked();
  const bodies = [];
  page.on('request', (request) => request.url().endsWith('/v1/outcomes') && request.method() === 'POST' && bodies.push(request.postDataJSON()));
  await page.keyboard.press('Enter');
  await page.keyboard.press('d');
  await page.getByRole('button', { name: 'Undo' }).waitFor();
  await page.locator('#about summary').click();
  await page.locator('#customer').fill('T-3');
  const withdrawn = page.waitForResponse((response) => response.request().method() === 'DELETE');
  // The press takes the field's focus, and with it what was typed: the click still means the button under it.
  await page.getByRole('button', { name: 'Told', exact: false }).first().click();
  await withdrawn;
  await page.locator('#note', { hasText: 'Told' }).waitFor();
  assert.deepEqual(bodies.map(({ outcome, customer }) => [outcome, customer]), [['declined', undefined], ['told', 'T-3']]);
});

test('that a report was taken stays to be read where the answer for who is named with it comes later', async () => {
  const page = await asked();
  await page.keyboard.press('Enter');
  await page.keyboard.press('d');
  await page.getByRole('button', { name: 'Undo' }).waitFor();
  let letGo;
  const until = new Promise((resolve) => { letGo = resolve; });
  await page.route('**/v1/suggest', async (route) => { await until; await route.continue(); });
  await page.locator('#about summary').click();
  await page.locator('#customer').fill('T-4');
  await page.getByRole('button', { name: 'Told', exact: false }).first().click();
  await page.locator('#note', { hasText: 'Told, not declined.' }).waitFor();
  await page.locator('#note').evaluate((line) => new MutationObserver(() => { line.dataset.changed = 'yes'; }).observe(line, { childList: true }));
  letGo();
  await page.locator('#note[data-changed]').waitFor({ state: 'attached' });
  assert.match(await page.locator('#note').textContent(), /^Told, not declined\./);
});

test('another reason takes the place of the first', async () => {
  const page = await asked();
  await page.keyboard.press('Enter');
  await page.keyboard.press('m');
  await page.keyboard.press('4');
  await page.getByRole('button', { name: 'No time', pressed: true }).waitFor();
  const gone = page.waitForRequest((request) => request.method() === 'DELETE' && request.url().includes('/v1/outcomes/'));
  await page.keyboard.press('3');
  await gone;
  await page.getByRole('button', { name: 'It does not fit', pressed: true }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'No time', pressed: true }).count(), 0);
});

test('a card for one customer is gone before the next is asked about', async () => {
  const page = await asked();
  const answered = page.waitForResponse('**/v1/suggest');
  await page.locator('#about summary').click();
  await name(page, 'T-7');
  await (await answered).finished();
  await page.locator(say).waitFor();
  await page.route('**/v1/suggest', (route) => route.abort());
  await name(page, 'somebody else');
  await page.locator(say).waitFor({ state: 'detached' });
});

test('a question in the address whose answer is slow says so, and keys wait for it', async () => {
  const page = await open(chrome, `${server.address}/`);
  let letGo;
  const until = new Promise((resolve) => { letGo = resolve; });
  await page.route('**/v1/suggest', async (route) => { await until; await route.continue(); });
  await page.goto(`${server.address}/?text=${SAID.replaceAll(' ', '+')}`);
  await page.getByText('Still asking…').waitFor();
  const told = page.waitForRequest((request) => request.url().endsWith('/v1/outcomes'));
  await page.keyboard.press('Enter');
  await page.keyboard.press('t');
  letGo();
  assert.equal((await told).postDataJSON().outcome, 'told');
  assert.equal(await page.locator('#text').inputValue(), SAID);
  assert.equal(await page.getByText('Still asking…').count(), 0);
});

test('a long paste is asked all the same', async () => {
  const page = await asked('I wanted to say hello. '.repeat(400) + SAID);
  assert.deepEqual(page.complaints, []);
});

test('a change of the library is counted, and the open card does not move', async () => {
  const page = await asked();
  const before = await page.locator(say).textContent();
  const top = await page.locator(say).evaluate((node) => node.getBoundingClientRect().top);
  await page.live;
  await server.write('flowers/gerbera/new.md', '# Do gerberas like the sun?\n\nNot at noon.\n');
  await page.getByText('The library changed: 1 tip is new or edited.').waitFor();
  assert.equal(await page.locator(say).textContent(), before);
  assert.equal(await page.locator(say).evaluate((node) => node.getBoundingClientRect().top), top);
  await page.getByRole('button', { name: 'Ask again' }).click();
  await page.getByText('The library changed').waitFor({ state: 'hidden' });
});

test('what a tip or an address says runs nothing and loads nothing', async () => {
  const attack = encodeURIComponent('<img src=x onerror="window.hacked=1">');
  for (const path of ['/?text=attack+me', '/t/attack/script', `/?text=attack+me&product=${attack}&issue=${attack}&customer=${attack}`]) {
    const page = await open(chrome, server.address + path);
    await page.getByText(/What does an attack do\?|Nothing worth interrupting/).first().waitFor();
    await page.waitForLoadState('load');
    assert.equal(await page.evaluate(() => window.hacked), undefined, path);
    assert.ok(await page.locator('body').isVisible());
    assert.deepEqual([...page.hosts], [new URL(server.address).host], path);
    const links = await page.locator('a').evaluateAll((all) => all.map((link) => link.protocol));
    assert.ok(links.every((protocol) => ['http:', 'https:', 'mailto:', 'tel:'].includes(protocol)), `${links}`);
    assert.equal(await page.locator('main iframe, main script, main style').count(), 0);
  }
});

test('what a screen reader hears, in order', async () => {
  const page = await open(chrome, `${server.address}/`, { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.evaluate(() => {
    window.heard = [];
    const watch = new MutationObserver((all) => all.forEach((one) => { if (one.target.textContent) window.heard.push(one.target.textContent); }));
    for (const node of document.querySelectorAll('[role=status]')) watch.observe(node, { childList: true });
  });
  const hears = (count) => page.waitForFunction((wanted) => window.heard.length >= wanted, count);
  await page.locator('#text').pressSequentially(SAID, { delay: 15 });
  await hears(1);
  await page.keyboard.press('Enter');
  await hears(2);
  await page.keyboard.press('t');
  await hears(3);
  await page.keyboard.press('z');
  await hears(4);
  const heard = await page.evaluate(() => window.heard);
  assert.match(heard[0], /^They did not ask: What do I do when my gerberas droop\? Enter copies what to say\. \d+ more questions?\.$/);
  assert.deepEqual(heard.slice(1), ['Copied: They hang their heads after a few days. Coil a little wire round the stem.', 'Told. Z takes it back. No customer is named, so it may be suggested to them again.', 'Taken back.']);
});

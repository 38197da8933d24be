// The inbox: balloons oldest first, done with by keys; receipts; promises.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { axed, sideways } from './looks.mjs';
import { browser, open, serve, unheard } from './server.mjs';

const ATTACK = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
let server, chrome, page;
before(async () => { chrome = await browser(); });
after(async () => { await chrome?.close(); });
beforeEach(async (t) => {
  server = await serve();
  t.after(async () => { await page?.context().close(); page = null; await server.stop(); });
});

const send = async (path, json) => {
  const answer = await fetch(server.address + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) });
  assert.ok(answer.ok, `${path}: ${answer.status}`);
  return answer.json();
};
const give = (text, more = {}) => send('/v1/balloons', { text, role: 'agent', ...more });
const read = async (path) => (await fetch(server.address + path)).json();
const inbox = async (query = '') => { page = await open(chrome, `${server.address}/balloons${query}`); return page; };
const title = (name) => page.locator('#open h2', { hasText: name });
const focused = () => page.evaluate(() => document.activeElement.textContent);

test('the oldest comes first, and keys go through all of it', async () => {
  await give('Tulips lean to the window');
  await give('A map of the car park');
  await inbox();
  await page.locator('#rows li').nth(1).waitFor();
  assert.match(await page.locator('#rows li').first().innerText(), /Tulips lean[^]*just now|Tulips lean[^]*floats away in/);
  await page.keyboard.press('j');
  assert.match(await focused(), /Tulips lean/);
  await page.keyboard.press('j');
  assert.match(await focused(), /car park/);
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await title('Tulips lean').waitFor();
  assert.match(await focused(), /Tulips lean/);
  await page.keyboard.press('Escape');
  assert.match(await focused(), /Tulips lean/);
  assert.equal(await page.locator('#open h2').count(), 0);
  assert.deepEqual(page.complaints, []);
});

test('A acknowledges, says so where it stays, and stays with it: the next key is about the same balloon', async () => {
  const { id } = await give('Tulips lean to the window');
  const other = await give('A map of the car park');
  await inbox();
  await page.locator('#rows li').nth(1).waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await title('Tulips lean').waitFor();
  await page.keyboard.press('a');
  await page.locator('#said', { hasText: 'Acknowledged' }).waitFor();
  await page.locator('#open .chip', { hasText: 'acknowledged' }).waitFor();
  assert.match(await focused(), /Tulips lean/);
  // Its age stays, and so does when it floats away: nobody has decided about it.
  await page.locator('#rows li', { hasText: 'Tulips lean' }).getByText(/^acknowledged just now · just now · floats away in/).waitFor();
  assert.equal(await page.locator('#rows li').count(), 2);
  assert.equal(await page.locator('#count').innerText(), '1 balloon, oldest first; 1 more has just changed');
  await page.keyboard.press('x');
  await page.getByLabel('Why not?').fill('They like the light.');
  await page.getByRole('button', { name: 'Decline it' }).click();
  await page.locator('#said', { hasText: 'Declined' }).waitFor();
  assert.deepEqual([(await read(`/v1/balloons/${id}`)).state, (await read(`/v1/balloons/${other.id}`)).state], ['declined', 'waiting']);
  // What is decided about makes way for the next.
  await title('car park').waitFor();
  assert.match(await focused(), /car park/);
});

test('from a balloon that was acknowledged, J goes on with the next', async () => {
  await give('Tulips lean to the window');
  await give('A map of the car park');
  await inbox();
  await page.locator('#rows .row').first().click();
  await page.keyboard.press('a');
  await page.locator('#rows').getByText('acknowledged just now').waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await title('car park').waitFor();
  assert.deepEqual(page.complaints, []);
});

test('X declines with a reason, and the receipt tells it', async () => {
  const { id, receipt } = await give('A second sticker on every box');
  await inbox(`?balloon=${id}`);
  await title('second sticker').waitFor();
  await page.keyboard.press('x');
  await page.getByLabel('Why not?').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'reason');
  // A letter in a field is a letter.
  await page.keyboard.type('Axt: the boxes are full as they are.');
  await page.getByRole('button', { name: 'Decline it' }).click();
  await page.getByText('None waits for an answer').first().waitFor();
  const { state, reason } = await read(`/v1/balloons/${id}`);
  assert.deepEqual([state, reason], ['declined', 'Axt: the boxes are full as they are.']);
  await page.goto(`${server.address}/balloons?receipt=${receipt}`);
  await page.getByText('The reason: Axt: the boxes are full as they are.').first().waitFor();
});

test('declining is left by Escape, and the focus comes back', async () => {
  const { id } = await give('A second sticker on every box');
  await inbox(`?balloon=${id}`);
  await title('second sticker').waitFor();
  await page.keyboard.press('x');
  await page.getByLabel('Why not?').press('Escape');
  assert.match(await focused(), /Decline/);
  assert.equal((await read(`/v1/balloons/${id}`)).state, 'waiting');
});

test('G merges into the one that says the same', async () => {
  const one = await give('Customers ask how long roses stay fresh');
  await give('Where do I park?');
  const other = await give('How do roses stay fresh for longer, customers ask');
  await inbox(`?balloon=${other.id}`);
  await title('How do roses').waitFor();
  await page.keyboard.press('g');
  const first = page.locator('.acting .row').first();
  assert.match(await first.innerText(), /how long roses[^]*shares/);
  await first.click();
  await page.getByText('Merged:').first().waitFor();
  const balloon = await read(`/v1/balloons/${one.id}`);
  assert.equal(balloon.givers.length, 2);
  await title('how long roses').waitFor();
  await page.getByText('2 givers, in their own words').waitFor();
});

test('G, then Enter merges with none before one was chosen; typing filters, and Enter takes the first', async () => {
  const one = await give('Where do I park?');
  await give('Is there a map of the shop');
  const other = await give('How do roses stay fresh');
  await inbox(`?balloon=${other.id}`);
  await title('How do roses').waitFor();
  await page.keyboard.press('g');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'merge-into');
  await page.keyboard.press('Enter');
  await page.locator('.acting .row', { hasText: 'shares no word' }).first().waitFor();
  assert.equal(await page.locator('.acting [aria-selected=true]').count(), 0);
  await page.keyboard.type('xyz');
  await page.getByText('None of them says that.').waitFor();
  await page.keyboard.press('Enter');
  for (let turn = 0; turn < 3; turn += 1) await page.keyboard.press('Backspace');
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.locator('#merge-into').getAttribute('aria-activedescendant'), 'merge-0');
  await page.keyboard.type('park');
  assert.equal(await page.locator('.acting .row').count(), 1);
  assert.deepEqual([...await axed(page), ...await sideways(page)], []);
  assert.equal((await read(`/v1/balloons/${one.id}`)).givers.length, 1);
  await page.keyboard.press('Enter');
  await page.getByText('Merged:').first().waitFor();
  assert.equal((await read(`/v1/balloons/${one.id}`)).givers.length, 2);
  assert.deepEqual(page.complaints, []);
});

test('a reason is sent by Ctrl+Enter, as its button says', async () => {
  const { id } = await give('A second sticker on every box');
  await inbox(`?balloon=${id}`);
  await title('second sticker').waitFor();
  await page.keyboard.press('x');
  await page.getByLabel('Why not?').fill('The boxes are full.');
  assert.equal(await page.locator('.acting .strong-button kbd').innerText(), 'Ctrl Enter');
  await page.keyboard.press('Control+Enter');
  await page.locator('#said', { hasText: 'Declined' }).waitFor();
  assert.equal((await read(`/v1/balloons/${id}`)).reason, 'The boxes are full.');
});

test('T makes a tip of it at the desk', async () => {
  const { id } = await give('Why do tulips lean to the window?', { from: 'Dana' });
  await inbox(`?balloon=${id}`);
  await title('Why do tulips').waitFor();
  await page.keyboard.press('t');
  await page.waitForURL('**/library?**');
  await page.locator('.cm-content').filter({ hasText: '# Why do tulips lean to the window?' }).waitFor();
});

test('what others let go is counted, and shown when asked for', async () => {
  const { id } = await give('Tulips lean to the window');
  await inbox(`?balloon=${id}`);
  await title('Tulips lean').waitFor();
  await page.live;
  await give('A map of the car park');
  const fresh = page.getByRole('button', { name: '1 new: show' });
  await fresh.waitFor();
  assert.equal(await page.locator('#rows li').count(), 1);
  await fresh.click();
  await page.locator('#rows li').nth(1).waitFor();
  assert.equal(await title('Tulips lean').count(), 1);
});

test('a receipt that is none is said kindly', async () => {
  await inbox();
  await page.getByLabel('What became of mine?').fill('nonsense');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'No balloon has this receipt' }).waitFor();
});

test('the drawer’s receipt leads to what became of it', async () => {
  await inbox();
  await page.getByRole('button', { name: 'Let go a balloon' }).click();
  await page.getByLabel('Your balloon').fill('A bench before the shop');
  await page.keyboard.press('Enter');
  await page.locator('.drawer a[href*="receipt="]').click();
  await page.locator('#open').getByText('Nobody has read it yet.').waitFor();
});

test('promises are made, kept by D, or noted as broken', async () => {
  await send('/v1/promises', { what: 'Call Mrs Lind', due: new Date(Date.now() - 3_600_000).toISOString(), owner: 'Dana' });
  await inbox('?show=promises');
  await page.locator('.promise', { hasText: 'overdue, was due 1 hour ago · Dana' }).waitFor();
  await page.getByLabel('What was promised?').fill('Send the vase');
  await page.getByLabel('By when?').fill('2030-01-02T10:00');
  await page.getByRole('button', { name: 'Promise it' }).click();
  await page.locator('.promise', { hasText: 'Send the vase' }).waitFor();
  await page.locator('.promise', { hasText: 'Call Mrs Lind' }).getByRole('button', { name: 'Kept' }).focus();
  await page.keyboard.press('d');
  await page.locator('.promise', { hasText: 'Call Mrs Lind' }).getByText('kept on').waitFor();
  await page.locator('.promise', { hasText: 'Send the vase' }).getByRole('button', { name: 'Broken' }).click();
  await page.locator('.promise', { hasText: 'Send the vase' }).getByText('broken on').waitFor();
  const states = (await read('/v1/promises')).items.map(({ what, state }) => [what, state]);
  assert.deepEqual(new Map(states), new Map([['Call Mrs Lind', 'kept'], ['Send the vase', 'broken']]));
});

test('what anybody wrote stays text', async () => {
  const { id } = await give(`Hello ${ATTACK}`, { from: ATTACK, contact: ATTACK, product: 'flowers' });
  await send('/v1/promises', { what: ATTACK, due: '2030-01-01T00:00:00Z', owner: ATTACK });
  await inbox(`?balloon=${id}`);
  await title('<img src=x').waitFor();
  await page.locator('.givers', { hasText: '<script>' }).waitFor();
  await page.getByRole('button', { name: 'Promises' }).click();
  await page.locator('.promise', { hasText: '<img src=x' }).waitFor();
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  assert.deepEqual(page.complaints, []);
});

test('a network that is away loses nothing', async () => {
  const { id } = await give('A second sticker on every box');
  await inbox(`?balloon=${id}`);
  await title('second sticker').waitFor();
  await page.route('**/decline', (route) => route.abort());
  await page.keyboard.press('x');
  await page.getByLabel('Why not?').fill('The boxes are full.');
  await page.getByRole('button', { name: 'Decline it' }).click();
  await page.locator('#said.bad').waitFor();
  assert.equal(await page.getByLabel('Why not?').inputValue(), 'The boxes are full.');
  await page.unroute('**/decline');
  await page.getByRole('button', { name: 'Decline it' }).click();
  await page.getByText('Declined:').first().waitFor();
});

test('a late answer leaves alone what is opened and written meanwhile', async () => {
  const first = await give('Tulips lean to the window');
  await give('A map of the car park');
  await inbox(`?balloon=${first.id}`);
  await title('Tulips lean').waitFor();
  let letGo;
  const until = new Promise((resolve) => { letGo = resolve; });
  await page.route('**/acknowledge', async (route) => { await until; await route.continue(); });
  await page.keyboard.press('a');
  await page.locator('#rows .row', { hasText: 'car park' }).click();
  await title('car park').waitFor();
  await page.keyboard.press('x');
  await page.getByLabel('Why not?').fill('There is one already.');
  letGo();
  await page.locator('#said', { hasText: 'Acknowledged' }).waitFor();
  assert.equal(await title('car park').count(), 1);
  assert.equal(await page.getByLabel('Why not?').inputValue(), 'There is one already.');
});

test('two quick Enters, or a lost answer, make one promise', async () => {
  await inbox('?show=promises');
  const fill = async (what) => {
    await page.getByLabel('By when?').fill('2030-01-02T10:00');
    await page.getByLabel('What was promised?').fill(what);
  };
  await fill('Send the vase');
  await page.route('**/v1/promises', async (route) => { await new Promise((resolve) => { setTimeout(resolve, 150); }); await route.continue(); });
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.locator('.promise', { hasText: 'Send the vase' }).waitFor();
  await page.unroute('**/v1/promises');
  await unheard(page, '**/v1/promises', 'POST');
  await fill('Call Mr Berg');
  await page.keyboard.press('Enter');
  await page.locator('#said.bad', { hasText: 'Nothing is lost' }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.promise', { hasText: 'Call Mr Berg' }).waitFor();
  assert.deepEqual((await read('/v1/promises')).items.map(({ what }) => what).sort(), ['Call Mr Berg', 'Send the vase']);
});

test('a promise that was settled by mistake is open again', async () => {
  await send('/v1/promises', { what: 'Call Mrs Lind', due: '2030-01-01T00:00:00Z' });
  await inbox('?show=promises');
  const row = page.locator('.promise', { hasText: 'Call Mrs Lind' });
  await row.getByRole('button', { name: 'Broken' }).click();
  await row.getByText('broken on').waitFor();
  await row.getByRole('button', { name: /^Open again ?: Call Mrs Lind/ }).click();
  await row.getByRole('button', { name: 'Kept' }).waitFor();
  assert.deepEqual((await read('/v1/promises')).items.map(({ state, settled_at: settled }) => [state, settled]), [['open', null]]);
});

test('a promise that was due long ago and is settled by a slip stays to be opened again, and says that it was late', async () => {
  await send('/v1/promises', { what: 'Refund for order 9', due: new Date(Date.now() - 40 * 86_400_000).toISOString() });
  await inbox('?show=promises');
  const row = page.locator('.promise', { hasText: 'Refund for order 9' });
  await row.getByRole('button', { name: 'Kept' }).click();
  await row.getByText(/^kept on .*, late$/).waitFor();
  await row.getByRole('button', { name: /^Open again ?: Refund/ }).click();
  await row.getByText('overdue, was due 40 days ago').waitFor();
  assert.deepEqual((await read('/v1/promises')).items.map(({ state, settled_at: settled }) => [state, settled]), [['overdue', null]]);
});

test('promises of others are told of, and rows stay where they are until asked', async () => {
  await send('/v1/promises', { what: 'Call Mrs Lind', due: '2030-01-02T00:00:00Z' });
  await inbox('?show=promises');
  await page.locator('.promise', { hasText: 'Call Mrs Lind' }).waitFor();
  await page.live;
  await send('/v1/promises', { what: 'Send the vase', due: '2030-01-01T00:00:00Z' });
  await page.getByRole('button', { name: '1 changed: show' }).click();
  await page.locator('.promise', { hasText: 'Send the vase' }).waitFor();
  assert.deepEqual(await page.locator('.promise .row-title').allTextContents(), ['Send the vase', 'Call Mrs Lind']);
  // What this page does itself is no news to it.
  await page.locator('.promise', { hasText: 'Send the vase' }).getByRole('button', { name: 'Kept' }).click();
  await page.locator('.promise', { hasText: 'kept on' }).waitFor();
  await page.waitForTimeout(300);
  assert.equal(await page.getByRole('button', { name: 'changed: show' }).isVisible(), false);
});

test('J and K go through the promises and settle none; whoever settles one goes on with the next', async () => {
  for (const [at, what] of ['Call Mrs Lind', 'Send the vase', 'Ask for the colour'].entries()) await send('/v1/promises', { what, due: `2030-01-0${at + 1}T00:00:00Z` });
  await inbox('?show=promises');
  await page.locator('.promise').nth(2).waitFor();
  const at = () => page.evaluate(() => document.activeElement.closest('.promise')?.querySelector('.row-title').textContent);
  for (const [key, what] of [['j', 'Call Mrs Lind'], ['j', 'Send the vase'], ['k', 'Call Mrs Lind'], ['ArrowDown', 'Send the vase'], ['ArrowUp', 'Call Mrs Lind']]) {
    await page.keyboard.press(key);
    assert.equal(await at(), what, key);
  }
  await page.locator('.promise').first().getByRole('button', { name: 'Broken' }).focus();
  await page.keyboard.press('k');
  assert.deepEqual((await read('/v1/promises')).items.map(({ state }) => state), ['open', 'open', 'open']);
  await page.keyboard.press('d');
  await page.locator('.promise', { hasText: 'kept on' }).waitFor();
  assert.equal(await at(), 'Send the vase');
});

test('D that is held keeps one promise', async () => {
  for (const what of ['Call Mrs Lind', 'Send the vase']) await send('/v1/promises', { what, due: '2030-01-01T00:00:00Z' });
  await inbox('?show=promises');
  await page.locator('.promise').first().getByRole('button', { name: 'Kept' }).focus();
  const kept = page.waitForResponse('**/kept');
  await page.keyboard.down('d');
  await kept;
  await page.locator('.promise', { hasText: 'kept on' }).waitFor();
  for (let n = 0; n < 3; n++) await page.keyboard.down('d');
  await page.keyboard.up('d');
  await page.waitForTimeout(100);
  assert.deepEqual((await read('/v1/promises')).items.map(({ state }) => state).sort(), ['kept', 'open']);
});

test('back from a receipt there are promises again', async () => {
  await inbox('?show=promises');
  await page.getByLabel('What was promised?').waitFor();
  await page.getByLabel('What became of mine?').fill('nonsense');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'No balloon has this receipt' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByLabel('What was promised?').waitFor();
});

test('more that cannot be read says so', async () => {
  await give('Tulips lean to the window');
  await page?.context().close();
  page = await open(chrome, `${server.address}/`);
  await page.route('**/v1/balloons?*', async (route) => {
    if (route.request().url().includes('cursor=')) return route.abort();
    const answer = await (await route.fetch()).json();
    await route.fulfill({ json: { ...answer, next: 'more' } });
  });
  await page.goto(`${server.address}/balloons`);
  await page.getByRole('button', { name: 'Show more' }).click();
  await page.locator('#said.bad', { hasText: 'No more could be read.' }).waitFor();
});

test('words that are typed and not sent are there again; changed after a lost answer they are sent', async () => {
  await inbox();
  await page.keyboard.press('b');
  await page.keyboard.type('A bench');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.getByRole('heading', { name: 'Keys' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('b');
  assert.equal(await page.getByLabel('Your balloon').inputValue(), 'A bench');
  await unheard(page, '**/v1/balloons', 'POST');
  await page.getByLabel('Your balloon').press('Enter');
  await page.locator('.drawer .note.bad', { hasText: 'Nothing is lost: your words are still here.' }).waitFor();
  await page.getByLabel('Your balloon').fill('A bench before the shop');
  await page.getByLabel('Your balloon').press('Enter');
  await page.locator('.drawer a[href*="receipt="]').waitFor();
});

test('a reason that is begun while an answer is on its way stays, also over a look elsewhere', async () => {
  const { id } = await give('Tulips lean to the window');
  await give('A map of the car park');
  await inbox(`?balloon=${id}`);
  await title('Tulips lean').waitFor();
  let letGo;
  const until = new Promise((resolve) => { letGo = resolve; });
  await page.route('**/acknowledge', async (route) => { await until; await route.continue(); });
  await page.keyboard.press('a');
  await page.keyboard.press('x');
  await page.getByLabel('Why not?').fill('They like the light.');
  letGo();
  await page.locator('#said', { hasText: 'Acknowledged' }).waitFor();
  assert.equal(await page.getByLabel('Why not?').inputValue(), 'They like the light.');
  await page.locator('#rows .row', { hasText: 'car park' }).click();
  await title('car park').waitFor();
  await page.goto(`${server.address}/balloons?show=&balloon=${id}`);
  await title('Tulips lean').waitFor();
  await page.keyboard.press('x');
  await page.getByLabel('Why not?').fill('They like the light.');
  await page.keyboard.press('Escape');
  await page.keyboard.press('x');
  assert.equal(await page.getByLabel('Why not?').inputValue(), 'They like the light.');
});

test('a balloon whose answer was lost is let go once, however often it is tried', async () => {
  await inbox();
  await unheard(page, '**/v1/balloons', 'POST');
  await page.keyboard.press('b');
  await page.keyboard.type('A bench before the shop');
  await page.keyboard.press('Enter');
  await page.getByText('Nothing is lost').first().waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('b');
  await page.keyboard.press('Enter');
  await page.locator('.drawer a[href*="receipt="]').waitFor();
  const [balloon] = (await read('/v1/balloons?state=waiting')).items;
  assert.equal(balloon.givers.length, 1);
});

test('a slip of the year is said, and the form goes on', async () => {
  await inbox('?show=promises');
  await page.getByLabel('What was promised?').fill('Send the vase');
  await page.locator('#due').evaluate((field) => { field.removeAttribute('max'); field.value = '20265-01-02T10:00'; });
  await page.getByRole('button', { name: 'Promise it' }).click();
  await page.locator('#said.bad').waitFor();
  await page.getByLabel('By when?').fill('2030-01-02T10:00');
  await page.getByRole('button', { name: 'Promise it' }).click();
  await page.locator('.promise', { hasText: 'Send the vase' }).waitFor();
});

test('a promise that is half written is there again after a receipt', async () => {
  await inbox('?show=promises');
  await page.getByLabel('What was promised?').fill('Send the');
  await page.getByLabel('What became of mine?').fill('nonsense');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'No balloon has this receipt' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByLabel('What was promised?').waitFor();
  assert.equal(await page.getByLabel('What was promised?').inputValue(), 'Send the');
});

/** The inbox in another window. */
const beside = async (query = '') => {
  const other = await page.context().newPage();
  const live = other.waitForResponse((response) => new URL(response.url()).pathname === '/v1/live');
  await other.goto(`${server.address}/balloons${query}`);
  await other.locator('#rows .row').first().waitFor();
  await live;
  return other;
};

test('what is decided in another window is said in its row and where it is open, and nothing moves', async () => {
  const { id } = await give('Tulips lean to the window');
  await give('A map of the car park');
  await inbox(`?balloon=${id}`);
  await title('Tulips lean').waitFor();
  const other = await beside();
  await other.locator('#rows .row', { hasText: 'car park' }).click();
  await send(`/v1/balloons/${id}/decline`, { reason: 'They like the light.' });
  for (const window of [page, other]) {
    await window.locator('#rows li', { hasText: 'Tulips lean' }).getByText('declined just now').waitFor();
    assert.equal(await window.locator('#rows li').count(), 2);
    assert.equal(await window.locator('#count').innerText(), '1 balloon, oldest first; 1 more has just changed');
    await window.getByRole('button', { name: 'Waiting 1' }).waitFor();
  }
  await page.locator('#open .chip', { hasText: 'declined' }).waitFor();
  assert.equal(await page.locator('#open [data-act="X"]').isDisabled(), true);
  // Opened from its row, it is as it is now.
  await other.locator('#rows .row', { hasText: 'Tulips lean' }).click();
  await other.locator('#open').getByText('They like the light.').waitFor();
});

test('who is late hears it kindly, and sees what was decided', async () => {
  const { id } = await give('Tulips lean to the window');
  await page?.context().close();
  page = await open(chrome, `${server.address}/problems`);
  await page.route('**/v1/live', (route) => route.abort());
  await page.goto(`${server.address}/balloons?balloon=${id}`);
  await title('Tulips lean').waitFor();
  await send(`/v1/balloons/${id}/decline`, { reason: 'They like the light.' });
  await page.keyboard.press('x');
  await page.getByLabel('Why not?').fill('Not now.');
  await page.getByRole('button', { name: 'Decline it' }).click();
  await page.locator('#said', { hasText: 'Somebody was faster: it was declined just now.' }).waitFor();
  assert.doesNotMatch(await page.locator('#said').innerText(), /request/);
  await page.locator('#open').getByText('They like the light.').waitFor();
  await page.locator('#rows').getByText('declined just now').waitFor();
  assert.equal(await page.locator('#open [data-act]').count(), 0);
});

test('the filters say how much waits and what is overdue, as it comes', async () => {
  await give('Tulips lean to the window');
  await send('/v1/promises', { what: 'Call Mrs Lind', due: '2020-01-01T00:00:00Z' });
  await send('/v1/promises', { what: 'Send the vase', due: '2030-01-01T00:00:00Z' });
  await inbox();
  await page.getByRole('button', { name: 'Waiting 1' }).waitFor();
  await page.getByRole('button', { name: 'Promises 1 overdue' }).waitFor();
  await page.live;
  await give('A map of the car park');
  await page.getByRole('button', { name: 'Waiting 2' }).waitFor();
  await page.locator('#rows .row').first().click();
  await page.keyboard.press('a');
  await page.getByRole('button', { name: 'Waiting 1' }).waitFor();
  assert.equal(await page.locator('#count').innerText(), 'None of these any more');
  await page.getByRole('button', { name: '1 new: show' }).click();
  await page.locator('#count', { hasText: '1 balloon, oldest first' }).waitFor();
  assert.match(await page.locator('#rows').innerText(), /car park/);
});

test('a word about what was done moves no row', async () => {
  await give('Tulips lean to the window');
  await give('A map of the car park');
  await inbox();
  await page.locator('#rows .row').nth(1).click();
  const top = () => page.locator('#rows').evaluate((node) => node.getBoundingClientRect().top);
  const before = await top();
  await page.keyboard.press('a');
  await page.locator('#said', { hasText: 'Acknowledged' }).waitFor();
  assert.equal(await top(), before);
});

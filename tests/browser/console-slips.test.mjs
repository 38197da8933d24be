// The console and what slips: words typed outside of their field, keys for a card that is not there, another caller, Escape.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { answered, browser, name, open, serve, sent } from './server.mjs';

let server, chrome;
before(async () => { [server, chrome] = await Promise.all([serve(), browser()]); });
after(async () => { await chrome?.close(); await server?.stop(); });

const say = '.card .say';
const SAID = 'a bunch of gerberas please';
/** Milliseconds between two letters of somebody who types. */
const TYPED = { delay: 60 };
const words = (page) => page.locator('#text').inputValue();
const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.className);
const noted = (page, text) => page.locator('#note', { hasText: text }).waitFor();

/** The console with a question typed and answered. */
const asked = () => answered(chrome, server, SAID);

/** Holds the answers that come from now on, until the function it gives is called. */
async function held(page) {
  let letGo = () => {};
  const until = new Promise((resolve) => { letGo = () => resolve(undefined); });
  await page.route('**/v1/suggest', async (route) => { await until; await route.continue().catch(() => {}); });
  return letGo;
}

/** What still stands: those reported, without those taken back. */
function standing(page) {
  const there = new Map();
  page.on('response', async (response) => {
    const request = response.request();
    if (!request.url().includes('/v1/outcomes')) return;
    if (request.method() === 'DELETE') there.delete(request.url().split('/').pop());
    else if (request.method() === 'POST') there.set((await response.json()).id, request.postDataJSON().outcome);
  });
  return there;
}

test('words that are typed at the card go into their field, and report nothing', async () => {
  const page = await asked();
  await page.keyboard.press('Enter');
  const reports = sent(page);
  await page.keyboard.type('and the mother has five', TYPED);
  assert.equal(await words(page), `${SAID} and the mother has five`);
  await noted(page, 'That looked like words: they are in the field.');
  assert.deepEqual(reports, []);
  assert.deepEqual(page.complaints, []);
});

test('what the first letters of a word did is taken back, and what it took the place of stands again', async () => {
  const page = await asked();
  await page.keyboard.press('Enter');
  const there = standing(page);
  await page.keyboard.press('d');
  await noted(page, 'Declined.');
  await page.keyboard.press('Shift+Tab'); // what is pressed next is no part of the same word
  await page.locator('#card .card').focus();
  const gone = page.waitForResponse((response) => response.request().method() === 'DELETE');
  await page.keyboard.type('the mother', TYPED);
  await gone;
  assert.equal(await words(page), `${SAID} the mother`);
  await noted(page, 'That looked like words: they are in the field, and nothing is reported.');
  await page.getByRole('button', { name: /Declined/, pressed: true }).waitFor();
  assert.equal(await page.getByRole('button', { name: /Told|Helped/, pressed: true }).count(), 0);
  while ([...there.values()].join() !== 'declined') await page.waitForResponse('**/v1/outcomes**');
});

test('what the first letters of a word opened is shut again', async () => {
  for (const typed of ['about five', 'as before', 'ice', 'must they', 'I am here']) {
    const page = await asked();
    await page.keyboard.press('Enter');
    await page.keyboard.type(typed, TYPED);
    assert.equal(await words(page), `${SAID} ${typed}`);
    assert.equal(await page.locator('.drawer, .correction, .reasons').count(), 0, typed);
    assert.equal(await focused(page), 'text');
    await page.context().close();
  }
});

test('keys that follow quickly are keys, and so is what is typed where one of them leads', async () => {
  const page = await asked();
  await page.keyboard.press('Enter');
  const reports = sent(page);
  await page.keyboard.type('tht');
  await noted(page, 'Helped.');
  assert.deepEqual(reports.map(({ outcome }) => outcome), ['told', 'helped']);
  await page.keyboard.type('bat last', TYPED);
  assert.equal(await page.getByLabel('Your balloon').inputValue(), 'at last');
  assert.equal(await words(page), SAID);
  await page.keyboard.press('Escape');
  // One letter that is held is no word.
  await page.locator('#card .card').focus();
  for (let turn = 0; turn < 4; turn += 1) await page.keyboard.down('a');
  await page.keyboard.up('a');
  assert.equal(await words(page), SAID);
});

test('a key for a card that is on the screen is not for the one that comes', async () => {
  const page = await asked();
  const reports = sent(page);
  let requests = 0;
  page.on('request', (request) => { if (request.url().endsWith('/v1/suggest')) requests += 1; });
  const letGo = await held(page);
  const asking = page.waitForRequest((request) => request.url().endsWith('/v1/suggest') && request.postDataJSON().text === 'attack me');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('attack me', TYPED);
  await asking;
  const before = requests;
  await page.keyboard.press('Enter');
  await page.keyboard.press('t');
  await noted(page, 'The answer is on its way.');
  assert.equal(requests, before, 'just this is being asked already');
  letGo();
  await noted(page, 'Another answer came, so nothing is done: press T once it is so for this one.');
  await page.locator('.card h2', { hasText: 'What does an attack do?' }).waitFor();
  assert.deepEqual(reports, []);
  await page.keyboard.press('t');
  await noted(page, 'Told.');
  assert.deepEqual(reports.map(({ tip }) => tip), ['attack/script']);
});

test('Enter, T for the first answer, which nothing stood in the place of', async () => {
  const page = await open(chrome, `${server.address}/`);
  const reports = sent(page);
  const letGo = await held(page);
  await page.locator('#text').fill(SAID);
  await page.keyboard.press('Enter');
  await page.keyboard.press('t');
  letGo();
  await noted(page, 'Told.');
  assert.equal(reports.length, 1);
});

test('words that all gave way to others: whether it is still they is asked, and corrections go', async () => {
  const page = await asked();
  await page.keyboard.press('Enter');
  await name(page, 'Anna');
  await page.keyboard.press('s');
  await page.locator('.correction:focus').waitFor();
  await page.keyboard.press('1');
  await page.locator('.chip.given').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('attack', TYPED);
  const still = page.locator('#still', { hasText: 'Is this still Anna?' });
  await still.waitFor();
  await page.locator('.chip.given').waitFor({ state: 'detached' });
  await page.reload();
  await page.locator('.card h2', { hasText: 'What does an attack do?' }).waitFor();
  assert.equal(await page.locator('.chip.given').count(), 0);
  assert.doesNotMatch(page.url(), /product/);
  // Asked again where all goes again; Escape says that it is another one, and keeps the words.
  await page.keyboard.press('/');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Backspace');
  await page.keyboard.type(SAID, TYPED);
  await still.waitFor();
  const alone = page.waitForRequest((request) => request.url().endsWith('/v1/suggest') && !request.postDataJSON().customer && request.postDataJSON().text === SAID);
  await page.keyboard.press('Escape');
  await alone;
  assert.ok(await page.locator('#still').isHidden());
  assert.deepEqual([await words(page), await page.locator('#customer').inputValue(), await focused(page)], [SAID, '', 'text']);
});

test('words that are put right are the same contact’s, and so are others once somebody says so', async () => {
  const page = await asked();
  await page.keyboard.press('Enter');
  await page.keyboard.press('t');
  await noted(page, 'Told.');
  await page.locator('#text').fill('a bunch of gerberas for Friday');
  await page.locator(say).waitFor();
  assert.ok(await page.locator('#still').isHidden());
  await page.keyboard.press('Control+k');
  await page.keyboard.type('attack', TYPED);
  await page.locator('#still', { hasText: 'Is this still the same call?' }).waitFor();
  await page.locator('#still').getByRole('button', { name: 'Yes' }).click();
  assert.ok(await page.locator('#still').isHidden());
  assert.equal(await words(page), 'attack');
});

test('Ctrl+K in the field takes all of its words where nothing is above', async () => {
  const page = await asked();
  await page.keyboard.press('End');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('x');
  assert.equal(await words(page), 'x');
});

test('Ctrl+J, Ctrl+N and Ctrl+P go on from the card as the arrows do', async () => {
  const page = await asked();
  await page.locator('[role=option]').nth(1).waitFor();
  await page.keyboard.press('Enter');
  const first = await page.locator(say).textContent();
  await page.keyboard.press('Control+j');
  assert.notEqual(await page.locator(say).textContent(), first);
  await page.keyboard.press('ArrowUp');
  assert.equal(await page.locator(say).textContent(), first);
  await page.keyboard.press('Control+n');
  assert.notEqual(await page.locator(say).textContent(), first);
  await page.keyboard.press('Control+p');
  assert.equal(await page.locator(say).textContent(), first);
});

test('T on a silence reports nothing and says so, and what is typed after C is the customer’s name', async () => {
  const page = await answered(chrome, server, 'zzz qqq xxyzzy');
  await page.getByText('Nothing worth interrupting for').waitFor();
  await page.keyboard.press('Enter');
  const reports = sent(page);
  await page.keyboard.press('t');
  await noted(page, 'No tip is shown, so nothing is reported.');
  await page.keyboard.press('c');
  await page.locator('#customer:focus').waitFor();
  await page.keyboard.type('Anna Smith');
  assert.equal(await page.locator('#customer').inputValue(), 'Anna Smith');
  assert.deepEqual([await words(page), reports], ['zzz qqq xxyzzy', []]);
});

test('before somebody is at the card, no key lies over what is to be said', async () => {
  for (const [path, height] of [['/embed', 600], ['/', 640], ['/', 740]]) {
    const page = await answered(chrome, server, SAID, { width: 360, height }, path);
    const [top, bottom] = await page.locator(say).evaluate((node) => [node.getBoundingClientRect().top, node.getBoundingClientRect().bottom]);
    assert.ok(top < height, `${path} ${height}: it begins at ${top}`);
    const over = await page.evaluate(([from, to]) => {
      const found = [];
      for (let y = from + 2; y < to; y += 8) if (document.elementFromPoint(innerWidth / 2, y)?.closest('.actions')) found.push(y);
      return found;
    }, [top, Math.min(bottom, height)]);
    assert.deepEqual(over, [], `${path} ${height}`);
    await page.context().close();
  }
});

test('Escape clears, and Ctrl+Z brings it back: words, customer, card, reports; not once something new is typed', async () => {
  const page = await asked();
  await page.keyboard.press('Enter');
  await name(page, 'Anna');
  await page.keyboard.press('t');
  await noted(page, 'Told.');
  const shown = await page.locator(say).textContent();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await noted(page, 'Cleared. Ctrl+Z brings it back.');
  assert.equal(await page.locator('#card .card').count(), 0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+z');
  assert.deepEqual([await words(page), await page.locator('#customer').inputValue(), await page.locator(say).textContent()], [SAID, 'Anna', shown]);
  await page.getByRole('button', { name: /Told/, pressed: true }).waitFor();
  assert.ok(await page.locator('#note').isHidden());
  const gone = page.waitForResponse((response) => response.request().method() === 'DELETE');
  await page.keyboard.press('Enter');
  await page.keyboard.press('z');
  await gone;
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await noted(page, 'Cleared. Ctrl+Z brings it back.');
  await page.keyboard.type('x');
  assert.ok(await page.locator('#note').isHidden());
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Control+z');
  assert.doesNotMatch(await words(page), /gerberas/);
});

test('the next contact does not hear of the one before', async () => {
  const page = await asked();
  await page.keyboard.press('Enter');
  await page.getByText('Copied', { exact: true }).waitFor();
  await page.keyboard.press('t');
  await page.locator('[role=status]', { hasText: 'Z takes it back' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('[role=status]', { hasText: 'Z takes it back' }).count(), 0);
});

test('a balloon says what it is about only where the page does', async () => {
  const page = await open(chrome, `${server.address}/`);
  await page.route('**/v1/suggest', async (route) => {
    const answer = await (await route.fetch()).json();
    const guess = (id) => [{ id, title: id, confidence: 0.05, from: 'text' }];
    await route.fulfill({ json: { ...answer, situation: { products: guess('flowers'), issues: guess('buying'), unknown: [] } } });
  });
  await page.locator('#text').fill('my dishwasher leaks');
  await page.getByText('Nothing worth interrupting for').waitFor();
  assert.equal(await page.locator('.understood .chip').count(), 0);
  await page.keyboard.press('Enter');
  await page.keyboard.press('b');
  const given = page.waitForRequest((request) => request.url().endsWith('/v1/balloons'));
  await page.keyboard.press('Enter');
  const { text, product, issue } = (await given).postDataJSON();
  assert.deepEqual([text, product, issue], ['my dishwasher leaks', undefined, undefined]);
});

test('an answer that failed leaves no card of other words', async () => {
  const page = await asked();
  const reports = sent(page);
  await page.route('**/v1/suggest', (route) => route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify({ type: 'x', title: 'Something broke', status: 500, request_id: 'r-9' }) }));
  await page.locator('#text').fill('a bunch of gerberas, please');
  await noted(page, 'Something broke. (request r-9)');
  await page.getByRole('heading', { name: 'No answer this time' }).waitFor();
  assert.equal(await page.locator(say).count(), 0);
  await page.locator('#card .card').focus();
  await page.keyboard.press('t');
  assert.deepEqual(reports, []);
  await page.unroute('**/v1/suggest');
  await page.locator('#text').press('Enter');
  await page.locator(say).waitFor();
});

test('a card that is kept while nobody can be reached says that it is the last answer', async () => {
  const page = await asked();
  await page.route('**/v1/suggest', (route) => route.abort());
  await page.locator('#text').fill('heads hang down');
  await page.locator('.card .kicker', { hasText: 'The last answer' }).waitFor();
});

test('a refusal says what is wrong, in a sentence', async () => {
  const page = await asked();
  await page.locator('#text').fill('a'.repeat(20001));
  await page.locator('#note', { hasText: /^Text must have at most 20000 characters\. \(request/ }).waitFor();
  await page.locator('#text').fill(SAID);
  await page.locator(say).waitFor();
  await page.route('**/v1/outcomes', (route) => route.fulfill({ status: 422, contentType: 'application/problem+json', body: JSON.stringify({ type: 'x', title: 'Fields of the body cannot be used', status: 422, detail: 'there is no tip a', errors: [{ detail: 'there is no tip a' }], request_id: 'r-1' }) }));
  await page.keyboard.press('Enter');
  await page.keyboard.press('t');
  await noted(page, 'There is no tip a. (request r-1)');
});

test('two reports wait, and will be sent by themselves', async () => {
  const page = await asked();
  await page.route('**/v1/outcomes', (route) => route.abort());
  await page.keyboard.press('Enter');
  await page.keyboard.press('t');
  await page.getByText('1 report waits for the server, and will be sent by itself.').waitFor();
  await page.keyboard.press('h');
  await page.getByText('2 reports wait for the server, and will be sent by themselves.').waitFor();
  await page.keyboard.press('z');
  await page.keyboard.press('z');
});

test('? opens the keys from an empty field, and is a letter among words', async () => {
  const page = await open(chrome, `${server.address}/`);
  await page.keyboard.press('?');
  await page.locator('.drawer', { hasText: 'also Ctrl J, Ctrl N' }).waitFor();
  assert.equal(await words(page), '');
  await page.keyboard.press('Escape');
  await page.locator('#text').fill('how');
  await page.keyboard.press('?');
  assert.equal(await words(page), 'how?');
});

test('what is done with a card is in sight on a small page, and a line to say is short', async () => {
  for (const path of ['/embed', '/']) {
    const page = await open(chrome, server.address + path, { width: 360, height: 700 });
    await page.locator('#text').fill(SAID);
    await page.locator(say).waitFor();
    await page.locator('#text').press('Enter');
    await page.locator('#card .card:focus').waitFor();
    for (const button of [/Cop(y|ied)/, 'Told']) {
      const bottom = await page.locator('.actions').getByRole('button', { name: button }).evaluate((node) => node.getBoundingClientRect().bottom);
      assert.ok(bottom <= 700, `${path}: ${button} ends at ${bottom}`);
    }
    assert.equal(await page.locator('details.more').getAttribute('open'), null);
    await page.context().close();
  }
  const page = await asked();
  assert.notEqual(await page.locator('details.more').getAttribute('open'), null);
  const longest = await page.locator(say).evaluate((node) => {
    node.textContent = 'They hang their heads after a few days; coil a little wire round the stem, and tell them that it is in the bag with the bill, so that nobody has to come back for it. '.repeat(4);
    const range = document.createRange();
    const lines = new Map();
    for (let at = 0; at < node.firstChild.length; at += 1) {
      range.setStart(node.firstChild, at);
      range.setEnd(node.firstChild, at + 1);
      const top = Math.round(range.getBoundingClientRect().top);
      lines.set(top, (lines.get(top) ?? '') + node.textContent[at]);
    }
    return [...lines.values()].map((line) => line.trim()).sort((one, other) => other.length - one.length)[0];
  });
  assert.ok(longest.length <= 62, `${longest.length}: ${longest}`);
});

// The console: type, Enter, speak, T; every key, silence, trouble.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browser, open, serve, sent } from './server.mjs';

let server, chrome;
before(async () => { [server, chrome] = await Promise.all([serve(), browser()]); });
after(async () => { await chrome?.close(); await server?.stop(); });

const say = '.card .say';
const SAID = 'a bunch of gerberas please';
const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.className);

/** The console with a question typed and answered; without one, as it starts. */
async function console_(text = SAID, options = {}) {
  const page = await open(chrome, `${server.address}/`, options);
  if (text) {
    await page.locator('#text').fill(text);
    await page.locator('#card .card').waitFor();
  }
  return page;
}

const pressed = (page, name) => page.getByRole('button', { name, pressed: true }).waitFor();

test('type, Enter, speak, T', async () => {
  const page = await console_('', { permissions: ['clipboard-read', 'clipboard-write'] });
  const reports = sent(page);
  assert.equal(await focused(page), 'text');
  await page.locator('#text').pressSequentially(SAID);
  await page.getByText('They hang their heads after a few days.').waitFor();
  for (const part of ['They did not ask', 'Say', 'Hand over', 'Two pieces of wire', 'Because', 'Gerbera daisies', 'Nobody has to come back']) {
    assert.ok(await page.getByText(part, { exact: false }).first().isVisible(), part);
  }
  const size = await page.locator(say).evaluate((node) => parseFloat(getComputedStyle(node).fontSize));
  assert.ok(size >= 20, `the line to say has ${size} px`);
  const line = await page.locator(say).textContent();
  await page.keyboard.press('Enter');
  await page.getByText('Copied', { exact: true }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), line);
  assert.equal(await focused(page), 'card');
  await page.keyboard.press('t');
  await pressed(page, /Told/);
  await page.getByText('Told. No customer is named, so it may be suggested to them again. C names them.', { exact: true }).waitFor();
  assert.equal(reports.length, 1);
  assert.deepEqual([reports[0].tip, reports[0].outcome, reports[0].channel], ['flowers/gerbera/wire', 'told', 'console']);
  assert.deepEqual(page.complaints, []);
  assert.deepEqual([...page.hosts], [new URL(server.address).host]);
});

test('a reload goes on with the contact, and no address ever holds words or a customer', async () => {
  const page = await open(chrome, `${server.address}/?text=a+bunch+of+gerberas&customer=anna&product=flowers/gerbera`);
  await page.locator(say).waitFor();
  assert.equal(page.url(), `${server.address}/?product=flowers%2Fgerbera`);
  const answered = page.waitForResponse((response) => response.url().endsWith('/v1/suggest') && response.request().postDataJSON().text.includes('0171'));
  await page.locator('#text').fill('a bunch of gerberas, and my number is 0171 2345678');
  await answered;
  await page.reload();
  await page.locator(say).waitFor();
  assert.equal(await page.locator('#text').inputValue(), 'a bunch of gerberas, and my number is 0171 2345678');
  assert.equal(await page.locator('#customer').inputValue(), 'anna');
  assert.equal(page.url(), `${server.address}/?product=flowers%2Fgerbera`);
  await page.locator('.bar a', { hasText: 'Console' }).click();
  await page.locator('.start').waitFor();
  assert.equal(await page.locator('#text').inputValue(), '');
});

test('what was reported stands after a reload, and Z takes it back', async () => {
  const page = await console_();
  await page.locator('#text').press('Enter');
  await page.keyboard.press('t');
  await pressed(page, /Told/);
  await page.locator('#note', { hasText: 'Told.' }).waitFor();
  await page.reload();
  await page.locator(say).waitFor();
  await pressed(page, /Told/);
  const withdrawn = page.waitForResponse((response) => response.request().method() === 'DELETE' && response.url().includes('/v1/outcomes/'));
  await page.locator('#text').press('Enter');
  await page.keyboard.press('z');
  assert.equal((await withdrawn).status(), 204);
  await page.locator('#note', { hasText: 'Taken back.' }).waitFor();
  await page.reload();
  await page.locator(say).waitFor();
  assert.equal(await page.getByRole('button', { name: /Told/, pressed: true }).count(), 0);
  // Another contact begins with nothing reported.
  await page.locator('#text').press('Enter');
  await page.keyboard.press('t');
  await pressed(page, /Told/);
  await page.goto(`${server.address}/?text=${encodeURIComponent(SAID)}`);
  await page.locator(say).waitFor();
  await page.reload();
  await page.locator(say).waitFor();
  assert.equal(await page.getByRole('button', { name: /Told/, pressed: true }).count(), 0);
});

test('a pasted chat is asked line by line', async () => {
  const page = await console_('', { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.evaluate(() => navigator.clipboard.writeText('Anna: hello there\nAnna: a bunch of gerberas please\n'));
  const asked = page.waitForRequest((request) => request.url().endsWith('/v1/suggest') && request.postDataJSON().text === 'Anna: hello there\nAnna: a bunch of gerberas please');
  await page.keyboard.press('Control+v');
  await asked;
  assert.equal(await page.locator('#text').inputValue(), 'Anna: hello there ↵ Anna: a bunch of gerberas please');
  await page.locator(say).waitFor();
});

test('more opens in sight', async () => {
  const page = await console_();
  await page.setViewportSize({ width: 1280, height: 620 });
  await page.keyboard.press('Enter');
  await page.keyboard.press('m');
  const [bottom, height] = await page.locator('.reasons').evaluate((node) => [node.getBoundingClientRect().bottom, innerHeight]);
  assert.ok(bottom <= height + 1, `${bottom} of ${height}`);
});

test('part of a name is enough to correct', async () => {
  const page = await console_();
  await page.getByRole('button', { name: 'Correct' }).click();
  await page.getByLabel('Another product or issue').fill('droo');
  await page.keyboard.press('Enter');
  await page.locator('.chip.given', { hasText: 'Stems droop' }).waitFor();
});

test('each outcome has its key, once; Z takes the last one back', async () => {
  const page = await console_();
  const reports = sent(page);
  await page.keyboard.press('Enter');
  for (const key of ['t', 'h', 't']) await page.keyboard.press(key);
  await pressed(page, /Told/);
  await pressed(page, /Helped/);
  await page.locator('#note', { hasText: 'Helped.' }).waitFor();
  assert.deepEqual(reports.map((report) => report.outcome), ['told', 'helped']);
  const gone = page.waitForResponse((response) => response.request().method() === 'DELETE');
  await page.keyboard.press('z');
  assert.equal((await gone).status(), 204);
  await page.getByText('Taken back.').first().waitFor();
  assert.equal(await page.getByRole('button', { name: /Helped/, pressed: true }).count(), 0);
  await pressed(page, /Told/);
});

test('what cannot be true together takes each other’s place', async () => {
  const page = await console_();
  await page.getByText('About the customer').click();
  await page.getByLabel('Customer', { exact: true }).fill('C-77');
  await page.locator('.card h2', { hasText: 'droop' }).waitFor();
  await page.locator('#text').press('Enter');
  const gone = [];
  page.on('response', (response) => response.request().method() === 'DELETE' && gone.push(response.status()));
  for (const key of ['t', 'h', 'd']) {
    await page.keyboard.press(key);
    await page.locator('#note', { hasText: { t: 'Told.', h: 'Helped.', d: 'Declined, not told and helped.' }[key] }).waitFor();
  }
  await pressed(page, /Declined/);
  while (gone.length < 2) await page.waitForTimeout(20);
  assert.equal(await page.getByRole('button', { name: /Told|Helped/, pressed: true }).count(), 0);
  await page.keyboard.press('t');
  await page.locator('#note', { hasText: 'Told, not declined.' }).waitFor();
  assert.equal(await page.getByRole('button', { name: /Declined/, pressed: true }).count(), 0);
});

test('F takes a tip out for everybody, says so, and says how to take that back', async () => {
  const page = await console_();
  await page.keyboard.press('Enter');
  await page.keyboard.press('m');
  await page.keyboard.press('f');
  await page.locator('#note', { hasText: 'Taken out for everybody until an editor has looked. Z undoes it.' }).waitFor();
  await page.locator('.drawer').getByText('Esc leaves it flagged; Z on the card takes that back.').waitFor();
  assert.match(await page.getByLabel('Your balloon').inputValue(), /is wrong: $/);
  await page.keyboard.press('Escape');
  await page.locator('[role=status]', { hasText: 'Z on the card takes that back' }).waitFor();
  const flags = async () => (await (await fetch(`${server.address}/v1/flags`)).json()).items.map(({ tip }) => tip);
  assert.deepEqual(await flags(), ['flowers/gerbera/wire']);
  // The page says so at once, the server hears of it after that.
  const heard = page.waitForResponse((response) => response.request().method() === 'DELETE');
  await page.keyboard.press('z');
  await page.locator('#note', { hasText: 'Taken back.' }).waitFor();
  await heard;
  assert.deepEqual(await flags(), []);
});

test('C names the customer of the card, and what was told counts for them', async () => {
  const page = await console_();
  const reports = sent(page);
  await page.keyboard.press('Enter');
  await page.keyboard.press('t');
  await page.locator('#note', { hasText: 'No customer is named' }).waitFor();
  await page.keyboard.press('c');
  assert.equal(await focused(page), 'customer');
  await page.keyboard.type('C-9001');
  await page.keyboard.press('Enter');
  await page.locator('#note', { hasText: 'What you reported counts for this customer now.' }).waitFor();
  assert.deepEqual(reports.map(({ outcome, customer }) => [outcome, customer]), [['told', undefined], ['told', 'C-9001']]);
  assert.equal(await page.evaluate(() => document.getElementById('card').contains(document.activeElement)), true);
  const { tip } = await (await fetch(`${server.address}/v1/suggest`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ text: SAID, customer: 'C-9001' }) })).json();
  assert.notEqual(tip?.id, 'flowers/gerbera/wire');
});

test('what another desk told the same customer is said on the card, and does not count twice', async () => {
  const page = await open(chrome, `${server.address}/?text=a+bunch+of+gerberas+please&customer=C-2`);
  await page.locator('.card h2', { hasText: 'droop' }).waitFor();
  await page.live;
  const top = () => page.locator(say).evaluate((node) => node.getBoundingClientRect().top);
  const before = await top();
  const reports = sent(page);
  const other = (body) => fetch(`${server.address}/v1/outcomes`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ tip: 'flowers/gerbera/wire', outcome: 'told', ...body }) });
  await other({ customer: 'C-3' });
  await other({ customer: 'C-2' });
  await page.locator('.card .kicker', { hasText: 'Told just now, elsewhere' }).waitFor();
  assert.equal(await page.locator('.card h2').innerText(), 'What do I do when my gerberas droop?');
  assert.equal(await top(), before);
  await pressed(page, /Told/);
  await page.keyboard.press('Enter');
  await page.keyboard.press('t');
  await page.locator('#note', { hasText: 'Told just now, elsewhere. It is not counted again.' }).waitFor();
  assert.deepEqual(reports, []);
  assert.deepEqual(page.complaints, []);
});

test('a customer who is held out, or was told, is met with what is so', async () => {
  const page = await open(chrome, `${server.address}/`);
  const silent = (code, detail) => page.route('**/v1/suggest', async (route) => {
    const answer = await (await route.fetch()).json();
    await route.fulfill({ json: { ...answer, tip: null, silence: { code, detail }, others: answer.tip ? [answer.tip] : answer.others } });
  });
  for (const [code, title, near] of [['held_out', 'Say nothing to this customer, this time', false], ['already_told', 'They have been told already', true]]) {
    await silent(code, 'For a reason.');
    await page.locator('#text').fill(`${SAID} ${code.length}`);
    await page.getByRole('heading', { name: title }).waitFor();
    assert.equal(await page.getByText('What comes nearest is in the list.').count(), near ? 1 : 0);
    assert.doesNotMatch(await page.locator('#card').innerText(), new RegExp(code));
    await page.unroute('**/v1/suggest');
  }
});

test('M opens the reasons, a digit dismisses, F flags with a balloon, O folds the detail', async () => {
  const page = await console_();
  const reports = sent(page);
  await page.keyboard.press('Enter');
  await page.keyboard.press('m');
  await page.getByText('Dismiss it, because').waitFor();
  await page.keyboard.press('o');
  assert.equal(await page.locator('details.more').getAttribute('open'), null);
  await page.keyboard.press('Escape');
  await page.getByText('Dismiss it, because').waitFor({ state: 'hidden' });
  await page.keyboard.press('m');
  await page.keyboard.press('4');
  await page.getByText('Dismissed.', { exact: true }).first().waitFor();
  assert.deepEqual([reports[0].outcome, reports[0].reason], ['dismissed', 'no_time']);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  assert.equal(await focused(page), 'text');
});

test('a customer who was told is not told again, and their name stands in no address', async () => {
  const page = await console_();
  await page.getByText('About the customer').click();
  await page.getByLabel('Customer', { exact: true }).fill('C-1042');
  await page.locator('.card h2', { hasText: 'droop' }).waitFor();
  await page.locator('#text').press('Enter');
  await page.keyboard.press('t');
  await page.getByText('Told.', { exact: true }).first().waitFor();
  const again = page.waitForResponse('**/v1/suggest');
  await page.locator('#text').fill('a bunch of gerberas, please');
  const answer = await (await again).json();
  assert.notEqual(answer.tip?.id, 'flowers/gerbera/wire');
  assert.ok(!page.url().includes('1042'));
  await page.getByText('About the customer: C-1042').waitFor();
});

test('Enter, T: typed faster than the answer comes, both are meant for it', async () => {
  const page = await console_();
  let let_go = () => {};
  const held = new Promise((resolve) => { let_go = () => resolve(undefined); });
  await page.route('**/v1/suggest', async (route) => { await held; await route.continue(); });
  const reports = sent(page);
  await page.locator('#text').fill('gerberas for our anniversary please');
  await page.keyboard.press('Enter');
  await page.keyboard.press('t');
  assert.deepEqual(reports, []);
  let_go();
  await page.locator('#note', { hasText: 'Told.' }).waitFor();
  assert.equal(reports.length, 1);
  assert.equal(await page.locator('#text').inputValue(), 'gerberas for our anniversary please');
});

test('what was understood is corrected by S and a digit, and taken back', async () => {
  const page = await console_('flopping over');
  await page.keyboard.press('Enter');
  await page.keyboard.press('s');
  await page.getByLabel('Another product or issue').fill('Buying');
  await page.getByLabel('Another product or issue').press('Enter');
  await page.locator('.chip.given', { hasText: 'Buying' }).waitFor();
  assert.match(page.url(), /issue=buying/);
  await page.locator('.chip.given').click();
  await page.locator('.chip.given').waitFor({ state: 'detached' });
  await page.locator('#text').press('Enter');
  await page.keyboard.press('s');
  const asked = page.waitForRequest('**/v1/suggest');
  await page.keyboard.press('1');
  assert.ok((await asked).postDataJSON().product);
  await page.locator('.chip.given').waitFor();
});

test('keys: / and Ctrl+K focus, arrows and Ctrl+J/N/P choose, Escape clears', async () => {
  const page = await console_();
  await page.locator('.copy').focus();
  await page.keyboard.press('/');
  assert.equal(await focused(page), 'text');
  assert.equal(await page.locator('#text').inputValue(), SAID);
  await page.locator('.copy').focus();
  await page.keyboard.press('Control+k');
  assert.equal(await focused(page), 'text');
  await page.keyboard.press('End');
  await page.keyboard.press('/');
  assert.match(await page.locator('#text').inputValue(), /\/$/);
  await page.keyboard.press('Backspace');
  await page.locator('[role=option]').nth(1).waitFor();
  const first = await page.locator(say).textContent();
  for (const [down, up] of [['ArrowDown', 'ArrowUp'], ['Control+j', 'Control+k'], ['Control+n', 'Control+p']]) {
    await page.keyboard.press(down);
    assert.notEqual(await page.locator(say).textContent(), first, down);
    const chosen = await page.locator('[aria-selected=true]').getAttribute('id');
    assert.equal(await page.locator('#text').getAttribute('aria-activedescendant'), chosen);
    await page.keyboard.press(up);
    assert.equal(await page.locator(say).textContent(), first, up);
  }
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('#text').inputValue(), '');
  assert.equal(await page.locator('#card .card').count(), 0);
  assert.deepEqual(page.complaints, []);
});

test('letters do nothing in fields, and can be switched off', async () => {
  const page = await console_();
  const reports = sent(page);
  await page.locator('#text').press('t');
  assert.match(await page.locator('#text').inputValue(), /t$/);
  await page.locator('#text').fill(SAID);
  await page.keyboard.press('Enter');
  await page.keyboard.press('?');
  await page.getByLabel('Keys of one letter act').uncheck();
  await page.keyboard.press('Escape');
  await page.locator('#card .card').focus();
  await page.keyboard.press('t');
  await page.keyboard.press('b');
  assert.equal(await page.locator('.drawer').count(), 0);
  assert.deepEqual(reports, []);
  await page.reload();
  await page.locator(say).waitFor();
  await page.locator('#keys-open').click();
  assert.equal(await page.getByLabel('Keys of one letter act').isChecked(), false);
});

test('B lets go a balloon with the words that found nothing', async () => {
  const page = await console_('zzz qqq xxyzzy', { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.getByText('Nothing worth interrupting for').waitFor();
  assert.equal(await page.locator('.silence').getAttribute('data-code'), 'no_situation');
  await page.keyboard.press('Enter');
  await page.keyboard.press('b');
  assert.equal(await page.getByLabel('Your balloon').inputValue(), 'zzz qqq xxyzzy');
  await page.keyboard.press('Enter');
  await page.locator('.drawer').getByText('Your receipt is').waitFor();
  const receipt = await page.locator('.drawer a').innerText();
  await page.keyboard.press('c');
  await page.locator('.drawer').getByText('Copied').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), receipt);
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('.drawer').count(), 0);
  // Shut too soon, it is there again.
  await page.keyboard.press('b');
  await page.locator('.drawer').getByText(`Your last receipt is ${receipt}`).waitFor();
  assert.deepEqual(page.complaints, []);
});

test('W copies what is handed over; copying works where the clipboard is refused', async () => {
  const page = await console_();
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));
    document.addEventListener('copy', () => { window.copied = document.activeElement.value; });
  });
  const line = await page.locator(say).textContent();
  await page.keyboard.press('Enter');
  await page.getByText('Copied', { exact: true }).waitFor();
  assert.equal(await page.evaluate(() => window.copied), line);
  assert.equal(await focused(page), 'card');
  await page.keyboard.press('w');
  await page.getByText('What to hand over is copied.').waitFor();
  assert.equal(await page.evaluate(() => window.copied), 'Two pieces of wire');
});

test('an input method is left alone', async () => {
  const page = await console_();
  await page.locator('[role=option]').nth(1).waitFor();
  const before = await page.locator(say).textContent();
  await page.locator('#text').dispatchEvent('keydown', { key: 'ArrowDown', isComposing: true });
  await page.locator('#text').dispatchEvent('keydown', { key: 'ArrowDown', keyCode: 229 });
  assert.equal(await page.locator(say).textContent(), before);
});

test('a question in the address is asked, with product, issue and customer', async () => {
  const page = await open(chrome, `${server.address}/?q=hello&product=gerbera&issue=buying&ref=T-9`);
  await page.locator(say).waitFor();
  assert.equal(await page.locator('#text').inputValue(), 'hello');
  assert.equal(await page.locator('#customer').inputValue(), 'T-9');
  assert.equal(await page.locator('.chip.given').count(), 2);
});

test('the start shows what to type, and an example is one click', async () => {
  const page = await console_('');
  await page.getByText('Type what they say').waitFor();
  await page.locator('.examples button').first().click();
  await page.locator('#card .card').waitFor();
});

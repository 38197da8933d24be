// The editors' desk: finding, reading, writing, saving; two people at one tip; nothing typed is ever lost.
import AxeBuilder from '@axe-core/playwright';
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { promisify } from 'node:util';
import { BINARY, browser, open, serve, unheard } from './server.mjs';

let server, chrome;
before(async () => { [server, chrome] = await Promise.all([serve(), browser()]); });
after(async () => { await chrome?.close(); await server?.stop(); });
// A page left open would go on following the library.
afterEach(async () => { for (const context of chrome.contexts()) await context.close(); });

const desk = (path = '', options) => open(chrome, `${server.address}/library${path}`, options);
const file = (id) => readFile(join(server.folder, 'tips', `${id}.md`), 'utf8');
const put = (id, text, headers = { 'if-none-match': '*' }) => fetch(`${server.address}/v1/tips/${id}`, { method: 'PUT', headers: { 'content-type': 'text/markdown', ...headers }, body: text });
const row = (page, name) => page.locator('#rows a', { hasText: name });
const content = (page) => page.locator('.cm-content');
const status = (page, words) => page.locator('.status', { hasText: words });

/** A tip for one test alone. */
async function tip(id, text = `# What about ${id}?\n\nNothing to worry about.\n`) {
  const put_ = await put(id, text);
  assert.equal(put_.status, 201, await put_.text());
  return id;
}

async function write(page, id) {
  await page.goto(`${server.address}/library?tip=${id}&edit=1`);
  await page.locator('.found h3').waitFor();
  await content(page).waitFor();
}

/** Types at the end of the text. */
async function typeAtEnd(page, words) {
  await content(page).focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(words);
}

/** The first line of the front matter. */
async function toFrontMatter(page) {
  await content(page).focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowDown');
}

const visible = (locator) => locator.waitFor({ state: 'visible' });
const gone = (locator) => locator.waitFor({ state: 'hidden' });

test('the list shows every tip; a filter and a section narrow it', async () => {
  await tip('flowers/gerbera/sketch', '---\ndraft: true\n---\n# Is this a sketch?\n\nIt is.\n');
  await tip('flowers/gerbera/stale', '---\nowner: Dana\nreview: 2024-01-01\n---\n# Is this stale?\n\nIt was once fresh.\n');
  const page = await desk();
  await visible(row(page, 'How much water do gerberas want?'));
  await visible(row(page, 'Is this a sketch?'));
  await page.getByRole('button', { name: /^Drafts/ }).click();
  await gone(row(page, 'How much water'));
  await visible(row(page, 'Is this a sketch?'));
  assert.equal(await page.getByRole('button', { name: /^Drafts/ }).getAttribute('aria-pressed'), 'true');
  assert.match(page.url(), /filter=drafts/);
  await page.getByRole('button', { name: /^Overdue/ }).click();
  await visible(row(page, 'Is this stale?'));
  assert.equal(await page.locator('#rows a').count(), 1);
  await page.getByRole('button', { name: /^All/ }).click();
  await page.locator('#section').selectOption('attack');
  await visible(row(page, 'What does an attack do?'));
  await gone(row(page, 'How much water'));
  assert.deepEqual(page.complaints, []);
  assert.deepEqual([...page.hosts], [new URL(server.address).host]);
});

test('counts stand beside the filters', async () => {
  const page = await desk();
  const work = await (await fetch(`${server.address}/v1/library/work`)).json();
  await visible(page.locator('[data-filter="all"] small', { hasText: String(work.tips) }));
  await visible(page.locator('[data-filter="drafts"] small', { hasText: String(work.drafts) }));
});

test('a long list comes a page at a time', async () => {
  for (let n = 0; n < 60; n++) await tip(`pages/tip-${String(n).padStart(2, '0')}`, `# What is page ${n}?\n\nPage ${n} is a page.\n`);
  const asked = [];
  const page = await desk('?section=pages');
  page.on('request', (request) => asked.push(request.url()));
  await visible(row(page, 'What is page 0?'));
  assert.equal(await page.locator('#rows li').count(), 50);
  await page.getByRole('button', { name: 'Show more' }).click();
  await visible(row(page, 'What is page 59?'));
  assert.equal(await page.locator('#rows li').count(), 60);
  await gone(page.locator('#more'));
  assert.ok(asked.some((url) => url.includes('cursor=')));
});

test('words that are typed slowly keep their spaces, and a filter ends the search', async () => {
  const page = await desk();
  await visible(row(page, 'How much water do gerberas want?'));
  await page.locator('#q').pressSequentially(' how much  water ', { delay: 100 });
  await gone(row(page, 'What does an attack do?'));
  assert.equal(await page.locator('#q').inputValue(), ' how much  water ');
  assert.match(page.url(), /q=how\+much\+\+water$/);
  await page.getByRole('button', { name: /^All/ }).click();
  await visible(row(page, 'What does an attack do?'));
  assert.equal(await page.locator('#q').inputValue(), '');
});

test('search finds while one types, and what it does not find can be written', async () => {
  const page = await desk();
  await page.keyboard.press('/');
  await page.keyboard.type('water');
  await visible(row(page, 'How much water do gerberas want?'));
  await gone(row(page, 'What do I do when my gerberas droop?'));
  await page.locator('#q').fill('zzyzx qwxv');
  await page.getByRole('link', { name: 'Write this tip' }).click();
  await content(page).waitFor();
  assert.match(await content(page).innerText(), /# zzyzx qwxv/);
});

test('unused tips are those nobody was told', async () => {
  await tip('flowers/gerbera/used');
  await tip('flowers/gerbera/never');
  await fetch(`${server.address}/v1/outcomes`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ tip: 'flowers/gerbera/used', outcome: 'told', customer: 'anna' }) });
  const page = await desk('?filter=unused&section=flowers/gerbera');
  await visible(row(page, 'flowers/gerbera/never'));
  assert.equal(await row(page, 'flowers/gerbera/used').count(), 0);
});

test('a flag is looked at and cleared', async () => {
  const id = await tip('flowers/gerbera/doubted');
  await fetch(`${server.address}/v1/outcomes`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ tip: id, outcome: 'dismissed', reason: 'unsafe', customer: 'ben' }) });
  const page = await desk('?filter=flagged');
  await visible(row(page, 'What about flowers/gerbera/doubted?'));
  assert.match(await row(page, 'What about flowers/gerbera/doubted?').innerText(), /flowers\/gerbera\/doubted · called harmful · waits for a moment/);
  await row(page, id).click();
  await visible(page.getByText('This tip was called harmful. It is not suggested until an editor has looked.'));
  await page.getByRole('button', { name: 'Looked at, clear' }).click();
  await gone(page.getByRole('button', { name: 'Looked at, clear' }));
  await gone(row(page, id));
  const { items } = await (await fetch(`${server.address}/v1/flags`)).json();
  assert.deepEqual(items.filter((flag) => flag.tip === id), []);
});

test('two tips with one question are shown as duplicates', async () => {
  await tip('flowers/gerbera/twin-a', '# How often should I feed my gerberas in winter?\n\nOnce a month.\n');
  await tip('flowers/gerbera/twin-b', '# How often should I feed my gerberas in winter?\n\nEvery four weeks.\n');
  const page = await desk('?filter=duplicates');
  await visible(page.locator('#rows li', { hasText: 'flowers/gerbera/twin' }).first());
});

test('a gap leads to the tip that closes it', async () => {
  // Words are listed once they came again and again over an hour; a simulated past has such.
  const past = await serve({}, async (folder) => {
    const env = { ...process.env, STEMWIRE_CUSTOMER_KEY: join(folder, 'ledger.key') };
    await promisify(execFile)(BINARY, ['learn', '--sample', '--library', join(folder, 'tips'), '--index', join(folder, 'index'), '--ledger', `sqlite:${join(folder, 'ledger.db')}`], { env });
    return join(folder, 'tips');
  });
  try {
    const page = await open(chrome, `${past.address}/library?filter=missing`);
    await page.locator('#rows a', { hasText: 'wheelchair entrance' }).click();
    await content(page).waitFor();
    assert.match(await content(page).innerText(), /# wheelchair entrance/);
    await page.context().close();
  } finally {
    await past.stop();
  }
});

test('a tip begun from what customers come back about keeps its place over a reload', async () => {
  const day = (of) => new Date(Date.now() - of * 86_400_000).toISOString();
  const contacts = ['cy', 'di', 'ed', 'flo', 'gus', 'hal'].flatMap((customer) => [['buying', 6], ['mould', 4]].map(([issue, ago]) => ({ id: `${customer}-${issue}`, customer, at: day(ago), product: 'flowers/gerbera', issue })));
  const posted = await fetch(`${server.address}/v1/contacts`, { method: 'POST', headers: { 'content-type': 'application/x-ndjson' }, body: contacts.map((contact) => JSON.stringify(contact)).join('\n') });
  assert.equal(posted.status, 200, await posted.text());
  const missed = async () => (await (await fetch(`${server.address}/v1/gaps`)).json()).items.some((gap) => gap.issue?.includes('mould'));
  while (!await missed()) await new Promise((resolve) => { setTimeout(resolve, 100); });
  const page = await desk('?filter=missing');
  // In the words of the pages, not in ids.
  const missing = page.locator('#rows a', { hasText: 'mould' });
  await visible(missing.getByText(/^write this tip\s+Gerbera daisies: \d+ contacts a month, whatever came before, and no tip prevents it · most after “Buying”, 6 of its 6 customers$/));
  await page.getByLabel('Section').selectOption('attack');
  await visible(page.getByText('Nothing is known to be missing.'));
  await page.getByLabel('Section').selectOption('flowers');
  await visible(missing);
  await page.getByRole('button', { name: /^Problems/ }).click();
  await visible(page.locator('#count', { hasText: / in all sections$/ }));
  assert.ok(await page.getByLabel('Section').isDisabled());
  await page.getByRole('button', { name: /^Missing/ }).click();
  await visible(missing);
  await page.getByLabel('Section').selectOption('');
  await missing.click();
  await content(page).waitFor();
  assert.equal(await page.locator('#new-section').inputValue(), 'flowers/gerbera');
  await page.reload();
  await content(page).waitFor();
  assert.equal(await page.locator('#new-section').inputValue(), 'flowers/gerbera');
  assert.match(await content(page).innerText(), /when: .*buying.*\nprevents: .*mould/);
});

test('a sheet tells how a tip stands, and marks it as checked', async () => {
  const id = await tip('flowers/gerbera/facts', '---\nowner: Dana # asks Mo\nreview: 6 months\nverified: 2025-01-01 # by hand\nzebra: 1\n---\n# What are the facts?\n\nThese are.\n');
  const page = await desk(`?tip=${id}`);
  await visible(page.locator('.facts dd', { hasText: 'Dana' }));
  await visible(page.locator('.facts', { hasText: 'overdue since' }));
  await visible(page.getByText('Never volunteered yet.'));
  await page.getByRole('button', { name: 'Mark as checked today' }).click();
  await gone(page.locator('.facts', { hasText: 'overdue since' }));
  const today = new Date().toISOString().slice(0, 10);
  assert.equal(await file(id), `---\nowner: Dana # asks Mo\nreview: 6 months\nverified: ${today} # by hand\nzebra: 1\n---\n# What are the facts?\n\nThese are.\n`);
});

test('check looks while one types, underlines, and mends with one click', async () => {
  const id = await tip('flowers/gerbera/check');
  const page = await desk();
  await write(page, id);
  await content(page).focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.insertText('---\nwhen: buying\nprevets: drooping\n---\n');
  await visible(page.locator('.findings', { hasText: 'prevets' }));
  await visible(page.locator('.cm-lintRange').first());
  assert.match(await page.locator('.cm-lintRange').first().innerText(), /prevets/);
  const about = page.locator('.findings a').first();
  assert.match(await about.getAttribute('href'), /\/problems\/SW105$/);
  await page.locator('.findings .mend').first().click();
  await gone(page.locator('.findings', { hasText: 'prevets' }));
  assert.match(await content(page).innerText(), /prevents: drooping/);
});

test('spans of bytes fall on their characters', async () => {
  const id = await tip('flowers/gerbera/umlaut');
  const page = await desk();
  await write(page, id);
  await content(page).focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.insertText('---\nowner: Jürgen 🌼 Größe\nprevets: drooping\n---\n');
  await visible(page.locator('.cm-lintRange', { hasText: /^prevets$/ }));
});

test('the card is shown as it is typed', async () => {
  const id = await tip('flowers/gerbera/preview');
  const page = await desk();
  await write(page, id);
  await content(page).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('---\nwire: A red ribbon\n---\n# What is shown?\n\nThis very line.\n\n**Bold** detail.\n');
  const card = page.locator('.preview .card');
  await visible(card.locator('.say', { hasText: 'This very line.' }));
  await visible(card.locator('.wire', { hasText: 'A red ribbon' }));
  await visible(card.locator('strong', { hasText: 'Bold' }));
});

test('keys, issues and words complete in the front matter', async () => {
  const id = await tip('flowers/gerbera/complete', '---\n\n---\n# What completes?\n\nThis does.\n');
  const page = await desk();
  await write(page, id);
  await toFrontMatter(page);
  await page.keyboard.type('prev');
  await visible(page.locator('.cm-tooltip-autocomplete li', { hasText: 'prevents' }));
  // A completion that has only just appeared does not take Enter: a reader may mean the line.
  await page.waitForFunction(() => document.querySelector('.editor-host').shadowRoot.querySelector('[aria-selected]'));
  await page.locator('.cm-tooltip-autocomplete li', { hasText: 'prevents' }).click();
  await page.keyboard.type('dro');
  await page.locator('.cm-tooltip-autocomplete li', { hasText: /^drooping/ }).first().click();
  await page.keyboard.press('Enter');
  await page.keyboard.type('mood: ang');
  await page.locator('.cm-tooltip-autocomplete li', { hasText: 'angry' }).click();
  assert.match(await content(page).innerText(), /prevents: drooping\nmood: angry/);
});

test('Ctrl+S saves; what is saved is served', async () => {
  const id = await tip('flowers/gerbera/save');
  const page = await desk();
  await write(page, id);
  await typeAtEnd(page, 'More of it.\n');
  await visible(status(page, 'Not saved yet'));
  await page.keyboard.press('Control+s');
  await visible(status(page, 'Saved, and served now.'));
  assert.equal(await file(id), `# What about ${id}?\n\nNothing to worry about.\nMore of it.\n`);
});

test('lines keep their ends', async () => {
  const id = await tip('flowers/gerbera/crlf', '# What ends a line?\r\n\r\nTwo characters.\r\n');
  const page = await desk();
  await write(page, id);
  await typeAtEnd(page, 'So be it.');
  await page.keyboard.press('Control+s');
  await visible(status(page, 'Saved, and served now.'));
  assert.equal(await file(id), '# What ends a line?\r\n\r\nTwo characters.\r\nSo be it.');
});

test('a refused save shows what is wrong at its place', async () => {
  const id = await tip('flowers/gerbera/refused');
  const page = await desk();
  await write(page, id);
  await content(page).focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.insertText('---\nwhen: byuing\n---\n');
  await page.keyboard.press('Control+s');
  await visible(page.locator('.note.bad[role=alert]', { hasText: 'Not saved' }));
  await visible(page.locator('.findings li.error', { hasText: 'byuing' }));
  await visible(page.locator('.cm-lintRange-error', { hasText: 'byuing' }));
  assert.doesNotMatch(await file(id), /byuing/);
});

async function twoAtOne(id) {
  await tip(id);
  const [anna, ben] = [await desk(), await desk()];
  await write(anna, id);
  await write(ben, id);
  await typeAtEnd(anna, 'Anna was here.\n');
  await typeAtEnd(ben, 'Ben was here.\n');
  await anna.keyboard.press('Control+s');
  await visible(status(anna, 'Saved, and served now.'));
  // Ben is told at once, and keeps what he typed.
  await visible(ben.getByText('This file was changed elsewhere while it is open here.'));
  assert.match(await content(ben).innerText(), /Ben was here/);
  await ben.keyboard.press('Control+s');
  const both = ben.locator('.conflict');
  await visible(both.getByText('Anna was here.'));
  await visible(both.getByText('Ben was here.'));
  assert.deepEqual(await both.locator('mark').allInnerTexts(), ['Anna was here.', 'Ben was here.']);
  return { anna, ben, both };
}

test('two people at one tip: keep mine', async () => {
  const { ben, both } = await twoAtOne('flowers/gerbera/mine');
  await both.getByRole('button', { name: 'Keep mine' }).click();
  await visible(status(ben, 'Saved, and served now.'));
  assert.match(await file('flowers/gerbera/mine'), /Ben was here/);
  assert.doesNotMatch(await file('flowers/gerbera/mine'), /Anna was here/);
});

test('two people at one tip: take theirs', async () => {
  const { ben, both } = await twoAtOne('flowers/gerbera/theirs');
  await both.getByRole('button', { name: 'Take theirs' }).click();
  await gone(both);
  assert.match(await content(ben).innerText(), /Anna was here/);
  assert.doesNotMatch(await content(ben).innerText(), /Ben was here/);
});

test('what was typed survives a reload and is offered again', async () => {
  const id = await tip('flowers/gerbera/typed');
  const page = await desk();
  await write(page, id);
  await typeAtEnd(page, 'Do not lose me.');
  await visible(status(page, 'kept in this browser'));
  await page.reload();
  await page.getByRole('button', { name: 'Take it up again' }).click();
  assert.match(await content(page).innerText(), /Do not lose me\./);
  await page.keyboard.press('Control+s');
  await visible(status(page, 'Saved, and served now.'));
  await page.reload();
  await page.locator('.found h3').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Take it up again' }).count(), 0);
});

test('a new tip: its name follows its question', async () => {
  const page = await desk('?section=flowers/gerbera');
  await visible(row(page, 'How much water'));
  await page.keyboard.press('n');
  await content(page).waitFor();
  await typeAtEnd(page, '\n');
  await content(page).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('# May gerberas stand in the sun?\n\nAn hour or two, no more.\n');
  await visible(page.getByText('It will be flowers/gerbera/may-gerberas-stand-in-the-sun.md'));
  await page.keyboard.press('Control+s');
  await visible(status(page, 'Saved, and served now.'));
  assert.match(page.url(), /tip=flowers\/gerbera\/may-gerberas-stand-in-the-sun/);
  assert.match(await file('flowers/gerbera/may-gerberas-stand-in-the-sun'), /An hour or two/);
});

test('a new tip begins with its question, its name follows, and nothing is wrong before a key was pressed', async () => {
  const page = await desk('?section=flowers/gerbera');
  await visible(row(page, 'How much water'));
  const checked = page.waitForResponse('**/v1/check');
  await page.keyboard.press('n');
  await content(page).waitFor();
  await (await checked).finished();
  await visible(page.getByText('It is shown here while you type.'));
  assert.equal(await page.locator('.findings li, .cm-lintRange').count(), 0);
  await page.keyboard.type('Do gerberas like the shade?');
  await visible(page.getByText('It will be flowers/gerbera/do-gerberas-like-the-shade.md'));
  await visible(page.locator('.findings li.error'));
  await page.keyboard.press('Control+End');
  await page.keyboard.type('For an hour at noon.');
  await page.keyboard.press('Control+s');
  await visible(status(page, 'Saved, and served now.'));
  assert.match(await file('flowers/gerbera/do-gerberas-like-the-shade'), /^# Do gerberas like the shade\?\n\nFor an hour at noon\.$/m);
  // A question that is there already leads to its answer.
  await page.goto(`${server.address}/library?new=Do+gerberas+like+tea`);
  await content(page).waitFor();
  await page.waitForFunction(() => document.querySelector('.editor-host')?.shadowRoot?.activeElement?.classList.contains('cm-content'));
  await page.keyboard.type('Not at all.');
  assert.match(await content(page).innerText(), /# Do gerberas like tea\s+Not at all\.$/);
});

test('a new tip that is saved before it is begun says what it lacks', async () => {
  const page = await desk('?new=');
  await visible(page.getByText('It is shown here while you type.'));
  await page.keyboard.press('Control+s');
  await visible(page.locator('.findings li.error').first());
  await visible(page.locator('.notices .bad', { hasText: 'Not saved.' }));
});

test('a new tip never overwrites one that is there', async () => {
  const id = await tip('taken');
  const before_ = await file(id);
  const page = await desk('?new=Taken');
  await typeAtEnd(page, 'It is taken.\n');
  await page.keyboard.press('Control+s');
  await visible(page.getByText('There is a tip taken already.'));
  assert.equal(await file(id), before_);
});

test('a balloon becomes a draft with its words and who gave it, and Escape leads back to the inbox', async () => {
  const say = 'Write here what to say aloud, in 30 words or fewer.';
  const given = await (await fetch(`${server.address}/v1/balloons`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ text: 'Tell them about the sugar. It helps.\nA lump of it.', product: 'gerbera', issue: 'drooping', from: 'Dana' }) })).json();
  const page = await desk(`?balloon=${given.id}`);
  await content(page).waitFor();
  for (const line of ['draft: true', 'when: [flowers/gerbera:drooping]', '# Tell them about the sugar', say, '> Tell them about the sugar. It helps.', '> A lump of it.', '> — Dana']) assert.ok((await content(page).innerText()).includes(line), line);
  assert.equal(await page.getByLabel('Section', { exact: true }).inputValue(), 'flowers/gerbera');
  // The line to say is marked: what is typed takes its place.
  await page.keyboard.type('A lump of sugar keeps them fresh.');
  await page.keyboard.press('Control+s');
  await visible(status(page, 'Saved as a draft: nobody is given it yet.'));
  const balloon = await (await fetch(`${server.address}/v1/balloons/${given.id}`)).json();
  assert.equal(balloon.state, 'adopted');
  const text = await file(balloon.tip);
  assert.match(text, /A lump of sugar/);
  assert.ok(!text.includes(say));
  assert.equal((await (await fetch(`${server.address}/v1/suggest`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ text: 'tell me about the sugar', limit: 20 }) })).text()).includes(balloon.tip), false);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.waitForURL(`${server.address}/balloons`);
});

test('from a draft whose line to say is still marked, two Escapes lead back to the inbox', async () => {
  const given = await (await fetch(`${server.address}/v1/balloons`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ text: 'Asters like the shade.' }) })).json();
  const page = await desk(`?balloon=${given.id}`);
  await content(page).waitFor();
  await page.waitForFunction(() => document.querySelector('.editor-host')?.shadowRoot?.activeElement?.classList.contains('cm-content'));
  await page.keyboard.press('Escape');
  assert.match(await page.evaluate(() => document.activeElement.textContent), /Back/);
  await page.keyboard.press('Escape');
  await page.waitForURL(`${server.address}/balloons?balloon=${given.id}`);
});

test('a new tip that is taken up again has the name that its question had, to the last letter', async () => {
  const page = await desk('?new=');
  await content(page).waitFor();
  await page.locator('.found h3').waitFor();
  await page.keyboard.type('When do asters wilt');
  await page.waitForFunction(() => document.getElementById('new-name')?.value === 'when-do-asters-wilt');
  await page.getByRole('button', { name: 'Back' }).click();
  await page.locator('#rows a').first().waitFor();
  await page.keyboard.press('n');
  await visible(page.getByText('(when-do-asters-wilt)'));
});

test('what differs of two long texts is in sight, and no more than that', async () => {
  const lines = Array.from({ length: 60 }, (_, at) => `Line ${at}.`);
  const id = await tip('flowers/gerbera/long', `# Is this long?\n\n${lines.join('\n\n')}\n`);
  const page = await desk();
  await write(page, id);
  await typeAtEnd(page, 'Mine.');
  const tag = (await fetch(`${server.address}/v1/tips/${id}`, { headers: { accept: 'text/markdown' } })).headers.get('etag');
  assert.equal((await put(id, `# Is this long?\n\n${lines.join('\n\n')}\nTheirs.\n`, { 'if-match': tag })).status, 200);
  await page.keyboard.press('Control+s');
  const both = page.locator('.conflict');
  await visible(both);
  assert.deepEqual(await both.locator('mark').allInnerTexts(), ['Theirs.', 'Mine.']);
  for (const mark of await both.locator('mark').all()) {
    assert.ok(await mark.evaluate((node) => { const [box, own] = [node.closest('pre').getBoundingClientRect(), node.getBoundingClientRect()]; return own.top >= box.top && own.bottom <= box.bottom; }), 'it is not scrolled out of sight');
  }
  await visible(both.getByText(/⋯ \d+ lines alike/).first());
});

test('a refused save sets its code as code', async () => {
  const id = await tip('flowers/gerbera/coded');
  const page = await desk();
  await write(page, id);
  await page.route(`**/v1/tips/${id}`, (route) => (route.request().method() === 'PUT' ? route.fulfill({ status: 422, contentType: 'application/problem+json', body: JSON.stringify({ type: 'x', title: 'No', status: 422, detail: '', errors: [{ detail: 'no line of exactly `---` stands above it' }], request_id: 'r-2' }) }) : route.continue()));
  await typeAtEnd(page, 'More.');
  await page.keyboard.press('Control+s');
  await visible(page.locator('.note.bad code', { hasText: '---' }));
});

test('a tip is deleted without a question, and put back with a key', async () => {
  const id = await tip('flowers/gerbera/undo');
  const before_ = await file(id);
  const page = await desk(`?tip=${id}`);
  await page.getByRole('button', { name: 'Delete' }).click();
  await visible(page.getByRole('button', { name: 'Undo' }));
  await assert.rejects(file(id));
  await page.keyboard.press('z');
  await visible(page.locator('.sheet > h2', { hasText: 'What about' }));
  assert.equal(await file(id), before_);
});

test('a broken file is shown with its problem and can be mended', async () => {
  await server.write('flowers/gerbera/broken.md', '---\nwhen: [\n---\n# Is this broken?\n\nIt is.\n');
  const page = await desk();
  await page.waitForFunction(async () => (await (await fetch('/v1/library/problems')).json()).items.some((one) => one.file === 'flowers/gerbera/broken.md'));
  await page.getByRole('button', { name: /^Problems/ }).click();
  await row(page, 'flowers/gerbera/broken.md').first().click();
  await visible(page.getByText('This file has errors and is not served until they are mended.'));
  await visible(page.locator('.findings li.error').first());
  await page.keyboard.press('e');
  await page.locator('.found h3').waitFor();
  await content(page).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('# Is this broken?\n\nNot any more.\n');
  await page.keyboard.press('Control+s');
  await visible(status(page, 'Saved, and served now.'));
  await rm(join(server.folder, 'tips', 'flowers/gerbera/broken.md'));
});

test('an open sheet follows its file', async () => {
  const id = await tip('flowers/gerbera/live');
  const page = await desk(`?tip=${id}`);
  await visible(page.locator('.sheet .say', { hasText: 'Nothing to worry about.' }));
  await page.live;
  await server.write(`${id}.md`, '# What about now?\n\nIt changed on the disk.\n');
  await visible(page.locator('.sheet .say', { hasText: 'It changed on the disk.' }));
});

test('all of it by keys', async () => {
  const page = await desk('?section=flowers/gerbera');
  await visible(row(page, 'How much water'));
  await page.keyboard.press('j');
  const first = await page.evaluate(() => document.activeElement.dataset.key);
  await page.keyboard.press('ArrowDown');
  assert.notEqual(await page.evaluate(() => document.activeElement.dataset.key), first);
  await page.keyboard.press('k');
  assert.equal(await page.evaluate(() => document.activeElement.dataset.key), first);
  await page.keyboard.press('Enter');
  await visible(page.locator('.sheet > h2'));
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H2');
  await page.keyboard.press('e');
  await page.waitForFunction(() => document.querySelector('.editor-host')?.shadowRoot?.activeElement?.classList.contains('cm-content'));
  // Letters are letters while one writes.
  await page.keyboard.type('nez');
  assert.match(await content(page).innerText(), /nez/);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Escape');
  assert.match(await page.evaluate(() => document.activeElement.textContent), /Back/);
  await page.keyboard.press('Escape');
  await visible(page.locator('.sheet > h2'));
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.activeElement?.closest('#rows'));
});

test('Tab goes through the text', async () => {
  const id = await tip('flowers/gerbera/tab');
  const page = await desk();
  await write(page, id);
  await content(page).focus();
  await page.keyboard.press('Tab');
  assert.notEqual(await page.evaluate(() => document.activeElement.className), 'editor-host');
});

test('nothing that is written runs', async () => {
  const page = await desk('?q=attack');
  await row(page, 'What does an attack do?').click();
  await visible(page.locator('.sheet .say'));
  await page.keyboard.press('e');
  await visible(page.locator('.preview .say'));
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  assert.equal(await page.locator('main script, main iframe, main [onerror], main [onload], main [onclick]').count(), 0);
  assert.deepEqual([...page.hosts], [new URL(server.address).host]);
});

/** Holds requests back until `letGo` is called. */
async function held(page, address, method) {
  let letGo;
  const until = new Promise((resolve) => { letGo = resolve; });
  await page.route(address, async (route) => {
    if (route.request().method() === method) await until;
    await route.continue().catch(() => {});
  });
  return letGo;
}

test('what is typed while it is saved is not in the file, and is kept', async () => {
  const id = await tip('flowers/gerbera/meanwhile');
  const page = await desk();
  await write(page, id);
  const letGo = await held(page, `**/v1/tips/${id}`, 'PUT');
  await typeAtEnd(page, 'First.');
  await page.keyboard.press('Control+s');
  await visible(status(page, 'Saving…'));
  await page.keyboard.type(' Second.');
  letGo();
  await visible(status(page, 'Saved; what you typed since is not.'));
  assert.match(await file(id), /First\.$/);
  await page.reload();
  await page.getByRole('button', { name: 'Take it up again' }).click();
  assert.match(await content(page).innerText(), /First\. Second\./);
});

test('a new tip keeps the name under which it is being saved', async () => {
  const page = await desk('?new=What+is+its+name&section=flowers/gerbera');
  await visible(page.getByText('It will be flowers/gerbera/what-is-its-name.md'));
  await typeAtEnd(page, 'It is this.\n');
  const letGo = await held(page, '**/v1/tips/**', 'PUT');
  await page.keyboard.press('Control+s');
  await visible(status(page, 'Saving…'));
  assert.ok(!await page.locator('#new-name').isEditable());
  await content(page).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('# Is it another one?\n\nYes.\n');
  letGo();
  await visible(status(page, 'Saved; what you typed since is not.'));
  assert.match(await file('flowers/gerbera/what-is-its-name'), /It is this\./);
  assert.match(page.url(), /tip=flowers\/gerbera\/what-is-its-name/);
});

test('each new tip that was left is offered again, with its name', async () => {
  const page = await desk('?new=Which+one+is+first&section=flowers/gerbera');
  await typeAtEnd(page, 'The first.\n');
  await page.locator('#new-name').fill('own-name');
  await typeAtEnd(page, 'Indeed.\n');
  await visible(status(page, 'kept in this browser'));
  await page.goto(`${server.address}/library?new=Which+one+is+second`);
  await visible(page.getByText('You were writing “Which one is first”'));
  await typeAtEnd(page, 'The second.\n');
  await visible(status(page, 'kept in this browser'));
  await page.goto(`${server.address}/library?new=`);
  const offered = page.locator('.notices .note');
  await visible(offered.filter({ hasText: 'Which one is second' }));
  await offered.filter({ hasText: 'Which one is first' }).getByRole('button', { name: 'Take it up again' }).click();
  assert.match(await content(page).innerText(), /The first\.\nIndeed\./);
  await visible(page.getByText('It will be flowers/gerbera/own-name.md'));
  await page.keyboard.press('Control+s');
  await visible(status(page, 'Saved, and served now.'));
  await page.goto(`${server.address}/library?new=`);
  await visible(offered.filter({ hasText: 'Which one is second' }));
  assert.equal(await offered.count(), 1);
  await offered.getByRole('button', { name: 'Forget it' }).click();
  assert.equal(await offered.count(), 0);
});

test('a mend for an older text changes nothing', async () => {
  const id = await tip('flowers/gerbera/older', '---\nprevets: drooping\n---\n# Is this older?\n\nA little.\n');
  const page = await desk();
  await write(page, id);
  await visible(page.locator('.findings .mend'));
  const letGo = await held(page, '**/v1/check', 'POST');
  await toFrontMatter(page);
  await page.keyboard.insertText('owner: Dana\n');
  const typed = await content(page).innerText();
  await page.locator('.findings .mend').click();
  assert.equal(await content(page).innerText(), typed);
  letGo();
  await visible(page.locator('.findings', { hasText: 'Line 3' }));
  await page.locator('.findings .mend').click();
  assert.match(await content(page).innerText(), /owner: Dana\nprevents: drooping/);
});

test('a save whose answer is lost is no conflict with oneself', async () => {
  const id = await tip('flowers/gerbera/unheard');
  const page = await desk();
  await write(page, id);
  await unheard(page, `**/v1/tips/${id}`, 'PUT');
  await typeAtEnd(page, 'Heard?');
  await page.keyboard.press('Control+s');
  await visible(page.locator('.note.bad', { hasText: 'Not saved. The server cannot be reached.' }));
  await page.keyboard.press('Control+s');
  await visible(status(page, 'Saved, and served now.'));
  assert.equal(await page.locator('.conflict').count(), 0);
});

test('without a network a tip that is chosen says why it does not open', async () => {
  const page = await desk();
  await visible(row(page, 'How much water'));
  await page.context().setOffline(true);
  await row(page, 'How much water').click();
  await visible(page.locator('#notice', { hasText: 'The server cannot be reached.' }));
  assert.deepEqual(page.complaints.filter((one) => !/ERR_INTERNET_DISCONNECTED/.test(one)), []);
  await page.context().setOffline(false);
  await row(page, 'How much water').click();
  await visible(page.locator('.sheet > h2', { hasText: 'How much water' }));
  assert.equal(await page.locator('#notice').innerText(), '');
});

test('rows do not move under the eye: what changed is offered', async () => {
  await tip('quiet/one');
  await tip('quiet/two');
  const page = await desk('?filter=unused&section=quiet');
  await visible(row(page, 'quiet/one'));
  // Until all of it is there, nobody has seen a row.
  await page.live;
  await page.locator('#list-pane:not([data-waiting])').waitFor();
  await row(page, 'quiet/one').focus();
  await fetch(`${server.address}/v1/outcomes`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ tip: 'quiet/one', outcome: 'told', customer: 'cleo' }) });
  const fresh = page.getByRole('button', { name: 'It has changed: show' });
  await visible(fresh);
  assert.ok(await row(page, 'quiet/one').isVisible());
  await fresh.click();
  await gone(row(page, 'quiet/one'));
  await page.waitForFunction(() => document.activeElement?.closest('#rows'));
  await gone(fresh);
});

test('a sheet that is read anew keeps its reader', async () => {
  const id = await tip('flowers/gerbera/reader');
  const page = await desk(`?tip=${id}`);
  await page.live;
  await page.getByRole('button', { name: 'Edit' }).focus();
  await server.write(`${id}.md`, '# What about the reader?\n\nIt changed on the disk.\n');
  await visible(page.locator('.sheet .say', { hasText: 'It changed on the disk.' }));
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H2');
});

test('who leaves while a save is on its way is told where it is refused', async () => {
  const id = await tip('flowers/gerbera/leaving');
  const page = await desk();
  await write(page, id);
  await content(page).focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.insertText('---\nwhen: byuing\n---\n');
  const letGo = await held(page, `**/v1/tips/${id}`, 'PUT');
  await page.keyboard.press('Control+s');
  await visible(status(page, 'Saving…'));
  await page.getByRole('button', { name: /^Back/ }).click();
  await visible(page.locator('.sheet > h2'));
  letGo();
  await visible(page.locator('#notice', { hasText: `${id} was not saved.` }));
  await page.keyboard.press('e');
  await page.getByRole('button', { name: 'Take it up again' }).click();
  assert.match(await content(page).innerText(), /byuing/);
});

test('what was left is not lost by the next key', async () => {
  const id = await tip('flowers/gerbera/offered');
  const page = await desk();
  await write(page, id);
  await typeAtEnd(page, 'A whole paragraph.');
  await visible(status(page, 'kept in this browser'));
  await page.reload();
  await page.getByRole('button', { name: 'Take it up again' }).waitFor();
  await typeAtEnd(page, 'x');
  await page.keyboard.press('Backspace');
  await visible(status(page, 'Saved.'));
  await page.reload();
  await page.getByRole('button', { name: 'Take it up again' }).click();
  assert.match(await content(page).innerText(), /A whole paragraph\./);
});

test('a broken file that was deleted comes back as a text to be mended', async () => {
  await server.write('flowers/gerbera/cracked.md', '---\nwhen: [\n---\n# Is this cracked?\n\nIt is.\n');
  const page = await desk();
  await page.waitForFunction(async () => (await (await fetch('/v1/library/problems')).json()).items.some((one) => one.file === 'flowers/gerbera/cracked.md'));
  await page.goto(`${server.address}/library?tip=flowers/gerbera/cracked`);
  await page.getByRole('button', { name: 'Delete' }).click();
  await visible(page.getByRole('button', { name: 'Undo' }));
  await page.keyboard.press('z');
  await visible(page.locator('#notice', { hasText: 'mend it, and save' }));
  assert.match(await content(page).innerText(), /Is this cracked\?/);
  await visible(page.getByText('It will be flowers/gerbera/cracked.md'));
  await content(page).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('# Is this cracked?\n\nNot any more.\n');
  await page.keyboard.press('Control+s');
  await visible(status(page, 'Saved, and served now.'));
  assert.match(await file('flowers/gerbera/cracked'), /Not any more/);
});

test('the text can be written before it is checked', async () => {
  const id = await tip('flowers/gerbera/unchecked');
  const page = await desk(`?tip=${id}`);
  await visible(page.locator('.sheet .card'));
  const letGo = await held(page, '**/v1/check', 'POST');
  await page.keyboard.press('e');
  await page.waitForFunction(() => document.querySelector('.editor-host')?.shadowRoot?.activeElement?.classList.contains('cm-content'));
  await page.keyboard.press('Control+End');
  await page.keyboard.type('But');
  await page.keyboard.press('Control+s');
  await visible(status(page, 'Saved, and served now.'));
  letGo();
  await page.locator('.found h3').waitFor();
  await page.keyboard.type(' this.');
  assert.match(await content(page).innerText(), /But this\.$/);
});

test('who goes on while a tip is being marked is not called back', async () => {
  const id = await tip('flowers/gerbera/marked');
  const page = await desk(`?tip=${id}&section=flowers/gerbera`);
  await visible(page.locator('.sheet .card'));
  const letGo = await held(page, `**/v1/tips/${id}`, 'PUT');
  await page.getByRole('button', { name: 'Mark as checked today' }).dblclick();
  await row(page, 'How much water').click();
  await visible(page.locator('.sheet > h2', { hasText: 'How much water' }));
  letGo();
  await visible(page.locator('#notice', { hasText: 'Marked as checked today.' }));
  assert.match(await page.locator('.sheet > h2').innerText(), /How much water/);
});

test('a balloon whose adoption was not heard of is saved all the same', async () => {
  const given = await (await fetch(`${server.address}/v1/balloons`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ text: 'Tell them about the cold', product: 'gerbera' }) })).json();
  const page = await desk(`?balloon=${given.id}`);
  await content(page).waitFor();
  await unheard(page, '**/adopt', 'POST');
  await typeAtEnd(page, 'Not below eight degrees.\n');
  await page.keyboard.press('Control+s');
  await visible(page.locator('.note.bad', { hasText: 'Not saved.' }));
  await page.keyboard.press('Control+s');
  await visible(status(page, 'Saved as a draft: nobody is given it yet.'));
  const balloon = await (await fetch(`${server.address}/v1/balloons/${given.id}`)).json();
  assert.match(await file(balloon.tip), /Not below eight degrees/);
});

test('two texts that are compared are not covered by what happens elsewhere', async () => {
  const { ben, both } = await twoAtOne('flowers/gerbera/compared');
  // The page hears of it, and reads its own file again.
  const again = ben.waitForResponse((response) => response.url().endsWith('/v1/tips/flowers/gerbera/compared') && response.request().method() === 'GET');
  await tip('flowers/gerbera/elsewhere');
  await again;
  await ben.evaluate(() => new Promise((resolve) => { setTimeout(resolve, 100); }));
  assert.ok(await both.getByRole('button', { name: 'Keep mine' }).isVisible());
});

test('a file that is no text is not written over', async () => {
  await writeFile(join(server.folder, 'tips', 'flowers/gerbera/bytes.md'), Buffer.concat([Buffer.from('# Is this text?\n\nBroken'), Buffer.from([0xff, 0xfe])]));
  const page = await desk();
  await page.waitForFunction(async () => (await (await fetch('/v1/library/problems')).json()).items.some((one) => one.file === 'flowers/gerbera/bytes.md'));
  await page.goto(`${server.address}/library?tip=flowers/gerbera/bytes&edit=1`);
  await visible(page.getByText('bytes that are no text in UTF-8'));
  assert.equal(await page.getByRole('button', { name: 'Edit' }).count(), 0);
  await rm(join(server.folder, 'tips', 'flowers/gerbera/bytes.md'));
});

test('an id that climbs leads nowhere else', async () => {
  const asked = [];
  const page = await desk();
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(`${server.address}/library?tip=../balloons/x`);
  await visible(page.getByText('There is no such tip'));
  assert.ok(!asked.some((path) => path.startsWith('/v1/balloons')), `${asked}`);
});

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const VIEWS = { list: ['', '#rows a'], sheet: ['?tip=flowers/gerbera/wire', '.sheet .card'], editor: ['?tip=flowers/gerbera/wire&edit=1', '.preview .card'], 'new tip': ['?new=Is+it+new', '.found h3'], problems: ['?filter=problems&tip=flowers/gerbera/stale', '.findings li'] };
for (const [name, [path, mark]] of Object.entries(VIEWS)) {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [1280, 420, 320]) {
      test(`${name}, ${colorScheme}, ${width} px, is readable`, async () => {
        const page = await desk(path, { width, colorScheme });
        await visible(page.locator(mark).first());
        const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
        assert.deepEqual(violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html).join(' | ')}`), []);
        const [inside, outside] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
        assert.ok(inside <= outside, `it scrolls sideways: ${inside} in ${outside}`);
        assert.deepEqual(page.complaints, []);
      });
    }
  }
}

test('an issue of another section is completed with its whole id, after those at hand', async () => {
  await server.write('vases/_index.md', '---\ntitle: Vases\nissues:\n  dropped-it:\n    says: [it broke]\n---\nGlass.\n');
  const id = await tip('flowers/gerbera/at-hand', '---\n\n---\n# What is at hand?\n\nThis is.\n');
  const page = await desk();
  await write(page, id);
  await toFrontMatter(page);
  await page.keyboard.type('prevents: dro');
  const offered = page.locator('.cm-tooltip-autocomplete li');
  await visible(offered.filter({ hasText: 'vases:dropped-it' }));
  assert.match(await offered.first().innerText(), /^drooping/);
  await offered.filter({ hasText: 'vases:dropped-it' }).click();
  assert.match(await content(page).innerText(), /prevents: "vases:dropped-it"/);
  await rm(join(server.folder, 'tips', 'vases'), { recursive: true });
});

test('a tip that is deleted here leads back to the list, also where it is heard of on the way', async () => {
  const id = await tip('flowers/gerbera/going-away');
  const page = await desk(`?tip=${id}`);
  await visible(page.locator('.sheet > h2'));
  await page.live;
  await page.route(`**/v1/tips/${id}`, async (route) => {
    if (route.request().method() !== 'DELETE') return route.continue();
    // The page hears of it, and looks, before it is answered.
    const looked = page.waitForResponse((response) => response.url().endsWith(id) && response.request().method() === 'GET');
    const response = await route.fetch();
    await looked;
    await route.fulfill({ response });
  });
  await page.getByRole('button', { name: 'Delete' }).click();
  await visible(page.getByRole('button', { name: 'Undo' }));
  await visible(page.locator('#tip-pane', { hasText: 'Choose a tip to read it' }));
  await page.waitForFunction(() => !location.search.includes('tip='));
});

test('E edits the row that one is at, and Escape leads from a tip that was just made to that tip', async () => {
  const page = await desk('?section=flowers/gerbera');
  await visible(row(page, 'How much water'));
  await page.keyboard.press('j');
  const at = await page.evaluate(() => new URL(document.activeElement.href).searchParams.get('tip'));
  await page.keyboard.press('e');
  await content(page).waitFor();
  assert.ok(page.url().endsWith(`tip=${at}&edit=1`), page.url());
  await page.goto(`${server.address}/library?new=Does+Escape+lead+on%3F&section=flowers/gerbera`);
  await content(page).waitFor();
  await typeAtEnd(page, 'It does.');
  await page.keyboard.press('Control+s');
  await visible(status(page, 'Saved, and served now.'));
  // One that shuts a list of completions first leaves the text with the next.
  const back = page.getByRole('button', { name: /^Back/ });
  const left = () => back.evaluate((button) => button === document.activeElement);
  for (let presses = 0; presses < 3 && !await left(); presses += 1) await page.keyboard.press('Escape');
  assert.ok(await left());
  await page.keyboard.press('Escape');
  await visible(page.locator('.sheet > h2', { hasText: 'Does Escape lead on?' }));
});

test('Escape in the text shuts what lies over it first', async () => {
  const id = await tip('flowers/gerbera/over');
  const page = await desk();
  await write(page, id);
  await page.getByRole('button', { name: /^Back/ }).focus();
  await page.keyboard.press('b');
  await visible(page.locator('.drawer'));
  await content(page).focus();
  await page.keyboard.press('Escape');
  await gone(page.locator('.drawer'));
  assert.ok(await page.evaluate(() => document.querySelector('.editor-host').shadowRoot.activeElement !== null));
});

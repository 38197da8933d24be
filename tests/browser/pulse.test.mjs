// The pulse: what it says is what the API says, each chart has its table, and what is not known is not shown.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { BINARY, browser, open, serve } from './server.mjs';

const run = promisify(execFile);
let chrome, empty, past;
before(async () => {
  [chrome, empty] = await Promise.all([browser(), serve()]);
  // A simulated past of the library that the binary holds, served with that library.
  past = await serve({}, async (folder) => {
    const library = join(folder, 'sample');
    await run(BINARY, ['new', '--sample', library]);
    await run(BINARY, ['learn', '--sample', '--library', library, '--index', join(folder, 'index'), '--ledger', `sqlite:${join(folder, 'ledger.db')}`], { env: { ...process.env, STEMWIRE_CUSTOMER_KEY: join(folder, 'ledger.key') } });
    return library;
  });
  // It answers before it has learned what the ledger holds: a second or more on a busy machine.
  while (!(await read(past, '/v1/foresight')).contacts) await new Promise((resolve) => { setTimeout(resolve, 100); });
});
after(async () => { await chrome?.close(); await Promise.all([empty?.stop(), past?.stop()]); });

const read = async (server, path) => (await fetch(server.address + path)).json();
const percent = (share) => `${Math.round(share * 100)} %`;
const card = (page, title) => page.locator('.card', { has: page.getByRole('heading', { name: title, exact: true }) });

/** The pulse with changed answers to what comes next: a past that is made up may have a tip for everything. @param {(next: object[], asked: URLSearchParams) => object[]} change */
async function changed(change, options = {}) {
  const page = await open(chrome, 'about:blank', options);
  await page.route('**/v1/foresight?*', async (route) => {
    const response = await route.fetch();
    const json = await response.json();
    await route.fulfill({ response, json: { ...json, next: change(json.next, new URL(route.request().url()).searchParams) } });
  });
  await page.goto(`${past.address}/pulse`);
  return page;
}

/** The pulse where no tip prevents an issue, whatever leads to it. */
const untipped = (issue, options) => changed((next) => next.map((one) => (one.issue === issue ? { ...one, tip: null } : one)), options);

/** What customers come back with, commonest first. */
const byCount = (next) => [...next].sort((a, b) => b.n - a.n);

/** The commonest issue, and what follows it most. */
async function commonest() {
  const { issue, product } = (await read(past, '/v1/pulse')).right_first_time.by.find((one) => one.issue);
  const { next } = await read(past, `/v1/foresight?${new URLSearchParams({ issue, product, limit: 50 })}`);
  return { issue, product, then: byCount(next)[0].issue };
}

test('numbers stand with their intervals and what they were counted from', async () => {
  const page = await open(chrome, `${past.address}/pulse`);
  const pulse = await read(past, '/v1/pulse');
  const { overall } = pulse.right_first_time;
  await card(page, 'Right first time').locator('.value').waitFor();
  assert.equal(await page.locator('#goal').innerText(), pulse.directive);
  const said = await card(page, 'Right first time').innerText();
  for (const part of [percent(overall.value), `${percent(overall.low)} to ${percent(overall.high)}`, overall.of.toLocaleString('en')]) assert.ok(said.includes(part), `${part} in ${said}`);
  assert.match(await card(page, 'Tips told').innerText(), new RegExp((pulse.tips.outcomes.told + pulse.tips.outcomes.given + pulse.tips.outcomes.sent).toLocaleString('en')));
  assert.match(await card(page, 'Balloons waiting').innerText(), new RegExp(`\\b${pulse.balloons.waiting}\\b`));
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('each chart has a picture with a name, and a table', async () => {
  const page = await open(chrome, `${past.address}/pulse`);
  await page.locator('.plot svg').first().waitFor();
  const charts = page.locator('.charts .card', { has: page.locator('.plot') });
  assert.equal(await charts.count(), 7);
  for (const chart of await charts.all()) {
    const title = await chart.locator('h2').innerText();
    assert.ok((await chart.locator('.plot').getAttribute('aria-label')).startsWith(title));
    assert.ok(await chart.locator('.plot svg').count(), title);
    await chart.getByText('As a table').click();
    assert.ok(await chart.getByRole('row').count() > 1, title);
    await chart.getByText('How is this counted?').click();
    assert.ok((await chart.locator('details .note').innerText()).length > 40);
  }
  await page.context().close();
});

test('tables hold what the API gives', async () => {
  const { then } = await commonest();
  const page = await untipped(then);
  const pulse = await read(past, '/v1/pulse');
  const cells = async (title) => {
    await card(page, title).getByText('As a table').click();
    return card(page, title).locator('tbody tr').evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent)));
  };
  const weeks = await cells('Right first time, week by week');
  assert.deepEqual(weeks.map((row) => row[3]), pulse.right_first_time.weeks.map((week) => week.of.toLocaleString('en')));
  // The line ends where a week's contacts are all old enough to count.
  const over = pulse.right_first_time.weeks.filter(({ week }) => Date.parse(week) + 14 * 86_400_000 <= Date.parse(pulse.until));
  assert.ok(over.length > 8);
  assert.equal(await card(page, 'Right first time, week by week').locator('.plot .dot').count(), over.length);
  const causes = await cells('Why they came back');
  const counts = causes.map((row) => Number(row[1].replaceAll(',', '')));
  assert.equal(counts.pop(), pulse.causes.whole);
  assert.equal(counts.reduce((one, other) => one + other), pulse.causes.whole);
  const outcomes = await cells('What became of the tips');
  assert.deepEqual(outcomes.map((row) => row[0]), pulse.tips.by.map((of) => of.question));
  const flows = await cells('What they come back with');
  assert.ok(flows.some((row) => row[2] === 'none') && flows.some((row) => row[2] !== 'none'));
  await page.context().close();
});

test('what a server that just started has not counted yet is not called unknown, and fills in by itself', async () => {
  const page = await open(chrome, 'about:blank');
  let asked = 0;
  await page.route('**/v1/foresight?*', async (route) => {
    const response = await route.fetch();
    const counted = await response.json();
    asked += 1;
    await route.fulfill({ response, json: asked > 6 ? counted : { ...counted, next: [], of: 0, basis: 'popularity', contacts: 0 } });
  });
  await page.goto(`${past.address}/pulse`);
  const flows = card(page, 'What they come back with');
  await flows.getByText('still being counted').waitFor();
  await flows.locator('.plot svg').waitFor();
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('a lot that holds nobody out any more is said, and what it found stays', async () => {
  const { experiment } = await read(past, '/v1/pulse');
  assert.equal(experiment.lot, 0, 'the tests serve without a lot');
  assert.ok(experiment.held_out.returned, 'the past has held-out customers who came back');
  const page = await open(chrome, `${past.address}/pulse`);
  const said = await page.locator('.charts .card', { has: page.getByRole('heading', { name: 'Does telling help?' }) }).innerText();
  assert.match(said, /points (fewer|more) came back/);
  assert.match(said, /Nobody is held out at the moment/);
  await page.context().close();
});

test('what no tip prevents is marked as it is said to be, wide and narrow, with and without colours', async () => {
  // Several issues may lead to the same next one: which of their answers comes first must not matter.
  const { then } = await commonest();
  for (const width of [1280, 360]) {
    const page = await untipped(then, { width });
    const flows = card(page, 'What they come back with');
    await flows.locator('.plot svg').first().waitFor();
    assert.match(await flows.locator('.says').innerText(), /leads? to an issue that no tip prevents\.$/);
    assert.deepEqual(await flows.locator('.legend li').allInnerTexts(), ['a tip prevents it', 'no tip is written for it']);
    const colour = (locator) => locator.first().evaluate((node) => getComputedStyle(node)[node.tagName === 'path' ? 'stroke' : 'fill']);
    const drawn = width < 560 ? '.plot .part.s2' : '.plot .flow.open';
    assert.equal(await colour(flows.locator(drawn)), await colour(flows.locator('.legend .s2')), `${width} px`);
    assert.ok((await flows.locator('.plot').locator(width < 560 ? '.bar-label' : 'text').allTextContents()).some((text) => text.includes('(no tip)')), `${width} px`);
    await page.context().close();
  }
});

test('an issue that a tip prevents after one issue and none after another says so without a colour', async () => {
  const first = await commonest();
  const page = await changed((next, asked) => byCount(next).slice(0, 1).map((one) => ({ ...one, issue: first.then, product: asked.get('product'), tip: asked.get('issue') === first.issue && asked.get('product') === first.product ? null : 'made/up' })));
  const flows = card(page, 'What they come back with');
  await flows.locator('.plot svg').first().waitFor();
  assert.match(await flows.locator('.says').innerText(), /1 of the \d+ ways shown leads to an issue that no tip prevents\.$/);
  const names = await flows.locator('.plot text').allTextContents();
  assert.equal(names.filter((name) => name.endsWith('(a tip for some)')).length, 1, names.join('; '));
  assert.equal(names.filter((name) => name.endsWith('(no tip)')).length, 0, names.join('; '));
  assert.equal(await flows.locator('.plot .flow.open').count(), 1);
  await page.context().close();
});

test('the tile and the chart tell of the same balloons', async () => {
  const page = await open(chrome, `${past.address}/pulse`);
  const [waiting, acknowledged] = await Promise.all(['waiting', 'acknowledged'].map(async (state) => (await read(past, `/v1/balloons?state=${state}&limit=200`)).items.length));
  assert.ok(waiting > 1 && acknowledged > 1, 'the past has both');
  await card(page, 'Balloons waiting').getByText(`${acknowledged} more are acknowledged and undecided.`).waitFor();
  assert.equal(await card(page, 'Balloons waiting').locator('.value').innerText(), String(waiting));
  assert.ok((await card(page, 'How long balloons stay undecided').locator('.says').innerText()).startsWith(`${waiting + acknowledged} balloons are undecided: ${waiting} wait and ${acknowledged} are acknowledged.`));
  await page.context().close();
});

test('weeks are named by their Mondays, in every time zone', async () => {
  const { weeks } = (await read(past, '/v1/pulse')).right_first_time;
  const page = await open(chrome, `${past.address}/pulse`, { timezoneId: 'America/Los_Angeles' });
  const chart = card(page, 'Right first time, week by week');
  await chart.getByText('As a table').click();
  const day = (week) => new Date(week).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const named = await chart.locator('tbody th').allInnerTexts();
  assert.deepEqual(named.map((one) => one.replace(/ \d{4}$/, '')), weeks.map(({ week }) => day(week)));
  await page.context().close();
});

test('the commonest ways are drawn, whether a tip prevents them or not, and bars are as long as they say', async () => {
  const { by } = (await read(past, '/v1/pulse')).right_first_time;
  const six = by.filter(({ issue }) => issue).slice(0, 6);
  const expected = [];
  for (const { issue, product } of six) {
    const { next } = await read(past, `/v1/foresight?${new URLSearchParams({ issue, product, limit: 50 })}`);
    expected.push(...byCount(next.filter(({ n }) => n > 0)).slice(0, 3).map(({ n }) => n));
  }
  const page = await open(chrome, `${past.address}/pulse`, { width: 360 });
  const flows = card(page, 'What they come back with');
  await flows.locator('.plot svg').first().waitFor();
  assert.match(await flows.locator('.says').innerText(), /^Over all contacts that are kept: /);
  const drawn = await flows.locator('.bars > div').evaluateAll((all) => all.map((one) => [parseFloat(one.querySelector('.number').textContent), parseFloat(one.querySelector('.part').getAttribute('width'))]));
  for (const [one, long] of drawn) for (const [other, longer] of drawn) if (one < other) assert.ok(long < longer, `${one} % is ${long} px, ${other} % is ${longer} px`);
  await flows.getByText('As a table').click();
  const counts = await flows.locator('tbody tr').evaluateAll((rows) => rows.map((row) => parseInt(row.cells[5].textContent, 10)));
  assert.deepEqual(counts, expected);
  await page.context().close();
});

test('a product is chosen, stays in the address, and keeps the focus', async () => {
  const page = await open(chrome, `${past.address}/pulse`);
  await page.getByLabel('Product').selectOption('cards');
  await page.waitForURL('**/pulse?product=cards');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'product');
  await card(page, 'Right first time, by issue').getByText('As a table').click();
  const shown = await card(page, 'Right first time, by issue').locator('tbody tr').evaluateAll((rows) => rows.map((row) => [row.cells[0].textContent, row.cells[3].textContent]));
  // A section takes in its parts.
  const parts = (await read(past, '/v1/pulse')).right_first_time.by.filter(({ product }) => product === 'cards' || product?.startsWith('cards/'));
  assert.deepEqual(shown.map(([, of]) => of), parts.slice(0, 40).map(({ of }) => of.toLocaleString('en')));
  assert.ok(shown.some(([name]) => name.endsWith('Bank cards')) && shown.some(([name]) => name.endsWith('Credit cards')), String(shown));
  const options = await page.locator('#product option').allInnerTexts();
  assert.ok(options.includes('Bank cards') && options.includes('Bank cards › Credit cards'), String(options));
  const { says, axis } = await card(page, 'Right first time, by issue').evaluate((node) => ({ says: node.querySelector('.says').textContent, axis: [...node.querySelectorAll('.axis')].map((one) => one.textContent) }));
  const enough = parts.filter(({ needed }) => !needed).length;
  assert.ok(enough > 8 && says.endsWith(`Drawn are the 8 lowest of ${enough} issues with 97 contacts or more; ${parts.length - enough} have fewer.`), says);
  assert.deepEqual(axis, ['0 %', '50 %', '100 %']);
  await page.reload();
  await page.locator('.plot svg').first().waitFor();
  assert.equal(await page.getByLabel('Product').inputValue(), 'cards');
  await page.context().close();
});

test('what is missing leads to the desk with what is known', async () => {
  const page = await open(chrome, `${past.address}/pulse`);
  const { items } = await read(past, '/v1/gaps?limit=1');
  await page.getByRole('link', { name: 'Write this tip' }).first().click();
  await page.waitForURL('**/library?**');
  const query = new URL(page.url()).searchParams;
  assert.equal(query.get('prevents'), items[0].issue);
  await page.locator('.cm-content').filter({ hasText: `prevents: ${items[0].issue}` }).waitFor();
  await page.context().close();
});

test('a ledger that knows nothing shows no number, and says what is missing', async () => {
  const page = await open(chrome, `${empty.address}/pulse`);
  await page.getByText('No contacts are known yet. stemwire learn').waitFor();
  assert.deepEqual(await page.locator('.value.wanting').allInnerTexts(), Array(4).fill('Not enough data yet'));
  assert.equal(await page.locator('.plot').count(), 0);
  assert.doesNotMatch(await page.locator('main').innerText(), /NaN|undefined|null|Infinity/);
  await page.context().close();
});

test('a server that is away is said, and asked again', async () => {
  const page = await open(chrome, `${empty.address}/docs`);
  let away = true;
  await page.route('**/v1/pulse', (route) => (away ? route.abort() : route.continue()));
  await page.goto(`${empty.address}/pulse`);
  await page.getByText('The server cannot be reached.').waitFor();
  away = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('No contacts are known yet.', { exact: false }).first().waitFor();
  await page.context().close();
});

test('names from the library stay text', async () => {
  const at = new Date(Date.now() - 20 * 86_400_000).toISOString();
  const contacts = Array.from({ length: 3 }, (_, one) => ({ customer: `c${one}`, product: 'attack', issue: 'buying', at }));
  await fetch(`${empty.address}/v1/contacts`, { method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': '"attack"' }, body: JSON.stringify(contacts) });
  const page = await open(chrome, `${empty.address}/pulse`);
  const issues = card(page, 'Right first time, by issue');
  await issues.getByText('As a table').click();
  assert.match(await issues.locator('tbody').innerText(), /<img src=x/);
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  await page.context().close();
});

test('what happens meanwhile is counted in, and nothing that is unfolded or has focus is lost', async () => {
  const server = await serve();
  const page = await open(chrome, 'about:blank');
  await page.clock.install();
  await page.goto(`${server.address}/pulse`);
  const waits = card(page, 'Balloons waiting').locator('.value');
  const before = Number(await waits.innerText());
  await page.locator('#note', { hasText: /, \d\d:\d\d\./ }).waitFor();
  const send = (text) => fetch(`${server.address}/v1/balloons`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ text }) });
  await page.live;
  await send('Vases in three sizes');
  await page.clock.runFor(61_000);
  await waits.filter({ hasText: String(before + 1) }).waitFor();
  // By now there is a chart to unfold.
  const ages = card(page, 'How long balloons stay undecided');
  await ages.getByText('How is this counted?').click();
  const heard = page.waitForResponse('**/v1/pulse');
  await send('A bench at the door');
  await page.clock.runFor(61_000);
  await heard;
  await ages.locator('.says', { hasText: `${before + 2} balloons` }).waitFor();
  assert.ok(await ages.locator('details').last().evaluate((fold) => fold.open && fold.contains(document.activeElement)));
  assert.ok(await ages.locator('.plot svg').count(), 'the picture stands at once');
  await page.context().close();
  await server.stop();
});

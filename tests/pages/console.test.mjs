// The console's parts: examples, what was understood, the list, asking; and the API's errors as sentences.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import './dom.mjs';
import { Asking } from '/assets/console/asking.js';
import { correction } from '/assets/console/correcting.js';
import { entries, options } from '/assets/console/list.js';
import { examples } from '/assets/console/start.js';
import { chips } from '/assets/console/understood.js';
import { ApiProblem, Attempts, call, newKey, sentence, unreached } from '/assets/shell/api.js';
import { asSaid, inOneLine } from '/assets/console/lines.js';

/** @param {string} id @param {number} confidence */
const part = (id, confidence) => ({ id, title: id.toUpperCase(), confidence, from: /** @type {const} */ ('text') });
/** @param {string} id @returns {any} */
const tip = (id) => ({ id, question: `${id}?` });
const nothing = { product: null, issue: null };
const does = { correct: () => {}, takeBack: () => {} };
/** Answers of a server, by turns. @param {(address: string, asked: any) => unknown} answer */
const served = (answer) => { globalThis.fetch = /** @type {any} */ (answer); };
/** @param {unknown} body @param {number} [status] */
const json = (body, status = 200) => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

test('examples come from all over the library, once each, and only from issues that have tips', () => {
  const issue = (/** @type {string} */ id, tips = 1, says = [`words of ${id}`]) => ({ id, tips, says });
  const issues = Array.from({ length: 60 }, (_, at) => issue(`section:${at}`, [7, 33, 59].includes(at) ? 3 : 1));
  // What all sections share has the most tips, and means little alone.
  const all = [issue('complaint', 40), ...issues];
  assert.deepEqual(examples(all), ['words of section:7', 'words of section:33', 'words of section:59']);
  assert.deepEqual(examples([issue('complaint', 40)]), ['words of complaint']);
  assert.deepEqual(examples([issue('a:one'), issue('a:two', 1, ['words of a:one'])]), ['words of a:one']);
  assert.deepEqual(examples([issue('a:one', 0), issue('a:two', 3, []), { id: 'a:three', tips: 3 }]), []);
  assert.deepEqual(examples([]), []);
});

test('chips show what is likely, the first reading from half of that on', () => {
  const shown = (/** @type {any} */ situation) => chips({ products: [], issues: [], unknown: [], ...situation }, nothing, does).slice(0, -1).map((chip) => chip.textContent);
  assert.deepEqual(shown({ products: [part('a', 0.9), part('b', 0.31), part('c', 0.3)] }), ['A90 %', 'B31 %']);
  assert.deepEqual(shown({ issues: [part('a', 0.16), part('b', 0.16)] }), ['A16 %']);
  assert.deepEqual(shown({ issues: [part('a', 0.1)] }), []);
  assert.deepEqual(shown({ unknown: [{ given: '<b>x</b>', field: 'issue', nearest: [] }] }), ['“<b>x</b>” is no issue']);
});

test('what the agent said replaces what was read, and is taken back by its chip', () => {
  /** @type {string[]} */
  const back = [];
  const made = chips({ products: [part('a', 0.9)], issues: [], unknown: [] }, { ...nothing, product: { id: 'z', title: 'Zinnia', tips: 0 } }, { ...does, takeBack: (field) => back.push(field) });
  assert.match(made[0].textContent ?? '', /^Zinnia/);
  made[0].click();
  assert.deepEqual(back, ['product']);
});

test('readings are corrected by digits that count through both kinds', () => {
  served(async () => json({ items: [] }));
  /** @type {unknown[]} */
  const chosen = [];
  const many = Array.from({ length: 6 }, (_, at) => part(`p${at}`, 0.5));
  const panel = correction({ products: many, issues: [part('i', 0.5)], unknown: [] }, (field, one) => chosen.push([field, one.id]), () => {});
  const keys = /** @type {HTMLElement[]} */ ([...panel.querySelectorAll('[data-key]')]);
  assert.deepEqual(keys.map((key) => key.getAttribute('data-key')), ['1', '2', '3', '4', '5']);
  keys[1].click();
  keys[4].click();
  assert.deepEqual(chosen, [['product', 'p1'], ['issue', 'i']]);
});

test('the list holds the tip, the others, then what they asked', () => {
  assert.deepEqual(entries(null), []);
  const all = entries(/** @type {any} */ ({ tip: tip('a'), others: [tip('b')], answers: [tip('c')] }));
  assert.deepEqual(all.map(({ suggestion, tag }) => [suggestion.id, tag]), [['a', null], ['b', null], ['c', 'They asked']]);
  assert.deepEqual(entries(/** @type {any} */ ({ tip: null, others: [], answers: [tip('c')] })).length, 1);
  const made = options(all, 'b', (id) => id === 'a', () => {});
  assert.deepEqual(made.map((one) => one.getAttribute('aria-selected')), ['false', 'true', 'false']);
  assert.match(made[0].textContent ?? '', /✓ done/);
  assert.equal(new Set(made.map((one) => one.id)).size, 3);
  assert.equal(made.flatMap((one) => [...one.querySelectorAll('button, a')]).length, 0, 'an option holds nothing that can be pressed');
});

test('a late answer never replaces a newer one', async () => {
  /** @type {Record<string, (answer: Response) => void>} */
  const waiting = {};
  served((_, asked) => new Promise((resolve) => { waiting[JSON.parse(asked.body).text] = resolve; }));
  /** @type {unknown[]} */
  const told = [];
  const asking = new Asking({ answered: (answer) => told.push(answer.id), failed: (error) => told.push(error), stalled: () => told.push('stalled') });
  const first = asking.now({ text: 'first' });
  const second = asking.now({ text: 'second' });
  assert.ok(!asking.settled);
  waiting.second(json({ id: 2 }));
  await second;
  waiting.first(json({ id: 1 }));
  await first;
  assert.deepEqual(told, [2]);
  assert.ok(asking.settled);
});

test('a failure of the newest question is told, one of an older is not; nothing asked is settled at once', async () => {
  served(async () => { throw new TypeError('no route'); });
  /** @type {unknown[]} */
  const told = [];
  const asking = new Asking({ answered: () => told.push('answered'), failed: () => told.push('failed'), stalled: () => {} });
  await Promise.all([asking.now({ text: 'a' }), asking.now({ text: 'b' })]);
  assert.deepEqual(told, ['failed']);
  await asking.now(null);
  assert.ok(asking.settled);
  asking.soon(() => ({ text: 'c' }));
  assert.ok(!asking.settled, 'what is about to be asked is not answered yet');
  await asking.now(null);
  assert.ok(asking.settled);
});

test('what nobody has answered is asked again, told once, and shown as late; another question takes its place', async () => {
  let away = true;
  /** @type {string[]} */
  const came = [];
  served(async (_, asked) => {
    came.push(JSON.parse(asked.body).text);
    if (away) throw new TypeError('no route');
    return json({ id: 1 });
  });
  /** @type {unknown[]} */
  const told = [];
  const asking = new Asking({ answered: (_, question, late) => { told.push([question.text, late]); return question.text !== 'unwanted'; }, failed: () => told.push('failed'), stalled: () => told.push('stalled') });
  assert.equal(asking.again(), false);
  await asking.now({ text: 'a' });
  assert.equal(asking.again(), true);
  await new Promise((resolve) => { setTimeout(resolve); });
  assert.deepEqual([told, asking.settled], [['failed'], false]);
  away = false;
  asking.again();
  await new Promise((resolve) => { setTimeout(resolve); });
  assert.deepEqual([told, asking.settled, asking.again()], [['failed', ['a', true]], true, false]);
  away = true;
  await asking.now({ text: 'unwanted' });
  away = false;
  asking.again();
  await new Promise((resolve) => { setTimeout(resolve); });
  assert.deepEqual([asking.settled, asking.again()], [false, false], 'an answer that is not shown answers nothing, and is not asked for again');
  await asking.now({ text: 'b' });
  assert.deepEqual([came.at(-1), told.at(-1), asking.settled], ['b', ['b', false], true]);
});

test('a question that the server refuses is not asked again', async () => {
  served(async () => json({ type: 'x', title: 'The body has wrong fields', status: 422, detail: '', request_id: 'r' }, 422));
  const asking = new Asking({ answered: () => {}, failed: () => {}, stalled: () => {} });
  await asking.now({ text: 'a' });
  assert.equal(asking.again(), false);
});

test('a call leaves empty values out, repeats lists, and names its write once', async () => {
  /** @type {any[]} */
  const came = [];
  served(async (address, asked) => { came.push([address, asked]); return json({ ok: true }); });
  await call('GET', '/v1/tips', { query: { tag: ['a b', 'c'], q: '', product: undefined, limit: 0, owner: null } });
  assert.equal(came[0][0], '/v1/tips?tag=a+b&tag=c&limit=0');
  await call('POST', '/v1/x', { json: { a: 1 }, key: 'k' });
  assert.deepEqual([came[1][0], came[1][1].headers, came[1][1].body], ['/v1/x', { 'content-type': 'application/json', 'idempotency-key': '"k"' }, '{"a":1}']);
  assert.match(newKey(), /^[0-9a-f]{32}$/);
  assert.notEqual(newKey(), newKey());
});

test('what arrives late ends its own attempt, and not that of what was sent since', () => {
  const attempts = new Attempts();
  const first = attempts.key({ what: 'a' });
  const second = attempts.key({ what: 'b' });
  attempts.over(first);
  assert.equal(attempts.key({ what: 'b' }), second);
  attempts.over(second);
  assert.notEqual(attempts.key({ what: 'b' }), second);
});

test('a refusal is told with its reasons and its request; a gateway’s page is a refusal too', async () => {
  const refusal = async (/** @type {Response} */ response) => {
    served(async () => response);
    return call('GET', '/x').then(() => assert.fail('it was no refusal'), (error) => error);
  };
  const problem = { type: 'x', title: 'The body has wrong fields', status: 422, detail: 'Two.', request_id: 'r-1' };
  assert.equal(sentence(await refusal(json({ ...problem, errors: [{ detail: 'One is.' }, { detail: 'So is two.' }] }, 422))), 'One is. So is two. (request r-1)');
  assert.equal(sentence(await refusal(json(problem, 422))), 'The body has wrong fields. Two. (request r-1)');
  const gateway = await refusal(new Response('<h1>Bad Gateway</h1>', { status: 502, headers: { 'content-type': 'text/html' } }));
  assert.ok(gateway instanceof ApiProblem && unreached(gateway));
  assert.match(sentence(gateway), /502/);
  assert.ok(unreached(new TypeError('no route')) && !unreached(await refusal(json(problem, 422))));
});

test('a pasted chat keeps its lines in a field that has one', () => {
  const chat = '[10:02] Anna: hello\r\n\n  [10:03] Anna: my internet is down \n';
  assert.equal(inOneLine(chat), '[10:02] Anna: hello ↵ [10:03] Anna: my internet is down');
  assert.equal(asSaid(inOneLine(chat)), '[10:02] Anna: hello\n[10:03] Anna: my internet is down');
  assert.equal(asSaid(' one line '), 'one line');
});

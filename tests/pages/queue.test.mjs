// Reports: in order, once each, kept while nobody answers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Store } from './dom.mjs';
import { ApiProblem } from '/assets/shell/api.js';
import { Queue } from '/assets/shell/queue.js';

const refused = (/** @type {number} */ status) => new ApiProblem({ type: '', title: 'No', status, detail: '', request_id: 'r' });

/** A server that answers with what `answer` returns, remembers what came, and has each key once. @param {(body: any) => unknown} [answer] @param {() => unknown} [answerBack] */
function server(answer = () => null, answerBack = () => null) {
  /** @type {{ body: any, key: string }[]} */
  const came = [];
  /** @type {string[]} */
  const gone = [];
  return {
    came,
    gone,
    send: async (/** @type {unknown} */ body, /** @type {string} */ key) => {
      came.push({ body, key });
      const wrong = await answer(body);
      if (wrong) throw wrong;
      return { id: `o-${came.findIndex((one) => one.key === key) + 1}` };
    },
    withdraw: async (/** @type {string} */ id) => {
      const wrong = await answerBack();
      if (wrong) throw wrong;
      gone.push(id);
    },
  };
}

const away = () => server(() => new TypeError('no route'));

test('a report is sent at once, with the time at which it happened', async () => {
  const { came, ...to } = server();
  const report = await new Queue(new Store(), to).report({ tip: 'a' });
  assert.equal(report.id, 'o-1');
  assert.equal(came[0].body.tip, 'a');
  assert.ok(Math.abs(Date.parse(came[0].body.at) - Date.now()) < 60_000);
});

test('while nobody answers reports wait, and go out later in order under the same keys', async () => {
  let reached = false;
  const { came, ...to } = server(() => (reached ? null : new TypeError('no route')));
  const queue = new Queue(new Store(), to);
  /** @type {number[]} */
  const waiting = [];
  queue.watch((count) => waiting.push(count));
  const first = await queue.report({ tip: 'a' });
  await queue.report({ tip: 'b' });
  assert.equal(first.id, null);
  assert.deepEqual(waiting, [0, 1, 2]);
  reached = true;
  await queue.flush();
  const sent = came.slice(-2);
  assert.deepEqual(sent.map((one) => one.body.tip), ['a', 'b']);
  assert.equal(new Set(came.filter((one) => one.body.tip === 'a').map((one) => one.key)).size, 1);
  assert.ok(queue.taken.get(first.key));
  assert.equal(waiting.at(-1), 0);
});

test('a page that is opened again sends what the one before could not', async () => {
  const store = new Store();
  const { key } = await new Queue(store, server(() => refused(503))).report({ tip: 'a' });
  const { came, ...to } = server();
  const again = new Queue(store, to);
  assert.equal(again.waiting.length, 1);
  await again.flush();
  assert.deepEqual(came.map((one) => one.key), [key]);
  assert.equal(new Queue(store, to).waiting.length, 0);
});

test('what is refused is told and not kept; what comes after it is sent', async () => {
  const { came, ...to } = server((body) => (body.tip === 'bad' ? refused(422) : null));
  const queue = new Queue(new Store(), to);
  await assert.rejects(queue.report({ tip: 'bad' }), ApiProblem);
  assert.equal(queue.waiting.length, 0);
  assert.equal((await queue.report({ tip: 'good' })).id, 'o-2');
  assert.equal(came.length, 2);
});

test('a refusal is told to whom it concerns, and to nobody else', async () => {
  const to = server((body) => (body.tip === 'bad' ? refused(422) : null));
  const queue = new Queue(new Store(), to);
  const [good, bad] = await Promise.allSettled([queue.report({ tip: 'good' }), queue.report({ tip: 'bad' })]);
  assert.deepEqual([good.status, bad.status], ['fulfilled', 'rejected']);
  // One that an earlier page left, and that is refused now, says nothing about the next, but is not passed over.
  const store = new Store();
  await new Queue(store, away()).report({ tip: 'bad' });
  const later = new Queue(store, to);
  /** @type {string[]} */
  const told = [];
  later.refusedLater = (text) => told.push(text);
  assert.equal((await later.report({ tip: 'good' })).id !== null, true);
  assert.equal(told.length, 1);
});

for (const status of [401, 403, 429, 503]) {
  test(`what is answered ${status} is kept, and taken when that is over`, async () => {
    let over = false;
    const { came, ...to } = server(() => (over ? null : refused(status)));
    const queue = new Queue(new Store(), to);
    assert.equal((await queue.report({ tip: 'a' })).id, null);
    assert.equal(queue.count, 1);
    over = true;
    await queue.flush();
    assert.equal(queue.count, 0);
    assert.equal(new Set(came.map((one) => one.key)).size, 1);
  });
}

test('a fault over one report does not hold up the others', async () => {
  const { came, ...to } = server((body) => (body.tip === 'bad' ? refused(500) : null));
  const queue = new Queue(new Store(), to);
  await queue.report({ tip: 'bad' });
  assert.ok((await queue.report({ tip: 'good' })).id);
  assert.equal(queue.count, 1);
  assert.ok(came.length >= 3);
});

test('two at a time are sent one after the other, each once', async () => {
  let under_way = 0;
  let most = 0;
  const { came, ...to } = server(async () => {
    most = Math.max(most, ++under_way);
    await Promise.resolve();
    under_way -= 1;
  });
  const queue = new Queue(new Store(), to);
  const reports = await Promise.all(['a', 'b', 'c'].map((tip) => queue.report({ tip })));
  assert.deepEqual(came.map((one) => one.body.tip), ['a', 'b', 'c']);
  assert.ok(reports.every((report) => report.id));
  assert.equal(most, 1);
});

test('what never went out is taken back here alone', async () => {
  const store = new Store();
  let blocked = true;
  const { came, gone, ...to } = server((body) => (blocked && body.tip === 'first' ? refused(503) : null));
  const queue = new Queue(store, to);
  await queue.report({ tip: 'first' });
  // Another page left one that nobody tried yet.
  const [first] = JSON.parse(/** @type {string} */ (store.getItem('stemwire.reports')));
  store.setItem('stemwire.reports', JSON.stringify([first, { key: 'left', body: { tip: 'left' } }]));
  queue.drop('left');
  blocked = false;
  await queue.flush();
  assert.ok(came.every(({ body }) => body.tip === 'first'));
  assert.deepEqual(gone, []);
});

test('one that may have arrived and is taken back is asked for under its key, and then withdrawn', async () => {
  const store = new Store();
  let lost = true;
  const { came, gone, ...to } = server(() => (lost ? new TypeError('the answer was lost') : null));
  const queue = new Queue(store, to);
  const { key } = await queue.report({ tip: 'a' });
  queue.drop(key);
  assert.equal(queue.count, 0, 'nobody waits for it any more');
  lost = false;
  await new Queue(store, to).flush(); // also by a page that is opened later
  assert.deepEqual(gone, ['o-1']);
  assert.equal(new Set(came.map((one) => one.key)).size, 1);
  await queue.flush();
  assert.deepEqual(gone, ['o-1'], 'settled once');
});

test('what is taken back and was never taken by the server is over without a word', async () => {
  let away = true;
  const { gone, ...to } = server(() => (away ? new TypeError('no route') : refused(422)));
  const queue = new Queue(new Store(), to);
  /** @type {string[]} */
  const told = [];
  queue.refusedLater = (text) => told.push(text);
  const { key } = await queue.report({ tip: 'a' });
  queue.drop(key);
  away = false;
  await queue.flush();
  assert.deepEqual([gone, told, queue.waiting], [[], [], []]);
});

test('what is on its way when it is taken back is withdrawn as soon as it has arrived, and nothing after it is lost', async () => {
  const store = new Store();
  let reached = false;
  /** @type {() => void} */
  let answer = () => {};
  const { came, gone, ...to } = server(() => (reached ? new Promise((resolve) => { answer = () => resolve(null); }) : new TypeError('no route')));
  const queue = new Queue(store, to);
  const { key } = await queue.report({ tip: 'a' });
  await queue.report({ tip: 'b' });
  reached = true;
  const sent = queue.flush();
  queue.drop(key);
  // A page that is shut now leaves word for the next.
  assert.ok(JSON.parse(/** @type {string} */ (store.getItem('stemwire.reports')))[0].withdrawn);
  for (let n = 0; n < 3; n++) {
    answer();
    await new Promise((resolve) => { setImmediate(resolve); });
  }
  await sent;
  assert.equal(gone.length, 1);
  assert.deepEqual(came.slice(-2).map((one) => one.body.tip), ['a', 'b']);
  assert.equal(queue.waiting.length, 0);
});

test('what another page has sent is not sent again, and can still be taken back here', async () => {
  const store = new Store();
  let reached = false;
  const { came, gone, ...to } = server(() => (reached ? null : new TypeError('no route')));
  const [one, other] = [new Queue(store, to), new Queue(store, to)];
  const { key } = await one.report({ tip: 'a' });
  reached = true;
  await other.flush();
  const before = came.length;
  await one.flush();
  assert.equal(came.length, before);
  one.drop(key);
  await one.flush();
  assert.equal(gone.length, 1);
});

test('two pages of one browser keep each other’s reports', async () => {
  const store = new Store();
  const [one, other] = [new Queue(store, away()), new Queue(store, away())];
  await one.report({ tip: 'a' });
  await other.report({ tip: 'b' });
  const { came, ...to } = server();
  const later = new Queue(store, to);
  await later.flush();
  assert.deepEqual(came.map((report) => report.body.tip).sort(), ['a', 'b']);
  other.server = one.server = to;
  await Promise.all([one.flush(), other.flush()]);
  assert.equal(came.length, 2);
  assert.equal(new Queue(store, to).waiting.length, 0);
});

test('a storage that refuses, is full or holds nonsense costs nothing but memory', async () => {
  const nonsense = new Store();
  nonsense.setItem('stemwire.reports', '{"half');
  const full = { getItem: () => { throw new Error('refused'); }, setItem: () => { throw new Error('full'); } };
  for (const store of [nonsense, full, null]) {
    const { came, ...to } = server();
    assert.equal((await new Queue(store, to).report({ tip: 'a' })).id, 'o-1');
    assert.equal(came.length, 1);
  }
});

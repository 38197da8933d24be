// What became of a tip: reported once, taken back wherever the report is by then.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import './dom.mjs';
import { Outcomes } from '/assets/console/actions.js';
import { ApiProblem, withdraw } from '/assets/shell/api.js';
import { Queue } from '/assets/shell/queue.js';

/** Outcomes over a server that answers when it is told to: `answers` resolves the next one. */
function desk() {
  /** @type {((answer?: unknown) => void)[]} */
  const waiting = [];
  /** @type {string[]} */
  const said = [];
  /** @type {Record<string, unknown>[]} */
  const bodies = [];
  const queue = new Queue(null, {
    send: (body) => new Promise((resolve, reject) => {
      bodies.push(body);
      waiting.push((wrong) => (wrong ? reject(wrong) : resolve({ id: `o-${said.push('sent')}` })));
    }),
    withdraw,
  });
  /** @type {string[]} */
  const gone = [];
  globalThis.fetch = /** @type {any} */ (async (/** @type {string} */ path, /** @type {any} */ asked) => { gone.push(`${asked.method} ${path}`); return new Response(null, { status: 204 }); });
  /** @type {string[]} */
  const notes = [];
  const outcomes = new Outcomes(queue, () => ({ channel: 'console' }), (note) => notes.push(note), () => {});
  return { outcomes, queue, waiting, gone, notes, bodies };
}

const refused = new ApiProblem({ type: '', title: 'No', status: 422, detail: 'Not so.', request_id: '' });

/** Lets what was begun go on. */
const tick = () => new Promise((resolve) => { setTimeout(resolve, 20); });

test('a report that is still on its way is taken back as soon as it has arrived', async () => {
  const { outcomes, waiting, gone, notes } = desk();
  const given = outcomes.give({ tip: 'a', outcome: 'told' });
  const undone = outcomes.undo();
  waiting[0]();
  await Promise.all([given, undone]);
  assert.deepEqual(gone, ['DELETE /v1/outcomes/o-1']);
  assert.ok(!outcomes.has('a', 'told'));
  assert.equal(notes.at(-1), 'Taken back.');
});

test('pressed twice, it takes back two', async () => {
  const { outcomes, waiting, gone } = desk();
  const given = [outcomes.give({ tip: 'a', outcome: 'told' }), outcomes.give({ tip: 'a', outcome: 'helped' })];
  const undone = [outcomes.undo(), outcomes.undo(), outcomes.undo()];
  waiting[0]();
  await Promise.all([...given, ...undone]);
  // The second had not gone out yet: it never does.
  assert.deepEqual([gone, waiting.length], [['DELETE /v1/outcomes/o-1'], 1]);
  assert.ok(!outcomes.any('a'));
});

test('one that may have arrived without an answer is taken back once the server is heard again', async () => {
  const { outcomes, queue, waiting, gone, notes } = desk();
  const given = outcomes.give({ tip: 'a', outcome: 'told' });
  waiting[0](new TypeError('no route'));
  await given;
  assert.equal(queue.count, 1);
  await outcomes.undo();
  assert.deepEqual([queue.count, gone.length, outcomes.any('a'), notes.at(-1)], [0, 0, false, 'Taken back.']);
  waiting[1]();
  await new Promise((resolve) => { setTimeout(resolve, 20); });
  assert.deepEqual([gone, queue.waiting.length], [['DELETE /v1/outcomes/o-1'], 0]);
});

test('another reason takes the place of the first', async () => {
  const { outcomes, waiting, gone, bodies } = desk();
  const first = outcomes.give({ tip: 'a', outcome: 'dismissed', reason: 'no_time' });
  waiting[0]();
  await first;
  const second = outcomes.give({ tip: 'a', outcome: 'dismissed', reason: 'unsafe' });
  await new Promise((resolve) => { setTimeout(resolve, 20); });
  waiting[1]();
  await second;
  assert.deepEqual(gone, ['DELETE /v1/outcomes/o-1']);
  assert.equal(bodies[1].reason, 'unsafe');
  assert.deepEqual([outcomes.has('a', 'dismissed', 'no_time'), outcomes.has('a', 'dismissed', 'unsafe')], [false, true]);
});

test('one that was refused is told, and there is nothing to take back', async () => {
  const { outcomes, waiting, gone, notes } = desk();
  const given = outcomes.give({ tip: 'a', outcome: 'told' });
  waiting[0](refused);
  await given;
  await outcomes.undo();
  assert.deepEqual([gone.length, outcomes.any('a'), notes], [0, false, ['No. Not so.']]);
});

test('one that is refused gives back what it took the place of', async () => {
  const { outcomes, waiting, notes, bodies } = desk();
  const told = outcomes.give({ tip: 'a', outcome: 'told' });
  waiting[0]();
  await told;
  const declined = outcomes.give({ tip: 'a', outcome: 'declined' });
  await tick();
  waiting[1](refused);
  await declined;
  await tick();
  waiting[2]();
  await tick();
  assert.deepEqual(bodies.map(({ outcome }) => outcome), ['told', 'declined', 'told']);
  assert.ok(outcomes.has('a', 'told') && !outcomes.has('a', 'declined'));
  assert.equal(notes.at(-1), 'No. Not so. It stands as before: told.');
});

test('what is refused after it had waited is not so either, and gives back what it took the place of', async () => {
  const { outcomes, queue, waiting, bodies } = desk();
  /** @type {string[]} */
  const later = [];
  queue.refusedLater = (told, key) => later.push(told + outcomes.refused(key));
  const told = outcomes.give({ tip: 'a', outcome: 'told' });
  waiting[0]();
  await told;
  const declined = outcomes.give({ tip: 'a', outcome: 'declined' });
  // It is tried twice: once what it takes the place of is taken back, and once for itself.
  for (const at of [1, 2]) {
    await tick();
    waiting[at](new TypeError('no route'));
  }
  await declined;
  assert.ok(outcomes.has('a', 'declined'), 'it waits');
  void queue.flush();
  await tick();
  waiting[3](refused);
  await tick();
  waiting[4]();
  await tick();
  assert.deepEqual(later, ['No. Not so. It stands as before: told.']);
  assert.deepEqual(bodies.map(({ outcome }) => outcome), ['told', 'declined', 'declined', 'declined', 'told']);
  assert.ok(outcomes.has('a', 'told') && !outcomes.any('b'));
});

test('one that is refused once the contact is over gives back what it took the place of, for whom it was', async () => {
  const { queue, waiting, bodies } = desk();
  let customer = 'anna';
  const outcomes = new Outcomes(queue, () => ({ customer }), () => {}, () => {});
  const told = outcomes.give({ tip: 'a', outcome: 'told' });
  waiting[0]();
  await told;
  const declined = outcomes.give({ tip: 'a', outcome: 'declined' });
  await tick();
  outcomes.forget();
  customer = 'ben';
  waiting[1](refused);
  await declined;
  await tick();
  waiting[2]();
  await tick();
  assert.deepEqual([bodies[2].outcome, bodies[2].customer, outcomes.any('a')], ['told', 'anna', false]);
});

test('one that is taken back on its way and then refused is over', async () => {
  const { outcomes, waiting, gone, notes } = desk();
  const given = outcomes.give({ tip: 'a', outcome: 'told' });
  const undone = outcomes.undo();
  waiting[0](refused);
  await Promise.all([given, undone]);
  assert.deepEqual([gone.length, outcomes.any('a'), notes], [0, false, ['Taken back.']]);
});

test('an outcome counts once for a tip', async () => {
  const { outcomes, waiting } = desk();
  const all = [outcomes.give({ tip: 'a', outcome: 'told' }), outcomes.give({ tip: 'a', outcome: 'told' })];
  waiting[0]();
  await Promise.all(all);
  assert.equal(waiting.length, 1);
  assert.equal(outcomes.given.length, 1);
});

test('where nobody answers, taking back waits, and is done by whichever page is open then', async () => {
  const { outcomes, queue, waiting, notes, gone } = desk();
  const given = outcomes.give({ tip: 'a', outcome: 'told' });
  waiting[0]();
  await given;
  const works = globalThis.fetch;
  globalThis.fetch = async () => { throw new TypeError('no route'); };
  await outcomes.undo();
  await queue.settled('');
  await new Promise((resolve) => { setTimeout(resolve, 5); });
  assert.deepEqual([outcomes.any('a'), notes.at(-1)], [false, 'It is taken back as soon as the server is reached.']);
  globalThis.fetch = works;
  await queue.flush();
  assert.deepEqual([gone, queue.waiting.length, waiting.length], [['DELETE /v1/outcomes/o-1'], 0, 1]);
});

test('who is named while a report is on its way has it once, whatever is pressed in between', async () => {
  const { queue, waiting, bodies, gone } = desk();
  let customer = '';
  const outcomes = new Outcomes(queue, () => ({ customer: customer || undefined }), () => {}, () => {});
  const settle = async () => { for (let at = 0; at < 8; at += 1) { waiting.forEach((answer) => answer()); await new Promise((resolve) => { setTimeout(resolve, 5); }); } };
  void outcomes.give({ tip: 'a', outcome: 'told' });
  await settle();
  customer = 'anna';
  const named = outcomes.named();
  const declined = outcomes.give({ tip: 'a', outcome: 'declined' });
  outcomes.forget(); // the next contact
  customer = 'ben';
  await settle();
  await Promise.all([named, declined]);
  const stands = bodies.filter((_, at) => !gone.includes(`DELETE /v1/outcomes/o-${at + 1}`)).map((body) => [body.outcome, body.customer]);
  assert.deepEqual(stands, [['declined', 'anna']]);
});

test('after a slip of the name reports move, once; what was said of a tip since stands', async () => {
  const { queue, waiting, bodies, gone } = desk();
  let customer = 'ana';
  const outcomes = new Outcomes(queue, () => ({ customer }), () => {}, () => {});
  const settle = async () => { for (let at = 0; at < 8; at += 1) { for (const answer of waiting.splice(0)) answer(); await new Promise((resolve) => { setTimeout(resolve, 5); }); } };
  for (const tip of ['a', 'b']) void outcomes.give({ tip, outcome: 'told' });
  await settle();
  const before = outcomes.given;
  outcomes.forget();
  customer = 'anna';
  void outcomes.give({ tip: 'b', outcome: 'declined' });
  await settle();
  const moved = outcomes.slipped(before);
  await settle();
  await moved;
  const stands = bodies.filter((_, at) => !gone.includes(`DELETE /v1/outcomes/o-${at + 1}`)).map((body) => [body.tip, body.outcome, body.customer]);
  assert.deepEqual(stands, [['b', 'declined', 'anna'], ['a', 'told', 'anna']]);
});

test('that a tip may do harm is not taken back by another reason', async () => {
  const { outcomes, waiting, gone } = desk();
  for (const reason of ['unsafe', 'already_knew']) {
    const given = outcomes.give({ tip: 'a', outcome: 'dismissed', reason });
    waiting.at(-1)?.();
    await given;
  }
  assert.deepEqual([gone, outcomes.has('a', 'dismissed', 'unsafe')], [[], true]);
});

test('undone, what took the place of another report gives it back', async () => {
  const { outcomes, waiting, gone, notes, bodies } = desk();
  const told = outcomes.give({ tip: 'a', outcome: 'told' });
  waiting[0]();
  await told;
  const declined = outcomes.give({ tip: 'a', outcome: 'declined' });
  await tick();
  waiting[1]();
  await declined;
  assert.ok(outcomes.has('a', 'declined') && !outcomes.has('a', 'told'));
  const undone = outcomes.undo();
  await tick();
  waiting[2]();
  await undone;
  assert.ok(outcomes.has('a', 'told') && !outcomes.has('a', 'declined'));
  assert.deepEqual(gone, ['DELETE /v1/outcomes/o-1', 'DELETE /v1/outcomes/o-2']);
  assert.deepEqual(bodies.map(({ outcome }) => outcome), ['told', 'declined', 'told']);
  assert.equal(notes.at(-1), 'Taken back. It stands as before: told.');
  // Once more, and there is nothing left.
  await outcomes.undo();
  assert.deepEqual([outcomes.any('a'), gone.length, notes.at(-1)], [false, 3, 'Taken back.']);
});

test('undone twice at once, a report and what it took the place of are gone; the tip is named where another is read', async () => {
  const { outcomes, waiting, notes, gone } = desk();
  outcomes.reading = () => 'b';
  for (const outcome of ['told', 'declined']) {
    const given = outcomes.give({ tip: 'a', outcome, question: 'Why?' });
    await tick();
    waiting.at(-1)?.();
    await given;
  }
  const undone = [outcomes.undo(), outcomes.undo()];
  await tick();
  waiting.at(-1)?.();
  await Promise.all(undone);
  assert.deepEqual([outcomes.any('a'), notes.at(-1), gone.length], [false, 'Taken back: told, of “Why?”.', 2]);
});

test('what outlasts a reload can be taken back, with what it took the place of', async () => {
  const { outcomes, queue, waiting } = desk();
  /** @type {import('/assets/console/actions.js').Reported[]} */
  let kept = [];
  const before = new Outcomes(queue, () => ({ channel: 'console' }), () => {}, () => {}, (reported) => { kept = JSON.parse(JSON.stringify(reported)); });
  for (const outcome of ['told', 'declined']) {
    const given = before.give({ tip: 'a', outcome });
    await tick();
    waiting.at(-1)?.();
    await given;
  }
  assert.deepEqual(kept.map(({ outcome, instead }) => [outcome, instead.map((one) => one.outcome)]), [['declined', ['told']]]);
  outcomes.restore(kept);
  assert.ok(outcomes.has('a', 'declined'));
  const undone = outcomes.undo();
  await tick();
  waiting.at(-1)?.();
  await undone;
  assert.ok(outcomes.has('a', 'told') && !outcomes.has('a', 'declined'));
});

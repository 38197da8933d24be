// The stream of what happens elsewhere: one a page, given back while nobody looks, and missed by nobody.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import './dom.mjs';
import { onLive } from '/assets/shell/live.js';

/** A stream that says what it is told to. */
class Stream {
  /** @type {Stream[]} */
  static all = [];
  /** @type {Map<string, ((event: any) => void)[]>} */
  heard = new Map();
  readyState = 1;

  constructor() {
    Stream.all.push(this);
  }

  /** @param {string} kind @param {(event: any) => void} then */
  addEventListener(kind, then) {
    this.heard.set(kind, [...(this.heard.get(kind) ?? []), then]);
  }

  /** @param {string} kind @param {unknown} [data] */
  say(kind, data = {}) {
    for (const then of this.heard.get(kind) ?? []) then({ data: JSON.stringify(data) });
  }

  close() {
    this.readyState = 2;
  }
}

/** Time that passes when the test says so. Node's own mock timers are switched on differently in Node 18 and 20. */
class Clock {
  now = 0;
  next = 0;
  /** @type {Map<number, { at: number, then: () => void }>} */
  waiting = new Map();

  enable() {
    const set = (/** @type {() => void} */ then, delay = 0) => {
      this.next += 1;
      this.waiting.set(this.next, { at: this.now + delay, then });
      return this.next;
    };
    Object.assign(globalThis, { setTimeout: set, clearTimeout: (/** @type {number} */ id) => this.waiting.delete(id) });
  }

  /** @param {number} ms */
  tick(ms) {
    const until = this.now + ms;
    for (;;) {
      const due = [...this.waiting].filter(([, { at }]) => at <= until).sort(([, a], [, b]) => a.at - b.at)[0];
      if (!due) break;
      this.waiting.delete(due[0]);
      this.now = due[1].at;
      due[1].then();
    }
    this.now = until;
  }
}

const clock = new Clock();

/** @param {'visible' | 'hidden'} state */
function turn(state) {
  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}

const opened = () => Stream.all.filter(({ readyState }) => readyState === 1);

test('one stream a page, none while nobody looks, and what was missed is told of', () => {
  clock.enable();
  Object.defineProperty(globalThis, 'EventSource', { value: Stream, configurable: true });
  Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true });
  /** @type {string[]} */
  const told = [];
  for (const kind of /** @type {const} */ (['library', 'outcome', 'reset'])) onLive(kind, (data) => { told.push(`${kind} ${JSON.stringify(data)}`); });
  assert.equal(Stream.all.length, 1);
  Stream.all[0].say('library', { changed: ['a'] });
  assert.deepEqual(told.splice(0), ['library {"changed":["a"]}']);

  turn('hidden');
  clock.tick(4000);
  turn('visible');
  clock.tick(60_000);
  assert.deepEqual([opened().length, Stream.all.length, told], [1, 1, []], 'a glance elsewhere costs nothing');

  turn('hidden');
  clock.tick(6000);
  assert.equal(opened().length, 0);
  turn('visible');
  assert.deepEqual([opened().length, told], [1, []], 'nothing is known before it is open');
  Stream.all[1].say('open');
  assert.deepEqual(told.splice(0), ['reset {}']);
  Stream.all[0].say('outcome');
  Stream.all[1].say('outcome');
  assert.deepEqual(told.splice(0), ['outcome {}'], 'the one that was given back is heard no more');
});

test('a server that refuses the stream is asked again later', () => {
  const last = opened()[0];
  last.readyState = 0;
  last.say('error');
  clock.tick(60_000);
  assert.equal(Stream.all.at(-1), last, 'a lost connection is the stream’s own affair');
  last.close();
  last.say('error');
  assert.equal(opened().length, 0);
  clock.tick(5000);
  assert.equal(opened().length, 1);
});

// What two texts that differ are shown as; and what a gap says of itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import './dom.mjs';
import { folded } from '/assets/library/conflict.js';
import { mostAfter } from '/assets/shell/gaps.js';

test('lines that are alike are counted where they are far from what differs', () => {
  const lines = (/** @type {string} */ marks) => Array.from(marks, (mark, at) => ({ text: `${at}`, only: mark === 'x' }));
  const shown = (/** @type {string} */ marks) => folded(lines(marks)).map((one) => (typeof one === 'number' ? one : Number(one.text) / 100));
  assert.deepEqual(shown('......x'), [4, 0.04, 0.05, 0.06]);
  assert.deepEqual(shown('x.....x'), [0, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06], 'one line is no more to read than that it is left out');
  assert.deepEqual(shown('.....'), [5]);
  assert.deepEqual(folded([]), []);
});

test('a gap says after what most come back with it, and what becomes of a tip for too few', () => {
  const called = (/** @type {string} */ id) => id.toUpperCase();
  assert.equal(mostAfter([{ after: 'a', n: 6, of: 10 }], called), 'most after “A”, 6 of its 10 customers');
  assert.equal(mostAfter([{ after: 'a', n: 28, of: 526 }], called), 'most after “A”, 28 of its 526 customers: too few to volunteer a tip, which would be listed with the others');
  assert.equal(mostAfter([{ after: null, n: 6, of: 10 }], called), '');
});

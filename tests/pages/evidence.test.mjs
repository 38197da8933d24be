// The numbers behind a tip as sentences: each number is what it is called.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sentences } from '/assets/library/evidence.js';
import { change, changes } from '/assets/shell/words.js';

const NOTHING = { customers: 0, returned: 0 };
/** @param {Record<string, unknown>} [more] @returns {any} */
const evidence = (more = {}) => ({
  prevents: 'flowers:pet-safety', expected: 0.5, follows: [], horizon_days: 7, outcomes: [], shown: [], flagged: false,
  experiment: { told: NOTHING, held_out: NOTHING, effect: null, needed: null, open: 0, lot: 0.1 }, ...more,
});
/** @param {Record<string, unknown>} more */
const follows = (more) => ({ after: 'buying', basis: 'issue', product: 'flowers/lilies', n: 37, of: 95, p: 0.367, low: 0.2899, high: 0.4477, ...more });
/** @param {Record<string, unknown>} more @param {RegExp} of */
const said = (more, of) => sentences(evidence(more)).filter((one) => of.test(one));

test('a share is what was counted, and an estimate is called one', () => {
  assert.deepEqual(said({ follows: [follows({})] }, /came back/), ['37 of 95 customers after buying came back about pet safety within 7 days: 39 %; estimated 37 %, between 29 % and 45 %.']);
});

test('two products with one issue are told apart', () => {
  const lines = said({ follows: [follows({}), follows({ product: 'flowers/bouquets', n: 40 }), follows({ after: 'gift' })] }, /came back/);
  assert.deepEqual(lines.map((line) => line.match(/customers (.*) came/)?.[1]), ['after buying (lilies)', 'after buying (bouquets)', 'after gift (lilies)']);
});

test('what was counted among all of a product, or among all, does not claim to follow the issue; it is told once', () => {
  const lines = said({ follows: [follows({ basis: 'product' }), follows({ after: 'gift', basis: 'product' }), follows({ basis: 'popularity', of: 900 }), follows({ after: null, basis: 'product', product: null })] }, /came back/);
  assert.deepEqual(lines.map((line) => line.match(/customers ?(.*) came/)?.[1]), ['of lilies', 'in all', '']);
});

test('how many fewer come back is a ratio, as on the pulse; without one it is a difference in points', () => {
  const arms = { told: { customers: 80, returned: 19 }, held_out: { customers: 8, returned: 5 }, needed: null, open: 0, lot: 0.1 };
  const difference = { value: -0.3875, low: -0.6, high: -0.05 };
  assert.deepEqual(said({ experiment: { ...arms, effect: { difference, ratio: { value: 0.38, low: 0.22, high: 0.83 } } } }, /may be told/),
    ['Of those who may be told, 62 % fewer came back than of those held out (17 % to 78 % fewer): 19 of 80 against 5 of 8.']);
  const none = { ...arms, held_out: { customers: 8, returned: 0 }, effect: { difference: { value: 0.2375, low: -0.1, high: 0.34 }, ratio: null } };
  assert.deepEqual(said({ experiment: none }, /may be told/), ['Of those who may be told, 23.8 points more came back than of those held out: 19 of 80 against 0 of 8; that may still be chance.']);
});

test('a change and its interval are said in the same words', () => {
  assert.deepEqual([change(0.38), change(1), change(1.25)], ['62 % fewer', '0 % fewer', '25 % more']);
  assert.equal(changes({ low: 0.22, high: 0.83 }), '17 % to 78 % fewer');
  assert.equal(changes({ low: 0.8, high: 1.3 }), '20 % fewer to 30 % more');
});

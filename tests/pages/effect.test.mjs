// What the pulse says is still missing to see whether telling helps.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missing } from '/assets/pulse/effect.js';

/** @param {number} told @param {[number, number]} held @param {any} needed */
const said = (told, [customers, returned], needed, lot = 0.1) =>
  missing({ told: { customers: told, returned: 0 }, held_out: { customers, returned }, needed, lot, open: 0, effect: null });

test('what is missing says of which group, since cases that may be told come nine times as often', () => {
  assert.equal(said(9_000, [737, 150], { told: 9_000, held_out: 1_000, missing: 263 }), 'It takes 263 more cases held out by lot to see a quarter fewer come back.');
  assert.match(said(8_999, [999, 150], { told: 9_000, held_out: 1_000, missing: 2 }), /takes 1 more case held out by lot and 1 more case that may be told to see/);
  assert.equal(said(9_000, [1_000, 150], { told: 9_000, held_out: 1_000, missing: 0 }), '');
});

test('where it is not known how many come back, it is said why', () => {
  assert.match(said(20, [3, 0], null), /^Nobody who was held out has come back/);
  assert.match(said(20, [3, 3], null), /^Everybody who was held out has come back/);
  assert.match(said(20, [0, 0], null), /^Nobody who was held out has been counted/);
  assert.match(said(20, [3, 0], null, 0), /Nobody is held out at the moment/);
});

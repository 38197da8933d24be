// When what was reported here stays the card, and when nothing may stand in place of what the server says.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import './dom.mjs';
import { ownOf, withOwn } from '/assets/console/own.js';

/** @param {string} product @param {string} issue @param {any} more @returns {any} */
const answer = (product, issue, more = {}) => ({ situation: { products: product ? [{ id: product }] : [], issues: issue ? [{ id: issue }] : [] }, silence: null, ...more });
/** @param {string} id @returns {any} */
const entry = (id) => ({ suggestion: { id, question: `${id}?` }, tag: null });
const SAID = 'a bunch of gerberas';
const WIRE = entry('wire');

/** What stands once the tip was told, where the next answer is this one. @param {any} next @param {any[]} all @param {string} text @param {any} told */
function after(next, all = [], text = `${SAID} please`, told = answer('gerbera', 'buying')) {
  const given = /** @type {any[]} */ ([{ tip: 'wire', outcome: 'told', own: ownOf(WIRE, told, SAID) }]);
  const { all: shown, card } = withOwn(all, next, text, given, [WIRE]);
  return [shown.map(({ suggestion }) => suggestion.id).join(' '), card?.suggestion.id ?? null];
}

test('what was told stays where the silence is about what would come next, or where there is none', () => {
  for (const code of ['already_told', 'unlikely', 'held_out']) assert.deepEqual(after(answer('gerbera', 'buying', { silence: { code } })), ['wire', 'wire'], code);
  assert.deepEqual(after(answer('gerbera', 'buying'), [entry('water')]), ['wire water', 'wire']);
});

test('nothing stands in place of danger, of loss, or of any word about the question itself', () => {
  for (const code of ['no_tip', 'no_situation', 'overdue', 'asked', 'one that is not known here']) assert.deepEqual(after(answer('gerbera', 'buying', { silence: { code } })), ['', null], code);
  for (const code of ['no_situation', 'already_told', 'unlikely']) assert.deepEqual(after(answer('gerbera', 'buying', { silence: { code, danger: true } })), ['', null], code);
  // What the server lists stays in the list, and is not the card.
  assert.deepEqual(after(answer('gerbera', 'buying', { silence: { code: 'no_tip' } }), [WIRE]), ['wire', null]);
});

test('of another matter it is never, whoever told them what', () => {
  for (const silence of [null, { code: 'already_told' }, { code: 'unlikely' }]) {
    assert.deepEqual(after(answer('phone', 'cracked', { silence })), ['', null]);
    assert.deepEqual(after(answer('gerbera', 'drooping', { silence })), ['', null]);
    assert.deepEqual(after(answer('', '', { silence }), [], 'the parking lot', answer('', '')), ['', null]);
  }
  assert.deepEqual(after(answer('', ''), [], 'more gerberas', answer('', '')), ['wire', 'wire']);
});

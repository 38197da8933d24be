// The inbox's logic: clocks in words, and which balloons say the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alike, words } from '/assets/balloons/alike.js';
import { became, clock, floated, teaser, until } from '/assets/balloons/clock.js';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const balloon = (more = {}) => ({ id: 'a', text: 'Roses droop', product: null, issue: null, state: 'waiting', given_at: '2026-11-18T12:00:00Z', acknowledged_at: null, decided_at: null, floats_away_at: null, reason: null, tip: null, rose_by_itself: false, givers: [], ...more });

test('the clock runs down, runs out, and stops where somebody decided', () => {
  const runs = balloon({ floats_away_at: '2026-11-20T15:00:00Z' });
  assert.equal(clock(runs, NOW), 'floats away in 3 hours');
  assert.equal(floated(runs, NOW), false);
  assert.equal(clock(balloon({ floats_away_at: '2026-11-19T12:00:00Z' }), NOW), 'floated away 1 day ago');
  assert.equal(clock(balloon(), NOW), '');
});

test('a time to come is hours, then days', () => {
  assert.equal(until('2026-11-20T12:10:00Z', NOW), '1 hour');
  assert.equal(until('2026-11-22T11:00:00Z', NOW), '47 hours');
  assert.equal(until('2026-11-24T12:00:00Z', NOW), '4 days');
  assert.equal(until('2026-11-01T12:00:00Z', NOW), '0 hours');
});

test('what became of it is told in each state', () => {
  assert.match(became(balloon(), NOW), /has waited since .*2 days ago/);
  assert.match(became(balloon({ state: 'acknowledged', acknowledged_at: '2026-11-19T12:00:00Z' }), NOW), /read it on 19 Nov/);
  assert.match(became(balloon({ state: 'declined', decided_at: '2026-11-19T12:00:00Z', reason: 'Too dear.' }), NOW), /declined.*Too dear\./);
  assert.match(became(balloon({ state: 'adopted', decided_at: '2026-11-19T12:00:00Z', tip: 'roses/water' }), NOW), /roses\/water/);
});

test('those that share most words come first, in any script, and never itself', () => {
  const one = balloon({ text: 'Customers ask how long roses stay fresh' });
  const same = balloon({ id: 'b', text: 'How long do roses stay fresh?' });
  const other = balloon({ id: 'c', text: 'Where do customers park?' });
  const ranked = alike(one, [one, other, same]);
  assert.deepEqual(ranked.map((found) => found.balloon.id), ['b', 'c']);
  assert.deepEqual(ranked[0].shared, ['long', 'roses', 'stay', 'fresh']);
  assert.deepEqual([...words('Где цветы? 切り花の水')], ['цветы', '切り花の水']);
  assert.deepEqual(alike(balloon({ text: '' }), [balloon({ id: 'd', text: '' })]).map(({ shared }) => shared), [[]]);
});

test('the same product comes before another where words say as little', () => {
  const one = balloon({ text: 'aaaa', product: 'roses' });
  const ranked = alike(one, [balloon({ id: 'b', text: 'bbbb', product: 'tulips' }), balloon({ id: 'c', text: 'cccc', product: 'roses' })]);
  assert.equal(ranked[0].balloon.id, 'c');
});

test('a long text is begun, and no letter is cut in two', () => {
  assert.equal(teaser('short'), 'short');
  assert.equal(teaser('🌼'.repeat(200)), `${'🌼'.repeat(157)}…`);
});

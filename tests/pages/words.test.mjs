// Numbers, days and ages as people read them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { age, dayName, many, percent } from '/assets/shell/words.js';

test('a count has its word', () => {
  assert.equal(many(1, 'tip'), '1 tip');
  assert.equal(many(0, 'tip'), '0 tips');
  assert.equal(many(12_345, 'report waits', 'reports wait'), '12,345 reports wait');
});

test('a share is a whole percentage', () => assert.deepEqual([0, 0.005, 0.426, 1].map(percent), ['0 %', '1 %', '43 %', '100 %']));

test('a day names its year only where that is another one', () => {
  const now = new Date('2026-06-01T12:00:00');
  assert.equal(dayName('2026-11-12', now), '12 Nov');
  assert.equal(dayName('2025-03-01', now), '1 Mar 2025');
  assert.equal(dayName(new Date('2026-01-31T23:59:00'), now), '31 Jan');
});

test('a day is the same day in every time zone', () => {
  const before = process.env.TZ;
  try {
    for (const zone of ['Pacific/Auckland', 'UTC', 'America/Los_Angeles']) {
      process.env.TZ = zone;
      assert.equal(dayName('2026-11-12', new Date('2026-06-01T12:00:00Z')), '12 Nov', zone);
    }
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
});

test('an age is told in its largest unit', () => {
  const now = Date.parse('2026-06-10T12:00:00Z');
  const told = (/** @type {string} */ at) => age(at, now);
  assert.equal(told('2026-06-10T11:59:31Z'), 'just now');
  assert.equal(told('2026-06-10T11:59:00Z'), '1 minute');
  assert.equal(told('2026-06-10T11:00:01Z'), '59 minutes');
  assert.equal(told('2026-06-10T10:00:00Z'), '2 hours');
  assert.equal(told('2026-06-09T12:00:00Z'), '1 day');
  assert.equal(told('2026-05-01T12:00:00Z'), '40 days');
  // A clock that is behind the server's makes nothing older or stranger.
  assert.equal(told('2026-06-10T12:00:30Z'), 'just now');
});

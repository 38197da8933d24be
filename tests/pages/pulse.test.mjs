// What the pulse says of shares: which differ, which nobody can tell apart, and when a verdict stands.
import './dom.mjs';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { half } from '/assets/shell/words.js';
import { missing, verdict } from '/assets/pulse/effect.js';
import { numbers } from '/assets/pulse/numbers.js';
import { difference } from '/assets/pulse/shares.js';
import { calendar, compared } from '/assets/pulse/weeks.js';

/** Wilson's interval, as the server gives it. @param {string} week @param {number} n @param {number} of */
function counted(week, n, of) {
  const [p, z] = [n / of, 1.959964];
  const [middle, far] = [p + z ** 2 / (2 * of), z * Math.sqrt((p * (1 - p)) / of + z ** 2 / (4 * of ** 2))];
  return { week: `${week}T00:00:00.000Z`, n, of, value: p, low: (middle - far) / (1 + z ** 2 / of), high: (middle + far) / (1 + z ** 2 / of) };
}

test('two shares differ beyond chance by the interval of their difference, not by whether theirs overlap', () => {
  const [first, last] = [counted('2026-10-05', 1000, 1350), counted('2026-11-16', 1000, 1420)];
  assert.ok(first.low < last.high, 'their own intervals overlap');
  const { value, low, high } = difference(first, last);
  assert.deepEqual([value, low, high].map((one) => Math.round(one * 1000) / 10), [-3.7, -7, -0.3]);
  assert.equal(compared(first, last), 'fewer than in the week of 5 Oct, 74 %');
  assert.match(compared(last, first), /^more than in the week of 16 Nov/);
});

test('weeks are much the same only where that is known', () => {
  assert.match(compared(counted('2026-10-05', 600, 1000), counted('2026-11-16', 605, 1000)), /^much the same as in the week of 5 Oct/);
  assert.match(compared(counted('2026-10-19', 2, 3), counted('2026-11-16', 1, 1)), /^too few contacts to tell it from the 67 % in the week of 19 Oct/);
});

test('a week without contacts keeps its place', () => {
  const places = calendar([counted('2026-10-19', 2, 3), counted('2026-10-26', 2, 3), counted('2026-11-09', 1, 1)]);
  assert.deepEqual(places.map(({ day, week }) => [day, week?.of ?? null]), [['19 Oct', 3], ['26 Oct', 3], ['2 Nov', null], ['9 Nov', 1]]);
  assert.deepEqual(calendar([]), []);
});

const low = { difference: { value: -0.18, low: -0.33, high: -0.07 }, ratio: { value: 0.27, low: 0.14, high: 0.54 } };
/** @param {any} more @returns {any} */
const experiment = (more) => ({ told: { customers: 300, returned: 20 }, held_out: { customers: 40, returned: 10 }, open: 0, effect: low, needed: { told: 3302, held_out: 367, missing: 3329 }, lot: 0.1, ...more });

test('a verdict waits for as many cases as the planned look takes', () => {
  assert.equal(verdict(experiment({})), null);
  assert.equal(missing(experiment({})), 'It takes 327 more cases held out by lot and 3,002 more cases that may be told to see a quarter fewer come back.');
  const enough = { told: { customers: 3302, returned: 200 }, held_out: { customers: 367, returned: 90 } };
  assert.equal(verdict(experiment(enough)), 'Telling helps');
  assert.equal(missing(experiment(enough)), '');
  assert.equal(verdict(experiment({ ...enough, effect: null })), null);
  assert.equal(verdict(experiment({ ...enough, effect: { difference: { value: 0.1, low: -0.1, high: 0.2 } } })), 'No effect is shown');
});

test('a lot that is off is measured against the same plan', () => {
  assert.equal(verdict(experiment({ lot: 0 })), null);
  assert.equal(verdict(experiment({ lot: 0, told: { customers: 5627, returned: 602 }, held_out: { customers: 615, returned: 109 } })), 'Telling helps');
});

test('what still waits is not among those of which half were answered', () => {
  assert.equal(half('acknowledged', null, 0), '');
  assert.equal(half('acknowledged', undefined, undefined), '');
  assert.equal(half('acknowledged', 16.7, undefined), 'Half of those acknowledged: within 16.7 hours');
  assert.equal(half('decided about', 50, 3), 'Half of the 3 decided about: within 50 hours');
  assert.equal(half('acknowledged', 0, 1), 'The one acknowledged: within an hour');
});

test('a known zero is a number, few promises are counted, and late ones are said', () => {
  /** @type {any} */
  const pulse = {
    horizon_days: 7, right_first_time: { overall: null, needed: 97, open: 0, by: [], weeks: [] },
    promises: { kept: 1, broken: 1, overdue: 0, late: 1, share: { n: 1, of: 2, value: 0.5, low: 0.09, high: 0.91 } },
    balloons: { waiting: 11, acknowledged: 1, adopted: 0, declined: 0, oldest_waiting_at: null, median_hours_to_acknowledgement: 0, median_of_acknowledgement: 1, median_hours_to_decision: null },
    tips: { volunteered: 1, silent: 0, outcomes: {}, by: [] }, experiment: experiment({}), causes: {},
  };
  const said = numbers(pulse, 7).map((one) => one.textContent);
  assert.match(said[1], /^Promises kept1 of 2.*1 of them late\./);
  assert.match(said[2], /^Tips told0/);
  assert.match(said[3], /^Does telling help\?Too early to saySo far, 73 % fewer come back/);
  assert.match(said[4], /7 floated away undecided\..*The one acknowledged: within an hour\./);
  assert.match(numbers({ ...pulse, tips: { ...pulse.tips, volunteered: 0 }, promises: { ...pulse.promises, late: undefined } }).map((one) => one.textContent)[2], /^Tips toldNot enough data yet/);
});

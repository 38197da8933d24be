// Right first time, week by week: a line in the band of its intervals.
import { svg } from '/assets/shell/dom.js';
import { dayName, many, percent } from '/assets/shell/words.js';
import { chart, noChart } from '/assets/pulse/chart.js';
import { difference } from '/assets/pulse/shares.js';

/** @typedef {import('/assets/pulse/types.js').Week} Week */
/** @typedef {{ day: string, at: number, week: Week | null }} Place a week of the calendar; `week` is null where nothing is counted in it */

const [HIGH, LEFT, RIGHT, TOP, BOTTOM] = [220, 44, 52, 12, 28];
/** Room for `31 Aug` and some air. */
const LABEL = 76;
const [WEEK_DAYS, DAY_MS] = [7, 86_400_000];
/** A difference is known from here on, as a share is (`needed` in docs/pulse.md): to ten points either way. */
const KNOWN = 0.1;

/** A week is named by its Monday, the same in every time zone. @param {string} week */
const named = (week) => dayName(week.slice(0, 10));

/** The weeks of the calendar from the first to the last, those without contacts among them. @param {Week[]} weeks @returns {Place[]} */
export function calendar(weeks) {
  const starts = weeks.map(({ week }) => Date.parse(week));
  const [first, last] = [Math.min(...starts), Math.max(...starts)];
  const so = Math.round((last - first) / (WEEK_DAYS * DAY_MS)) + 1;
  return Array.from({ length: weeks.length ? so : 0 }, (_, at) => {
    const start = first + at * WEEK_DAYS * DAY_MS;
    return { day: named(new Date(start).toISOString()), at, week: weeks[starts.indexOf(start)] ?? null };
  });
}

/** Places that follow each other without a gap. @param {Place[]} places @returns {Place[][]} */
function runs(places) {
  /** @type {Place[][]} */
  const all = [[]];
  for (const place of places) {
    if (place.week) all.at(-1)?.push(place);
    else if (all.at(-1)?.length) all.push([]);
  }
  return all.filter((run) => run.length);
}

/** How the last week stands to the first: beyond chance, alike, or nobody can tell. @param {Week} first @param {Week} last */
export function compared(first, last) {
  const { low, high } = difference(first, last);
  const than = `in the week of ${named(first.week)}, ${percent(first.value)}`;
  if (low > 0) return `more than ${than}`;
  if (high < 0) return `fewer than ${than}`;
  return low >= -KNOWN && high <= KNOWN ? `much the same as ${than}` : `too few contacts to tell it from the ${percent(first.value)} in the week of ${named(first.week)}`;
}

/**
 * The line of the weeks whose contacts all count by now: the youngest of a week would be few, and jump.
 * @param {Week[]} weeks
 * @param {number} days
 * @param {string} until
 * @param {number} [needed] contacts that are missing until the share of them all is shown
 */
export function weeksChart(weeks, days, until, needed = 0) {
  const title = 'Right first time, week by week';
  if (weeks.length < 2) return noChart(title, 'Not enough data yet: a line needs two whole weeks of contacts.');
  const over = weeks.filter(({ week }) => Date.parse(week) + (WEEK_DAYS + days) * DAY_MS <= Date.parse(until));
  const shown = over.length < 2 ? weeks : over;
  const [first, last] = [shown[0], shown.at(-1)];
  if (!first || !last) return noChart(title, '');
  return chart({
    title,
    says: needed ? `Not enough data yet to compare weeks: ${many(needed, 'more contact')} needed.` : `In the week of ${named(last.week)}, ${percent(last.value)} did not have to come back (${percent(last.low)} to ${percent(last.high)}): ${compared(first, last)}.`,
    draw: (width) => [draw(calendar(shown), shown, width)],
    table: {
      caption: 'Contacts that were right first time, by week',
      head: ['Week of', 'Right first time', '95 % interval', 'Contacts'], numbers: 3,
      rows: calendar(weeks).map(({ day, week }) => (week ? [day, percent(week.value), `${percent(week.low)} to ${percent(week.high)}`, week.of.toLocaleString('en')] : [day, 'no contact', '', '0'])),
    },
    counted: `A contact was right first time when that customer had no further contact, about anything, within ${days} days. Contacts younger than that are not counted yet; the line ends with the last week of which none is that young, and is broken where a week has no contacts. The band is Wilson’s 95 % interval. Two weeks are called different where Newcombe’s 95 % interval of their difference leaves out 0, and much the same where it stays within ten points.`,
  });
}

/** @param {Place[]} places @param {Week[]} weeks those of them that have contacts @param {number} width */
function draw(places, weeks, width) {
  const step = 0.1;
  const least = Math.max(0, Math.floor(Math.min(...weeks.map(({ low }) => low)) / step) * step);
  const most = Math.min(1, Math.ceil(Math.max(...weeks.map(({ high }) => high)) / step) * step);
  const x = (/** @type {number} */ at) => LEFT + (at / (places.length - 1)) * (width - LEFT - RIGHT);
  const y = (/** @type {number} */ share) => TOP + ((most - share) / (most - least || 1)) * (HIGH - TOP - BOTTOM);
  const lines = [];
  for (let share = least; share <= most + 1e-9; share += step) lines.push(share);
  const every = Math.ceil((places.length * LABEL) / (width - LEFT - RIGHT + LABEL));
  const there = runs(places);
  const along = (/** @type {Place[]} */ run, /** @type {'value' | 'low' | 'high'} */ what) => run.map(({ at, week }) => `${x(at)},${y(week?.[what] ?? 0)}`);
  const last = weeks.at(-1)?.value ?? 0;
  return svg('svg', { width, height: HIGH, viewBox: `0 0 ${width} ${HIGH}` },
    lines.flatMap((share) => [
      svg('line', { x1: LEFT, x2: width - RIGHT, y1: y(share), y2: y(share), class: 'grid' }),
      svg('text', { x: LEFT - 8, y: y(share) + 4, 'text-anchor': 'end', class: 'axis' }, percent(share)),
    ]),
    there.flatMap((run) => (run.length > 1 ? [
      svg('polygon', { points: [...along(run, 'high'), ...along(run, 'low').reverse()].join(' '), class: 'band' }),
      svg('polyline', { points: along(run, 'value').join(' '), class: 'line' }),
    ] : run.map(({ at, week }) => svg('line', { x1: x(at), x2: x(at), y1: y(week?.low ?? 0), y2: y(week?.high ?? 0), class: 'whisker' })))),
    there.flat().map(({ at, week }) => svg('circle', { cx: x(at), cy: y(week?.value ?? 0), r: 3.5, class: 'dot' })),
    svg('text', { x: x(places.length - 1) + 8, y: y(last) + 4 }, percent(last)),
    places.map(({ at, day }) => at % every === 0 && svg('text', { x: x(at), y: HIGH - 8, 'text-anchor': 'middle', class: 'axis' }, day)));
}

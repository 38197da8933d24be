// Right first time, week by week: a line in the band of its intervals.
import { svg } from '/assets/shell/dom.js';
import { dayName, percent } from '/assets/shell/words.js';
import { chart, noChart } from '/assets/pulse/chart.js';

/** @typedef {import('/assets/pulse/types.js').Week} Week */

const [HIGH, LEFT, RIGHT, TOP, BOTTOM] = [220, 44, 52, 12, 28];
/** Room for `31 Aug` and some air. */
const LABEL = 76;
const [WEEK_DAYS, DAY_MS] = [7, 86_400_000];

/**
 * The line of the weeks whose contacts all count by now: the youngest of a week would be few, and jump.
 * @param {Week[]} weeks
 * @param {number} days
 * @param {string} until
 */
export function weeksChart(weeks, days, until) {
  const title = 'Right first time, week by week';
  if (weeks.length < 2) return noChart(title, 'Not enough data yet: a line needs two whole weeks of contacts.');
  const over = weeks.filter(({ week }) => Date.parse(week) + (WEEK_DAYS + days) * DAY_MS <= Date.parse(until));
  const shown = over.length < 2 ? weeks : over;
  const [first, last] = [shown[0], shown.at(-1)];
  if (!first || !last) return noChart(title, '');
  const apart = first.low > last.high ? 'fewer than' : first.high < last.low ? 'more than' : 'much the same as';
  return chart({
    title,
    says: `In the week of ${dayName(last.week)}, ${percent(last.value)} did not have to come back (${percent(last.low)} to ${percent(last.high)}): ${apart} in the week of ${dayName(first.week)}, ${percent(first.value)}.`,
    draw: (width) => [draw(shown, width)],
    table: {
      caption: 'Contacts that were right first time, by week',
      head: ['Week of', 'Right first time', '95 % interval', 'Contacts'], numbers: 3,
      rows: weeks.map((week) => [dayName(week.week), percent(week.value), `${percent(week.low)} to ${percent(week.high)}`, week.of.toLocaleString('en')]),
    },
    counted: `A contact was right first time when that customer had no further contact, about anything, within ${days} days. Contacts younger than that are not counted yet; the line ends with the last week of which none is that young. The band is Wilson’s 95 % interval.`,
  });
}

/** @param {Week[]} weeks @param {number} width */
function draw(weeks, width) {
  const step = 0.1;
  const least = Math.max(0, Math.floor(Math.min(...weeks.map(({ low }) => low)) / step) * step);
  const most = Math.min(1, Math.ceil(Math.max(...weeks.map(({ high }) => high)) / step) * step);
  const x = (/** @type {number} */ at) => LEFT + (at / (weeks.length - 1)) * (width - LEFT - RIGHT);
  const y = (/** @type {number} */ share) => TOP + ((most - share) / (most - least || 1)) * (HIGH - TOP - BOTTOM);
  const lines = [];
  for (let share = least; share <= most + 1e-9; share += step) lines.push(share);
  const every = Math.ceil((weeks.length * LABEL) / (width - LEFT - RIGHT + LABEL));
  const along = (/** @type {'value' | 'low' | 'high'} */ what) => weeks.map((week, at) => `${x(at)},${y(week[what])}`);
  const end = weeks.length - 1;
  return svg('svg', { width, height: HIGH, viewBox: `0 0 ${width} ${HIGH}` },
    lines.flatMap((share) => [
      svg('line', { x1: LEFT, x2: width - RIGHT, y1: y(share), y2: y(share), class: 'grid' }),
      svg('text', { x: LEFT - 8, y: y(share) + 4, 'text-anchor': 'end', class: 'axis' }, percent(share)),
    ]),
    svg('polygon', { points: [...along('high'), ...along('low').reverse()].join(' '), class: 'band' }),
    svg('polyline', { points: along('value').join(' '), class: 'line' }),
    weeks.map((week, at) => svg('circle', { cx: x(at), cy: y(week.value), r: 3.5, class: 'dot' })),
    svg('text', { x: x(end) + 8, y: y(weeks[end]?.value ?? 0) + 4 }, percent(weeks[end]?.value ?? 0)),
    weeks.map((week, at) => at % every === 0 && svg('text', { x: x(at), y: HIGH - 8, 'text-anchor': 'middle', class: 'axis' }, dayName(week.week))));
}

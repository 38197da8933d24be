// What the experiment says: how much less the told come back than the held-out, with its interval, against no effect.
import { svg } from '/assets/shell/dom.js';
import { many, percent, points as apart } from '/assets/shell/words.js';
import { chart, noChart } from '/assets/pulse/chart.js';

/** @typedef {import('/assets/pulse/types.js').Experiment} Experiment */

const [HIGH, MIDDLE] = [104, 44];

/** What stands in the place of a verdict before there are as many cases as one takes. */
export const EARLY = 'Too early to say';

/** A difference of shares in points. @param {number} share */
const points = (share) => `${share > 0 ? '+' : share < 0 ? '−' : ''}${Math.abs(share * 100).toFixed(1)}`;

/** What is missing until it is looked at; empty where nothing is. @param {Experiment} experiment */
export function missing({ told, held_out: held, needed, lot }) {
  if (!lot) return 'Nobody is held out at the moment, so nothing more can be seen.';
  if (!needed) return `${held.returned ? 'Everybody' : 'Nobody'} who was held out has ${held.customers ? 'come back' : 'been counted'}.`;
  const [toldLack, heldLack] = [needed.told - told.customers, needed.held_out - held.customers];
  const more = (/** @type {number} */ lack, /** @type {string} */ who) => (lack > 0 ? `${many(lack, 'more case')} ${who}` : '');
  const lacks = [more(heldLack, 'held out by lot'), more(toldLack, 'that may be told')].filter(Boolean);
  return lacks.length ? `It takes ${lacks.join(' and ')} to see a quarter fewer come back.` : '';
}

/** Whether as many cases are counted as the one look takes that was planned. @param {Experiment} experiment */
function enough({ told, held_out: held, needed }) {
  return needed !== null && told.customers >= needed.told && held.customers >= needed.held_out;
}

/** What the numbers say, once there are enough; null before. @param {Experiment} experiment */
export function verdict(experiment) {
  const { effect } = experiment;
  if (!effect || !enough(experiment)) return null;
  const { low, high } = effect.difference;
  return high < 0 ? 'Telling helps' : low > 0 ? 'Telling does harm' : 'No effect is shown';
}

/** @param {Experiment} experiment @param {number} days */
export function effectChart(experiment, days) {
  const title = 'Does telling help?';
  const { effect, told, held_out: held, lot } = experiment;
  if (!effect) return noChart(title, lot ? `Not enough data yet. ${missing(experiment)} ${percent(lot)} of the customers are held out of each tip by lot; so far ${many(held.customers, 'case')}.` : missing(experiment));
  const { difference: d } = effect;
  const said = verdict(experiment);
  return chart({
    title,
    says: `${said ? `${said}: within` : `${EARLY}: so far, within`} ${days} days, ${apart(d.value)} came back about what the tip prevents than of those held out by lot (${points(d.low)} to ${points(d.high)}). ${missing(experiment)}`,
    draw: (width) => [draw(d, width)],
    table: {
      caption: `Cases, a customer and a tip each, and how many came back within ${days} days`,
      head: ['By lot', 'Cases', 'Came back', 'Share'], numbers: 3,
      rows: [['told', told], ['held out', held]].map(([name, arm]) => {
        const { customers, returned } = /** @type {import('/assets/pulse/types.js').Arm} */ (arm);
        return [String(name), customers.toLocaleString('en'), returned.toLocaleString('en'), customers ? `${((returned / customers) * 100).toFixed(1)} %` : 'none yet'];
      }),
    },
    counted: 'A case is a customer and a tip: whom several tips are for is several cases. Everybody counts in the group that the lot put them into, whatever was said. Each tip is compared with its own held-out customers, and the differences are weighed together (Mantel and Haenszel), so they are not just the difference of the two rows. This page is looked at daily, and whoever looks daily sees an effect by chance far more often than in 5 of 100 where there is none: the 5 % hold for one look that was planned. So nothing is called shown before as many cases are counted as that look takes, and it is that first look which counts.',
  });
}

/** @param {import('/assets/pulse/types.js').Interval} d @param {number} width */
function draw(d, width) {
  const far = Math.max(Math.abs(d.low), Math.abs(d.high), 0.01) * 1.25;
  const x = (/** @type {number} */ share) => 8 + ((share + far) / (2 * far)) * (width - 16);
  const ends = /** @type {const} */ ([[d.low, 'end', -6], [d.high, 'start', 6]]);
  return svg('svg', { width, height: HIGH, viewBox: `0 0 ${width} ${HIGH}` },
    svg('line', { x1: x(0), x2: x(0), y1: 22, y2: HIGH - 26, class: 'zero' }),
    svg('text', { x: x(0), y: 14, 'text-anchor': 'middle', class: 'axis' }, 'no effect'),
    svg('line', { x1: x(d.low), x2: x(d.high), y1: MIDDLE, y2: MIDDLE, class: 'whisker' }),
    ends.map(([share]) => svg('line', { x1: x(share), x2: x(share), y1: MIDDLE - 8, y2: MIDDLE + 8, class: 'whisker' })),
    svg('circle', { cx: x(d.value), cy: MIDDLE, r: 6, class: 'dot' }),
    svg('text', { x: x(d.value), y: MIDDLE + 28, 'text-anchor': 'middle' }, `${points(d.value)} points`),
    svg('text', { x: 8, y: HIGH - 6, class: 'axis' }, '← fewer come back'),
    svg('text', { x: width - 8, y: HIGH - 6, 'text-anchor': 'end', class: 'axis' }, 'more →'));
}

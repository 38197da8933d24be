// The charts that count: outcomes of tips, causes of coming back, ages of balloons.
import { el } from '/assets/shell/dom.js';
import { many, percent } from '/assets/shell/words.js';
import { bars, legend } from '/assets/pulse/bars.js';
import { chart, noChart } from '/assets/pulse/chart.js';

/** @typedef {import('/assets/pulse/types.js').OfTip} OfTip */
/** @typedef {import('/assets/pulse/types.js').Outcomes} Outcomes */
/** @typedef {import('/assets/pulse/types.js').Balloon} Balloon */

/** Outcomes as they are drawn: what is said, handed or sent is one thing to a customer. @type {[string, (of: Outcomes) => number][]} */
const SERIES = [
  ['told', (of) => (of.told ?? 0) + (of.given ?? 0) + (of.sent ?? 0)],
  ['helped', (of) => of.helped ?? 0],
  ['declined', (of) => of.declined ?? 0],
  ['dismissed', (of) => of.dismissed ?? 0],
];

/** @param {OfTip[]} tips */
export function outcomesChart(tips) {
  const title = 'What became of the tips';
  const [first] = tips;
  if (!first) return noChart(title, 'No outcome has been reported yet: T on a card reports that it was told.');
  const name = (/** @type {OfTip} */ one) => one.question ?? `${one.tip} (no longer there)`;
  const parts = (/** @type {OfTip} */ one) => SERIES.map(([, count]) => count(one.outcomes));
  const all = (/** @type {OfTip} */ one) => parts(one).reduce((sum, part) => sum + part, 0);
  return chart({
    title,
    says: `Most was reported about “${name(first)}”: ${SERIES.map(([what, count]) => `${count(first.outcomes).toLocaleString('en')} ${what}`).join(', ')}.`,
    above: [legend(SERIES.map(([what]) => what))],
    draw: (width) => [bars(tips.map((one) => ({ label: name(one), note: all(one).toLocaleString('en'), parts: parts(one) })), width)],
    table: {
      caption: 'Outcomes by tip, most first', head: ['Tip', ...SERIES.map(([what]) => what)], numbers: SERIES.length,
      rows: tips.map((one) => [el('a', { href: `/library?${new URLSearchParams({ tip: one.tip })}` }, name(one)), ...parts(one).map((part) => part.toLocaleString('en'))]),
    },
    counted: 'Each report counts once, in the last quarter of a year. Told takes in what was given into a hand and what was sent.',
  });
}

/** So many at most could have been spared: some come to buy again, or to say thanks. @type {[string, string][]} */
const CAUSES = [
  ['no_tip', 'No tip is written that prevents it'],
  ['not_asked', 'Nobody asked stemwire'],
  ['not_understood', 'Asked, and the tip did not come up'],
  ['gated', 'It came up, and a gate kept it back'],
  ['held_out', 'The lot held it out'],
  ['not_told', 'Shown, and not told'],
  ['failed', 'Told, and they came back all the same'],
];

/** @param {Record<string, number>} causes @param {number} days @param {boolean} [contacts] whether any contact is known */
export function causesChart(causes, days, contacts = true) {
  const title = 'Why they came back';
  const whole = causes.whole ?? 0;
  if (!contacts) return noChart(title, 'No contacts are known yet.');
  if (!whole) return noChart(title, `Nobody has come back about something else within ${days} days.`);
  const rows = CAUSES.map(([key, name]) => ({ name, count: causes[key] ?? 0 })).sort((a, b) => b.count - a.count);
  const [most] = rows;
  return chart({
    title,
    says: `${many(whole, 'contact')} came back about something else: so many at most could have been saved. The commonest cause: ${most?.name.toLowerCase()}, ${percent((most?.count ?? 0) / whole)}.`,
    draw: (width) => [bars(rows.map(({ name, count }) => ({ label: name, note: percent(count / whole), parts: [count] })), width)],
    table: {
      caption: 'Contacts that came back, each put down to one cause', head: ['Cause', 'Contacts', 'Share'], numbers: 2,
      rows: [...rows.map(({ name, count }) => [name, count.toLocaleString('en'), percent(count / whole)]), ['All', whole.toLocaleString('en'), '100 %']],
    },
    counted: 'All that was said in between decides: that it was told first, then that it was held out, shown, or kept back. Those who come back about the same issue are left out: that was not solved, and no tip could have told them. Those who come back to buy, for a gift or to praise are among them, though nobody has to save them.',
  });
}

/** Ages by which balloons are grouped, in hours. @type {[string, number][]} */
const AGES = [['less than a day', 24], ['one to two days', 48], ['two days to a week', 168], ['one to four weeks', 672], ['longer', Infinity]];

/** Those that have floated away. @param {Balloon[]} balloons those that nobody has decided about */
export const floated = (balloons) => balloons.filter(({ floats_away_at: at }) => at && Date.parse(at) <= Date.now()).length;

/** @param {Balloon[]} balloons those that nobody has decided about */
export function agesChart(balloons) {
  const title = 'How long balloons stay undecided';
  if (!balloons.length) return noChart(title, 'None is undecided.');
  const hours = balloons.map(({ given_at: at }) => (Date.now() - Date.parse(at)) / 3_600_000);
  const count = (/** @type {number} */ at) => hours.filter((one) => one < (AGES[at]?.[1] ?? 0) && one >= (AGES[at - 1]?.[1] ?? 0)).length;
  const rows = AGES.map(([name], at) => ({ name, count: count(at) }));
  const seen = balloons.filter(({ state }) => state === 'acknowledged').length;
  const late = floated(balloons);
  return chart({
    title,
    says: `${many(balloons.length, 'balloon')} ${balloons.length === 1 ? 'is' : 'are'} undecided: ${many(balloons.length - seen, 'waits', 'wait')} and ${seen} ${seen === 1 ? 'is' : 'are'} acknowledged. ${late ? `${late} of them ${late === 1 ? 'has' : 'have'} floated away` : 'None of them has floated away'}.`,
    draw: (width) => [bars(rows.map(({ name, count: n }) => ({ label: name, note: String(n), parts: [n] })), width)],
    table: { caption: 'Balloons without a decision, by age', head: ['Age', 'Balloons'], numbers: 1, rows: rows.map(({ name, count: n }) => [name, String(n)]) },
    counted: 'From when a balloon was let go until now, nights and Sundays too. One has floated away that stayed undecided beyond the hours that your operator has set, counted on Mondays to Fridays in UTC, as in the inbox. Waiting and acknowledged ones count, decided ones do not: nobody has read those that wait.',
  });
}

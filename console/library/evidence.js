// The numbers behind a tip as sentences.
import { change, changes, many, percent, points } from '/assets/shell/words.js';

/** @typedef {import('/assets/library/types.js').Evidence} Evidence */
/** @typedef {import('/assets/library/types.js').Follows} Follows */

/** @type {Record<string, string>} */
const BECAME = { told: 'told', given: 'handed over', sent: 'sent', helped: 'said to have helped', declined: 'declined', dismissed: 'dismissed by the agent' };

/** @param {Evidence} evidence @returns {string[]} */
export function sentences({ prevents, expected, follows, horizon_days: days, outcomes, shown, experiment }) {
  const said = [];
  const volunteered = sum(shown.filter((one) => one.silence === null).map((one) => one.times));
  said.push(volunteered ? `Volunteered ${many(volunteered, 'time')}.` : 'Never volunteered yet.');
  const became = Object.entries(BECAME).map(([outcome, word]) => [word, sum(outcomes.filter((one) => one.outcome === outcome).map((one) => one.times))]).filter(([, times]) => times);
  said.push(became.length ? `${became.map(([word, times], at) => `${at ? '' : 'It was '}${word} ${many(Number(times), 'time')}`).join(', ')}.` : 'Nobody has told it yet.');
  const counted = follows.filter(({ of }) => of > 0);
  if (prevents) said.push(...followed(counted, named(prevents), days));
  if (prevents && !counted.length) said.push(`How often ${named(prevents)} follows is not known yet; the editor’s guess is ${percent(expected)}.`);
  if (experiment.effect) said.push(helped(experiment, experiment.effect));
  else if (prevents && !experiment.lot) said.push(`Nobody is held out of it${experiment.open || experiment.held_out.customers ? ' any more' : ''}, so whether it saves contacts cannot be seen.`);
  else if (prevents) said.push('Whether it saves contacts: not enough data yet.');
  return said;
}

/** The last part of an id, as words. @param {string} id */
const named = (id) => (id.split(/[:/]/).pop() ?? id).replaceAll('-', ' ');

/**
 * How often it followed. What was counted and what is estimated are two numbers: few cases are drawn towards those around.
 * @param {Follows[]} follows
 * @param {string} name
 * @param {number} days
 */
function followed(follows, name, days) {
  const alike = new Set(follows.map(({ after }) => after)).size < follows.length;
  const lines = follows.map((one) => `${one.n.toLocaleString('en')} of ${many(one.of, 'customer')}${among(one, alike)} came back about ${name} within ${many(days, 'day')}: ${percent(one.n / one.of)}; estimated ${percent(one.p)}, between ${percent(one.low)} and ${percent(one.high)}.`);
  // Several situations that were not counted are counted as one.
  return [...new Set(lines)];
}

/** Whom it was counted among: where too few had the issue, all of the product, or all. @param {Follows} follows @param {boolean} alike whether an issue stands with several products */
function among({ after, basis, product }, alike) {
  if (basis === 'popularity') return ' in all';
  if (basis === 'product' || !after) return product ? ` of ${named(product)}` : '';
  return ` after ${named(after)}${alike && product ? ` (${named(product)})` : ''}`;
}

/** @param {Evidence['experiment']} experiment @param {NonNullable<Evidence['experiment']['effect']>} effect */
function helped({ told, held_out: held }, { difference, ratio }) {
  const sure = difference.high < 0 || difference.low > 0;
  const share = (/** @type {import('/assets/library/types.js').Arm} */ { returned, customers }) => `${returned.toLocaleString('en')} of ${customers.toLocaleString('en')}`;
  const fewer = ratio ? `${change(ratio.value)} came back than of those held out (${changes(ratio)})` : `${points(difference.value)} came back than of those held out`;
  return `Of those who may be told, ${fewer}: ${share(told)} against ${share(held)}${sure ? '' : '; that may still be chance'}.`;
}

/** @param {number[]} numbers */
const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);

// The numbers behind a tip as sentences.
import { many, percent } from '/assets/shell/words.js';

/** @typedef {import('/assets/library/types.js').Evidence} Evidence */

/** @type {Record<string, string>} */
const BECAME = { told: 'told', given: 'handed over', sent: 'sent', helped: 'said to have helped', declined: 'declined', dismissed: 'dismissed by the agent' };

/** @param {Evidence} evidence @returns {string[]} */
export function sentences({ prevents, expected, follows, horizon_days: days, outcomes, shown, experiment }) {
  const said = [];
  const volunteered = sum(shown.filter((one) => one.silence === null).map((one) => one.times));
  said.push(volunteered ? `Volunteered ${many(volunteered, 'time')}.` : 'Never volunteered yet.');
  const became = Object.entries(BECAME).map(([outcome, word]) => [word, sum(outcomes.filter((one) => one.outcome === outcome).map((one) => one.times))]).filter(([, times]) => times);
  said.push(became.length ? `${became.map(([word, times], at) => `${at ? '' : 'It was '}${word} ${many(Number(times), 'time')}`).join(', ')}.` : 'Nobody has told it yet.');
  const name = prevents?.split(':').pop();
  for (const one of follows.filter(({ of }) => of > 0)) {
    said.push(`${one.n.toLocaleString('en')} of ${many(one.of, 'customer')}${one.after ? ` after ${one.after.split(':').pop()}` : ''} came back about ${name} within ${many(days, 'day')}: ${percent(one.p)}, likely ${percent(one.low)} to ${percent(one.high)}.`);
  }
  if (prevents && !follows.some(({ of }) => of > 0)) said.push(`How often ${name} follows is not known yet; the editor’s guess is ${percent(expected)}.`);
  if (experiment.effect) {
    const { value, low, high } = experiment.effect.difference;
    const sure = high !== null && (high < 0 || low > 0);
    said.push(`Of those who may be told, ${percent(Math.abs(value))} ${value <= 0 ? 'fewer' : 'more'} came back than of those held out${sure ? '' : '; that may still be chance'}.`);
  } else if (prevents && !experiment.lot) said.push(`Nobody is held out of it${experiment.open || experiment.held_out.customers ? ' any more' : ''}, so whether it saves contacts cannot be seen.`);
  else if (prevents) said.push('Whether it saves contacts: not enough data yet.');
  return said;
}

/** @param {number[]} numbers */
const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);

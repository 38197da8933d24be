// The few numbers: each with its interval and what it was counted from, or with what is missing for it.
import { el } from '/assets/shell/dom.js';
import { age, change, changes, many, percent } from '/assets/shell/words.js';
import { missing, verdict } from '/assets/pulse/effect.js';

/** @typedef {import('/assets/pulse/types.js').Pulse} Pulse */
/** @typedef {import('/assets/pulse/types.js').Share} Share */

/** @param {Share} share @param {string} one */
const behind = (share, one) => `${percent(share.low)} to ${percent(share.high)}, of ${many(share.of, one)}`;

/** @param {string} title @param {string | null} value null where there is none yet @param {string[]} notes */
function figure(title, value, notes) {
  return el('div', { class: 'card' }, el('h2', {}, title), el('p', { class: value === null ? 'value wanting' : 'value' }, value ?? 'Not enough data yet'),
    notes.filter(Boolean).map((note) => el('p', { class: 'note' }, note)));
}

/** @param {Pulse} pulse */
export function numbers({ right_first_time: right, promises, balloons, tips, experiment, horizon_days: days }) {
  const { overall, needed, open } = right;
  const more = needed ? `${many(needed, 'more contact')} needed for a share that is known to ten points.` : '';
  const { told: said = 0, given = 0, sent = 0, helped = 0, declined = 0 } = tips.outcomes;
  const told = said + given + sent;
  const answers = tips.volunteered + tips.silent;
  const { effect, told: arm, held_out: held } = experiment;
  const hours = (/** @type {number | null} */ time, /** @type {string} */ what) => (time === null ? '' : `Half are ${what} within ${many(time, 'hour')}.`);
  return [
    figure('Right first time', overall && !needed ? percent(overall.value) : null, [overall ? behind(overall, 'contact') : `No contact is ${days} days old yet.`, more, open ? `${many(open, 'contact')} too young to count.` : '']),
    figure('Promises kept', promises.share ? percent(promises.share.value) : null, promises.share ? [behind(promises.share, 'promise'), `${promises.broken} broken, ${promises.overdue} overdue.`] : ['No promise has fallen due.']),
    figure('Tips told', told ? told.toLocaleString('en') : null, answers ? [`${(given + sent).toLocaleString('en')} of them given or sent.`, `${many(tips.volunteered, 'tip')} volunteered, ${many(tips.silent, 'answer')} silent.`, `Said to have helped ${many(helped, 'time')}, declined ${many(declined, 'time')}.`] : ['Nobody has asked yet.']),
    figure('Does telling help?', effect ? verdict(experiment) : null, [effect?.ratio ? `${change(effect.ratio.value)} come back (${changes(effect.ratio)}).` : '', `By lot, ${many(arm.customers, 'customer')} could be told, ${held.customers.toLocaleString('en')} ${held.customers === 1 ? 'was' : 'were'} held out.`, missing(experiment)]),
    figure('Balloons waiting', String(balloons.waiting), [balloons.oldest_waiting_at ? `Read by nobody yet, the oldest for ${age(balloons.oldest_waiting_at)}.` : 'All have been read.', balloons.acknowledged ? `${balloons.acknowledged.toLocaleString('en')} more ${balloons.acknowledged === 1 ? 'is' : 'are'} acknowledged and undecided.` : '', hours(balloons.median_hours_to_acknowledgement, 'acknowledged'), hours(balloons.median_hours_to_decision, 'decided about')]),
  ];
}

// The few numbers: each with its interval and what it was counted from, or with what is missing for it.
import { el } from '/assets/shell/dom.js';
import { age, change, changes, half, many, percent } from '/assets/shell/words.js';
import { EARLY, missing, verdict } from '/assets/pulse/effect.js';

/** @typedef {import('/assets/pulse/types.js').Pulse} Pulse */
/** @typedef {import('/assets/pulse/types.js').Share} Share */

/** @param {Share} share @param {string} one */
const behind = (share, one) => `${percent(share.low)} to ${percent(share.high)}, of ${many(share.of, one)}`;

/** Below so many a per cent is less than one of them: the share is said in numbers. */
const PER_CENT = 100;

/** @param {Share} share */
const counted = (share) => (share.of < PER_CENT ? `${share.n} of ${share.of}` : percent(share.value));

/** @param {string} title @param {string | null} value null where there is none yet @param {string[]} notes @param {string} [wanting] what stands in its place */
function figure(title, value, notes, wanting = 'Not enough data yet') {
  return el('div', { class: 'card' }, el('h2', {}, title), el('p', { class: value === null ? 'value wanting' : 'value' }, value ?? wanting),
    notes.filter(Boolean).map((note) => el('p', { class: 'note' }, note)));
}

/** @param {Pulse} pulse @param {number} [floated] balloons that waited too long */
export function numbers({ right_first_time: right, promises, balloons, tips, experiment, horizon_days: days }, floated = 0) {
  const { overall, needed, open } = right;
  const more = needed ? `${many(needed, 'more contact')} needed for a share that is known to ten points.` : '';
  const { told: said = 0, given = 0, sent = 0, helped = 0, declined = 0 } = tips.outcomes;
  const told = said + given + sent;
  const answers = tips.volunteered + tips.silent;
  const { effect, told: arm, held_out: held } = experiment;
  const shown = verdict(experiment);
  const early = effect && !shown;
  const hours = (/** @type {string} */ said) => (said ? `${said}.` : '');
  return [
    figure('Right first time', overall && !needed ? percent(overall.value) : null, [overall ? behind(overall, 'contact') : `No contact is ${days} days old yet.`, more, open ? `${many(open, 'contact')} too young to count.` : '']),
    figure('Promises kept', promises.share ? counted(promises.share) : null, promises.share ? [behind(promises.share, 'promise'), promises.late ? `${promises.late} of them late.` : '', `${promises.broken} broken, ${promises.overdue} overdue.`] : ['No promise has fallen due.']),
    figure('Tips told', told || answers ? told.toLocaleString('en') : null, answers ? [`${(given + sent).toLocaleString('en')} of them given or sent.`, `${many(tips.volunteered, 'tip')} volunteered, ${many(tips.silent, 'answer')} silent.`, `Said to have helped ${many(helped, 'time')}, declined ${many(declined, 'time')}.`] : ['Nobody has asked yet.']),
    figure('Does telling help?', shown, [effect?.ratio ? `${early ? 'So far, ' : ''}${change(effect.ratio.value)} come back (${changes(effect.ratio)}).` : '', `By lot, ${many(arm.customers, 'case')} could be told, ${held.customers.toLocaleString('en')} ${held.customers === 1 ? 'was' : 'were'} held out: a case is a customer and a tip.`, missing(experiment)], early ? EARLY : undefined),
    figure('Balloons waiting', String(balloons.waiting), [balloons.oldest_waiting_at ? `Read by nobody yet, the oldest for ${age(balloons.oldest_waiting_at)}.` : balloons.acknowledged || balloons.adopted || balloons.declined ? 'All have been read.' : 'None has been let go lately.', floated ? `${floated.toLocaleString('en')} floated away undecided.` : '', balloons.acknowledged ? `${balloons.acknowledged.toLocaleString('en')} more ${balloons.acknowledged === 1 ? 'is' : 'are'} acknowledged and undecided.` : '', hours(half('acknowledged', balloons.median_hours_to_acknowledgement, balloons.median_of_acknowledgement)), hours(half('decided about', balloons.median_hours_to_decision, balloons.median_of_decision))]),
  ];
}

// What the console shows, for all of its parts.

/** @typedef {import('/assets/shell/types.js').Answer} Answer */
/**
 * @typedef {object} State
 * @property {Answer | null} answer
 * @property {string | undefined} answeredFor the customer whom the answer is about
 * @property {import('/assets/console/list.js').Entry[]} offered
 * @property {string | null} chosen the chosen tip's id: selection survives new answers
 * @property {boolean} picked whether somebody chose it: what is only shown gives way to the next answer's tip
 * @property {import('/assets/console/understood.js').Given} given what the agent said it is about
 * @property {boolean} more whether the reasons are open
 * @property {'away' | 'broken' | null} trouble nobody could be reached since, or the server has no answer now
 */

/** Nothing was said of what it is about. */
export const nothing = () => ({ product: null, issue: null });

/** @type {State} */
export const now = { answer: null, answeredFor: undefined, offered: [], chosen: null, picked: false, given: nothing(), more: false, trouble: null };

/** Nothing is shown of an answer. */
export const unanswered = () => Object.assign(now, { answer: null, offered: [], chosen: null, picked: false });

/** The tip that is read. */
export const current = () => now.offered.find((one) => one.suggestion.id === now.chosen)?.suggestion;

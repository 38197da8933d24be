// The list of one-line questions beside the card: a listbox that the field steers.
import { el } from '/assets/shell/dom.js';

/** @typedef {import('/assets/shell/types.js').Suggestion} Suggestion */
/** @typedef {import('/assets/shell/types.js').Answer} Answer */
/** @typedef {{ suggestion: Suggestion, tag: string | null }} Entry */

/** What an answer offers, in the order in which it is listed. @param {Answer | null} answer @returns {Entry[]} */
export function entries(answer) {
  if (!answer) return [];
  const unasked = (/** @type {Suggestion} */ suggestion) => ({ suggestion, tag: null });
  return [...(answer.tip ? [unasked(answer.tip)] : []), ...answer.others.map(unasked), ...answer.answers.map((suggestion) => ({ suggestion, tag: 'They asked' }))];
}

/**
 * The options.
 * @param {Entry[]} all
 * @param {string | null} chosen
 * @param {(id: string) => boolean} done whether something was reported of the tip
 * @param {(id: string) => void} choose
 */
export function options(all, chosen, done, choose) {
  return all.map(({ suggestion, tag }, at) => el('li', {
    role: 'option', id: `tip-${at}`, dir: 'auto', 'aria-selected': String(suggestion.id === chosen), 'data-id': suggestion.id,
    onclick: () => choose(suggestion.id),
    onmousedown: (/** @type {Event} */ event) => event.preventDefault(), // focus stays where it is
  }, suggestion.question, done(suggestion.id) ? el('span', { class: 'done' }, ' ✓', el('span', { class: 'unseen' }, ' done')) : null, tag ? el('span', { class: 'tag' }, tag) : null));
}

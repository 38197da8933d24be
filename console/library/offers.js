// What was written here before and not saved: offered, and lost only by whoever says so.
import { el } from '/assets/shell/dom.js';
import { dayName } from '/assets/shell/words.js';
import { forget } from '/assets/library/drafts.js';
import { questionOf } from '/assets/library/front.js';

/** @typedef {import('/assets/library/drafts.js').Left} Left */

/** So many are offered at once; older ones come up as these are taken up or forgotten. */
const OFFERED = 3;

/** @param {string} at */
const hour = (at) => new Date(at).toLocaleTimeString('en', { hour: '2-digit', minute: '2-digit', hour12: false });

/**
 * @param {HTMLElement} place
 * @param {Left[]} all
 * @param {{ named: boolean, takeUp: (one: Left) => void, done: () => void }} how `named`: whether each says which question it was
 */
export function offer(place, all, { named, takeUp, done }) {
  const chip = (/** @type {Left} */ one) => el('div', { class: 'note warn' },
    el('p', {}, `You were writing ${named ? `“${questionOf(one.text) || 'a new tip'}” (${one.id ?? ''})` : 'here'} on ${dayName(one.at)} at ${hour(one.at)}, and did not save.`),
    el('p', { class: 'buttons' },
      el('button', { type: 'button', class: 'button', onclick: () => { place.replaceChildren(); takeUp(one); done(); } }, 'Take it up again'),
      el('button', { type: 'button', class: 'quiet-button', onclick: () => { forget(one.slot); offer(place, all.filter((other) => other !== one), { named, takeUp, done }); done(); } }, 'Forget it')));
  place.replaceChildren(...all.slice(0, OFFERED).map(chip));
}

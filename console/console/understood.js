// What was understood, as chips; S corrects it.
import { el } from '/assets/shell/dom.js';
import { percent } from '/assets/shell/words.js';

/** @typedef {import('/assets/shell/types.js').Situation} Situation */
/** @typedef {import('/assets/shell/types.js').Named} Named */
/** @typedef {import('/assets/console/names.js').Field} Field */
/** @typedef {{ product: Named | null, issue: Named | null }} Given what the agent said it is about */

/** What is hardly likely would only distract; the first reading is shown from half of that on. */
const LIKELY = 0.3;
/** As many as one glance takes in. */
const SHOWN = { product: 2, issue: 3 };

/** What is likely enough to be shown. @param {Field} field @param {Situation['products']} parts */
const likely = (field, parts) => parts.filter((part, at) => part.confidence >= (at === 0 ? LIKELY / 2 : LIKELY)).slice(0, SHOWN[field]);

/** What the page shows as understood; a guess that nobody sees is nobody's word. @param {Situation | undefined} situation @param {Given} given */
export function understood(situation, given) {
  const first = (/** @type {Field} */ field, /** @type {Situation['products']} */ parts) => (given[field] ? parts[0] : likely(field, parts)[0])?.id;
  return { product: first('product', situation?.products ?? []), issue: first('issue', situation?.issues ?? []) };
}

/**
 * The chips.
 * @param {Situation} situation
 * @param {Given} given
 * @param {{ correct: () => void, takeBack: (field: Field) => void }} does
 * @returns {HTMLElement[]}
 */
export function chips(situation, given, { correct, takeBack }) {
  const read = (/** @type {Field} */ field, /** @type {Situation['products']} */ parts) => {
    const own = given[field];
    if (own) return [el('button', { type: 'button', class: `chip ${field} given`, onclick: () => takeBack(field), 'aria-label': `${own.title}, as you said; take it back` }, own.title, el('small', {}, 'you said ✕'))];
    return likely(field, parts).map((part) => el('span', { class: `chip ${field}` }, part.title, el('small', {}, percent(part.confidence))));
  };
  const unknown = situation.unknown.map((part) => el('span', { class: 'chip warn' }, `“${part.given}” is no ${part.field}`));
  return [...read('product', situation.products), ...read('issue', situation.issues), ...unknown,
    el('button', { type: 'button', class: 'quiet-button', id: 'correct', onclick: correct }, 'Correct ', el('kbd', { 'aria-hidden': 'true' }, 'S'))];
}

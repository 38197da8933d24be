// What was understood, as chips; S corrects it.
import { get } from '/assets/shell/api.js';
import { el } from '/assets/shell/dom.js';
import { composing, keysIn } from '/assets/shell/keys.js';
import { percent } from '/assets/shell/words.js';

/** @typedef {import('/assets/shell/types.js').Situation} Situation */
/** @typedef {import('/assets/shell/types.js').Named} Named */
/** @typedef {'product' | 'issue'} Field */
/** @typedef {{ product: Named | null, issue: Named | null }} Given what the agent said it is about */

/** What is hardly likely would only distract; the first reading is shown from half of that on. */
const LIKELY = 0.3;
/** As many as one glance takes in. */
const SHOWN = { product: 2, issue: 3 };
/** A library has more products and issues than a list can show; the field finds the rest. */
const NAMES = 500;

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
    const likely = parts.filter((part, at) => part.confidence >= (at === 0 ? LIKELY / 2 : LIKELY)).slice(0, SHOWN[field]);
    return likely.map((part) => el('span', { class: `chip ${field}` }, part.title, el('small', {}, percent(part.confidence))));
  };
  const unknown = situation.unknown.map((part) => el('span', { class: 'chip warn' }, `“${part.given}” is no ${part.field}`));
  return [...read('product', situation.products), ...read('issue', situation.issues), ...unknown,
    el('button', { type: 'button', class: 'quiet-button', id: 'correct', onclick: correct }, 'Correct ', el('kbd', { 'aria-hidden': 'true' }, 'S'))];
}

/** @type {Partial<Record<Field, Promise<Named[]>>>} */
const names = {};

/** All names of a kind, asked for once; what could not be read is asked for again. @param {Field} field @returns {Promise<Named[]>} */
function named(field) {
  names[field] ??= get(`/v1/${field}s`, { limit: NAMES }).then((page) => page.items, () => { delete names[field]; return []; });
  return names[field] ?? Promise.resolve([]);
}

/**
 * Where one says what it is about: the other readings, each by a digit, and a field for anything else.
 * @param {Situation} situation
 * @param {(field: Field, chosen: Named) => void} choose
 * @param {() => void} leave
 */
export function correction(situation, choose, leave) {
  const groups = /** @type {[Field, string, Situation['products']][]} */ ([['product', 'Product', situation.products], ['issue', 'Issue', situation.issues]]);
  let digit = 0;
  const made = groups.map(([field, title, parts]) => {
    const buttons = parts.slice(0, 4).map((part) => {
      digit += 1;
      return el('button', { type: 'button', class: 'button', 'data-key': String(digit), onclick: () => choose(field, { id: part.id, title: part.title, tips: 0 }) }, el('kbd', { 'aria-hidden': 'true' }, digit), part.title);
    });
    return el('fieldset', {}, el('legend', {}, title), el('div', { class: 'buttons' }, buttons), other(field, title, choose));
  });
  const panel = el('section', { class: 'correction', 'aria-label': 'What it is about', tabindex: -1 }, ...made,
    el('button', { type: 'button', class: 'quiet-button', onclick: leave }, 'Leave it ', el('kbd', { 'aria-hidden': 'true' }, 'Esc')));
  panel.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || composing(event)) return;
    event.preventDefault();
    leave();
  });
  const press = (/** @type {string} */ key) => /** @type {HTMLElement | null} */ (panel.querySelector(`[data-key="${key}"]`))?.click();
  keysIn(panel, Object.fromEntries(Array.from('12345678', (key) => [key, () => press(key)])));
  return panel;
}

/** A field that completes names. @param {Field} field @param {string} title @param {(field: Field, chosen: Named) => void} choose */
function other(field, title, choose) {
  const list = el('datalist', { id: `names-${field}` });
  const input = el('input', { class: 'input', list: list.id, 'aria-label': `Another ${title.toLowerCase()}`, placeholder: `Another ${title.toLowerCase()}`, autocomplete: 'off' });
  void named(field).then((all) => list.replaceChildren(...all.map((one) => el('option', { value: one.title }, one.id))));
  const take = async (/** @type {boolean} */ entered) => {
    const typed = input.value.trim();
    const part = typed.toLowerCase();
    const known = await named(field);
    if (!typed || !input.isConnected || input.value.trim() !== typed) return;
    const same = known.find((one) => one.title.toLowerCase() === part || one.id.toLowerCase() === part);
    if (same) return choose(field, same);
    if (!entered) return;
    // The beginning of a name, or a part of it, means that name; what the library calls otherwise is forgiven by the
    // server, and named as unknown where it is.
    const near = known.find((one) => one.title.toLowerCase().startsWith(part)) ?? known.find((one) => `${one.title} ${one.id}`.toLowerCase().includes(part));
    choose(field, near ?? { id: typed, title: typed, tips: 0 });
  };
  input.addEventListener('change', () => void take(false));
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || composing(event)) return;
    event.preventDefault();
    void take(true);
  });
  return el('div', {}, input, list);
}

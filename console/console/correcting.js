// Where one says what it is about: the other readings, each by a digit, and a field in which every letter lands for the rest.
import { everyName, kindOf, meant } from '/assets/console/names.js';
import { el } from '/assets/shell/dom.js';
import { composing, keysIn, lettersAct, plainKey } from '/assets/shell/keys.js';

/** @typedef {import('/assets/shell/types.js').Situation} Situation */
/** @typedef {import('/assets/shell/types.js').Named} Named */
/** @typedef {import('/assets/console/names.js').Field} Field */
/** @typedef {(field: Field, chosen: Named) => void} Choose */
/** @typedef {{ field: Field, one: Named, label: string, note: string }} Choice */

/** Readings of a kind, and names that fit what is typed: as many as one glance takes in. */
const [READINGS, SHOWN] = [4, 6];

/**
 * Opens it in a place; focus goes back where it came from.
 * @param {HTMLElement} place
 * @param {Situation} situation
 * @param {Choose} choose
 * @param {HTMLElement} elsewhere where focus goes if that is gone
 */
export function openCorrection(place, situation, choose, elsewhere) {
  // The panel itself, where it is open already, is about to go.
  const back = place.contains(document.activeElement) ? null : document.activeElement;
  const leave = () => {
    place.replaceChildren();
    (back instanceof HTMLElement && back.isConnected ? back : elsewhere).focus({ preventScroll: true });
  };
  const panel = correction(situation, (field, one) => { leave(); choose(field, one); }, leave);
  place.replaceChildren(panel);
  panel.focus();
}

/**
 * @param {Situation} situation
 * @param {Choose} choose
 * @param {() => void} leave
 */
export function correction(situation, choose, leave) {
  const groups = /** @type {[Field, string, Situation['products']][]} */ ([['product', 'Product', situation.products], ['issue', 'Issue', situation.issues]]);
  let digit = 0;
  const made = groups.filter(([, , parts]) => parts.length).map(([field, title, parts]) => {
    const buttons = parts.slice(0, READINGS).map((part) => {
      digit += 1;
      return el('button', { type: 'button', class: 'button', 'data-key': String(digit), onclick: () => choose(field, { id: part.id, title: part.title, tips: 0 }) }, el('kbd', { 'aria-hidden': 'true' }, digit), part.title);
    });
    return el('fieldset', {}, el('legend', {}, title), el('div', { class: 'buttons' }, buttons));
  });
  const { node, input } = other(situation.products[0]?.id, choose);
  const panel = el('section', { class: 'correction', 'aria-label': 'What it is about', tabindex: -1 }, ...made, node,
    el('button', { type: 'button', class: 'quiet-button', onclick: leave }, 'Leave it ', el('kbd', { 'aria-hidden': 'true' }, 'Esc')));
  const button = (/** @type {string} */ key) => /** @type {HTMLElement | null} */ (panel.querySelector(`[data-key="${key}"]`));
  panel.addEventListener('keydown', (event) => {
    if (!event.key || composing(event)) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      leave();
      return;
    }
    const typed = plainKey(event);
    if (event.target === input || !/^[\p{L}\p{N}]$/u.test(typed) || (lettersAct() && button(typed))) return;
    event.stopPropagation(); // a letter that is a key of the page is a letter here
    input.focus(); // before it is typed: it lands there
  });
  keysIn(panel, Object.fromEntries(Array.from('12345678', (key) => [key, () => { button(key)?.click(); return Boolean(button(key)); }])));
  return panel;
}

/**
 * The one field for both kinds: what may be meant is listed, Enter takes the one that is marked. What is no name here goes
 * to the server in the words as they are, which knows misspellings, too.
 * @param {string | undefined} product the one at hand
 * @param {Choose} choose
 */
function other(product, choose) {
  const list = el('ul', { class: 'list', id: 'names', role: 'listbox', 'aria-label': 'What it may be', hidden: true });
  const input = el('input', { class: 'input', id: 'other-name', type: 'text', role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id, autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', maxlength: 200 });
  const known = everyName();
  /** @type {{ choices: Choice[], at: number }} */
  const now = { choices: [], at: 0 };

  function draw() {
    list.hidden = !now.choices.length;
    input.setAttribute('aria-expanded', String(!list.hidden));
    list.replaceChildren(...now.choices.map(({ field, one, label, note }, at) => el('li', {
      role: 'option', id: `name-${at}`, 'aria-selected': String(at === now.at), onclick: () => choose(field, one),
      onmousedown: (/** @type {Event} */ event) => event.preventDefault(), // focus stays where it is
    }, label, el('span', { class: 'tag' }, note))));
    if (list.hidden) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', `name-${now.at}`);
  }

  async function look() {
    const typed = input.value;
    const all = await known;
    if (typed !== input.value) return;
    Object.assign(now, { choices: choices(typed, all, product), at: 0 });
    draw();
  }

  input.addEventListener('input', () => void look());
  input.addEventListener('keydown', async (event) => {
    if (composing(event)) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by && event.key !== 'Enter') return;
    event.preventDefault();
    if (by) {
      now.at = Math.max(0, Math.min(now.choices.length - 1, now.at + by));
      return draw();
    }
    await known; // whoever is faster than the names means the best of them
    const one = now.choices[now.at];
    if (one && input.isConnected) choose(one.field, one.one);
  });
  return { input, node: el('div', { class: 'field other' }, el('label', { for: input.id }, 'Another product or issue'), input, list) };
}

/**
 * What is listed: the names that fit, and the words as they are, unless they are a name.
 * @param {string} words
 * @param {{ product: Named[], issue: Named[] }} all
 * @param {string} [product]
 * @returns {Choice[]}
 */
export function choices(words, all, product) {
  const typed = words.trim();
  if (!typed) return [];
  const found = meant(typed, all, product);
  const named = found.slice(0, SHOWN).map(({ field, one }) => ({ field, one, label: one.title, note: `${field} · ${one.id}` }));
  if (found[0]?.exact) return named;
  const first = kindOf(typed, all);
  const asTyped = /** @type {Field[]} */ ([first, first === 'product' ? 'issue' : 'product']).map((field) => ({ field, one: { id: typed, title: typed, tips: 0 }, label: `“${typed}”`, note: `${field}, as you typed it` }));
  return [...named, ...asTyped];
}

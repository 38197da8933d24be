// Which balloon says the same: a field that filters, and a list of which none is meant before somebody chose it.
import { el } from '/assets/shell/dom.js';
import { composing } from '/assets/shell/keys.js';
import { alike } from '/assets/balloons/alike.js';
import { teaser } from '/assets/balloons/clock.js';

/** @typedef {import('/assets/balloons/types.js').Balloon} Balloon */

/** Candidates that are shown at once. */
const SHOWN = 6;

/** Those that hold all of what is typed. @param {ReturnType<typeof alike>} all @param {string} typed */
export function fitting(all, typed) {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter(({ balloon: { text, product } }) => wanted.every((word) => `${text} ${product ?? ''}`.toLowerCase().includes(word)));
}

/**
 * @param {Balloon} balloon @param {Balloon[]} others
 * @param {(into: string) => void} merge
 * @param {() => void} leave
 */
export function merging(balloon, others, merge, leave) {
  const all = alike(balloon, others);
  const leaveButton = el('button', { type: 'button', class: 'quiet-button', onclick: leave }, 'Leave it ', el('kbd', { 'aria-hidden': 'true' }, 'Esc'));
  if (!all.length) return [el('p', {}, 'There is no other balloon without a decision to merge it with.'), leaveButton];
  /** None is meant at first: Enter alone joins nobody's words with others. */
  const now = { shown: all.slice(0, SHOWN), at: -1 };
  const list = el('ul', { id: 'merge-list', role: 'listbox', 'aria-label': 'Balloons without a decision' });
  const none = el('p', { class: 'hint', hidden: true }, 'None of them says that.');
  const input = el('input', { id: 'merge-into', type: 'text', role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'true', 'aria-controls': list.id, autocomplete: 'off', spellcheck: 'false', maxlength: 200, 'aria-describedby': 'merge-hint' });

  function draw() {
    list.replaceChildren(...now.shown.map(({ balloon: one, shared }, at) => el('li', { class: 'row', role: 'option', id: `merge-${at}`, 'aria-selected': String(at === now.at), onclick: () => merge(one.id), onmousedown: (/** @type {Event} */ event) => event.preventDefault() },
      el('span', { class: 'row-title', dir: 'auto' }, teaser(one.text)), el('span', { class: 'row-note' }, shared.length ? `shares ${shared.slice(0, 5).join(', ')}` : 'shares no word', one.product ? ` · ${one.product}` : ''))));
    list.hidden = !now.shown.length;
    none.hidden = !list.hidden;
    input.setAttribute('aria-expanded', String(!list.hidden));
    if (now.at < 0) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', `merge-${now.at}`);
  }

  input.addEventListener('input', () => {
    const found = fitting(all, input.value).slice(0, SHOWN);
    Object.assign(now, { shown: found, at: input.value.trim() && found.length ? 0 : -1 });
    draw();
  });
  input.addEventListener('keydown', (event) => {
    if (composing(event)) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by && now.shown.length) now.at = Math.max(0, Math.min(now.shown.length - 1, now.at + by));
    if (by) draw();
    if (event.key === 'Enter' && now.shown[now.at]) merge(now.shown[now.at].balloon.id);
    if (by || event.key === 'Enter') event.preventDefault();
  });
  draw();
  return [el('div', { class: 'field' }, el('label', { for: input.id }, 'Which one says the same?'), input,
    el('p', { class: 'hint', id: 'merge-hint' }, 'Its givers and this one’s will be together, and the older age counts. Type a word of it, or choose it with ', el('kbd', {}, '↓'), '; ', el('kbd', {}, 'Enter'), ' merges.')), list, none, leaveButton];
}

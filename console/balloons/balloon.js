// One balloon, open: what was said, by whom, and what can be done with it.
import { el } from '/assets/shell/dom.js';
import { composing } from '/assets/shell/keys.js';
import { dayName, many } from '/assets/shell/words.js';
import { ago, clock, floated, meanwhile, teaser } from '/assets/balloons/clock.js';
import { merging } from '/assets/balloons/merging.js';

/** @typedef {import('/assets/balloons/types.js').Balloon} Balloon */
/** @typedef {import('/assets/balloons/types.js').Giver} Giver */
/**
 * @typedef {object} Ways
 * @property {() => void} back
 * @property {() => void} acknowledge
 * @property {() => void} adopt
 * @property {(into: string) => void} merge
 * @property {(reason: string) => void} decline
 * @property {() => void} writing somebody begins to decide: nothing is to be drawn over it
 */

/** A heading that is longer is a text: it is read below, in its giver's words. */
const HEADING = 400;

/** Reasons that were begun and left, by balloon. @type {Map<string, string>} */
const begun = new Map();

/** @param {Balloon} balloon */
export const open = ({ state, merged }) => !merged && (state === 'waiting' || state === 'acknowledged');

/** @param {Giver} giver */
function giver({ from, role, contact, given_at: at, text }) {
  const who = [from, role].filter(Boolean).join(', ') || 'somebody';
  return el('li', {}, el('div', { class: 'words', dir: 'auto' }, text), el('small', { dir: 'auto' }, `${who}, ${dayName(at)}${contact ? ` · ${contact}` : ''}`));
}

/** @param {string} key @param {string} label @param {string} kind @param {() => void} onclick */
const act = (key, label, kind, onclick) => el('button', { type: 'button', class: kind, 'data-act': key, onclick }, label, ' ', el('kbd', { 'aria-hidden': 'true' }, key));

/**
 * Draws it into a pane.
 * @param {HTMLElement} pane @param {Balloon} balloon @param {Balloon[]} others those without a decision @param {Ways} ways
 */
export function draw(pane, balloon, others, ways) {
  const acting = el('div', {});
  const acts = open(balloon) ? el('div', { class: 'acts' },
    balloon.state === 'waiting' ? act('A', 'Acknowledge', 'button', ways.acknowledge) : null,
    act('T', 'Make a tip of it', 'strong-button', ways.adopt),
    act('G', 'Merge', 'button', () => { ways.writing(); const leave = () => shut(acting, pane, 'G'); acting.replaceChildren(el('div', { class: 'acting', onkeydown: leaves(leave) }, merging(balloon, others, ways.merge, leave))); }),
    act('X', 'Decline', 'button', () => { ways.writing(); acting.replaceChildren(declining(balloon, ways, () => shut(acting, pane, 'X'))); })) : null;
  acts?.addEventListener('click', () => /** @type {HTMLElement | null} */ (acting.querySelector('textarea, input, button'))?.focus());
  const late = floated(balloon);
  pane.replaceChildren(
    el('button', { type: 'button', class: 'quiet-button back', onclick: ways.back }, 'Back ', el('kbd', { 'aria-hidden': 'true' }, 'Esc')),
    el('h2', { tabindex: -1, dir: 'auto' }, balloon.text.length > HEADING ? teaser(balloon.text) : balloon.text),
    el('p', { class: 'chips' }, el('span', { class: 'chip' }, balloon.state), balloon.product ? el('span', { class: 'chip' }, balloon.product) : null, balloon.issue ? el('span', { class: 'chip issue' }, balloon.issue) : null, balloon.rose_by_itself ? el('span', { class: 'chip' }, 'rose by itself') : null),
    el('p', { class: late ? 'note late' : 'note' }, [`Let go ${ago(balloon.given_at)}`, balloon.acknowledged_at ? `acknowledged ${dayName(balloon.acknowledged_at)}` : '', clock(balloon)].filter(Boolean).join(' · ')),
    balloon.tip ? el('p', {}, 'It became ', el('a', { href: `/library?${new URLSearchParams({ tip: balloon.tip })}` }, balloon.tip), '.') : '',
    balloon.state === 'declined' ? el('p', { dir: 'auto' }, `Declined on ${dayName(balloon.decided_at ?? balloon.given_at)}: ${balloon.reason}`) : '',
    acts ?? '', acting,
    ...(balloon.givers.length ? [el('h3', {}, balloon.givers.length > 1 ? `${many(balloon.givers.length, 'giver')}, in their own words` : 'Who gave it'), el('ul', { class: 'givers' }, balloon.givers.map(giver))] : []));
}

/** Somebody else decided: what is open says so in its place, and nothing in it moves. @param {HTMLElement} pane @param {Balloon} balloon */
export function overtaken(pane, balloon) {
  const [state, note] = [pane.querySelector('.chips .chip'), pane.querySelector('.note')];
  if (state) state.textContent = balloon.merged ? 'merged' : balloon.state;
  if (note) note.textContent = meanwhile(balloon);
  for (const act of /** @type {NodeListOf<HTMLButtonElement>} */ (pane.querySelectorAll('[data-act]'))) act.disabled = !open(balloon) || (act.dataset.act === 'A' && balloon.state !== 'waiting');
  if (pane.contains(document.activeElement) && document.activeElement?.matches(':disabled')) pane.querySelector('h2')?.focus({ preventScroll: true });
}

/** @param {HTMLElement} acting @param {HTMLElement} pane @param {string} key */
function shut(acting, pane, key) {
  acting.replaceChildren();
  /** @type {HTMLElement | null} */ (pane.querySelector(`[data-act="${key}"]`))?.focus();
}

/** @param {Balloon} balloon @param {Ways} ways @param {() => void} leave */
function declining({ id }, ways, leave) {
  const reason = el('textarea', { id: 'reason', required: true, maxlength: 2000, dir: 'auto', 'aria-describedby': 'reason-hint', oninput: () => begun.set(id, reason.value) });
  reason.value = begun.get(id) ?? '';
  reason.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || composing(event)) return;
    event.preventDefault();
    reason.form?.requestSubmit();
  });
  return el('form', { class: 'acting', onsubmit: (/** @type {Event} */ event) => { event.preventDefault(); if (reason.value.trim()) ways.decline(reason.value.trim()); }, onkeydown: leaves(leave) },
    el('div', { class: 'field' }, el('label', { for: 'reason' }, 'Why not?'), reason, el('p', { class: 'hint', id: 'reason-hint' }, 'Whoever gave it reads this. Say what speaks against it, and thank them for the thought.')),
    el('div', { class: 'buttons' }, el('button', { type: 'submit', class: 'strong-button' }, 'Decline it ', el('kbd', { 'aria-hidden': 'true' }, 'Ctrl Enter')), el('button', { type: 'button', class: 'quiet-button', onclick: leave }, 'Leave it ', el('kbd', { 'aria-hidden': 'true' }, 'Esc'))));
}

/** @param {() => void} leave */
const leaves = (leave) => (/** @type {KeyboardEvent} */ event) => {
  if (event.key !== 'Escape' || composing(event)) return;
  event.preventDefault();
  event.stopPropagation();
  leave();
};

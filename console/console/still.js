// Whose words these are, where all of them were replaced while something was known of whoever was here before: asked once,
// and in nobody's way.
import { byId, el } from '/assets/shell/dom.js';

/** Words that say what a text is about are rarely shorter. */
const SHORT = 4;

/** @param {string} text */
const words = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu)?.filter((word) => word.length >= SHORT) ?? [];

/** Whether nothing of the one is kept in the other, of which the last word may not be whole. @param {string} before @param {string} text */
export function unlike(before, text) {
  const kept = words(before);
  return !words(text).some((word) => kept.some((one) => one.startsWith(word)));
}

/**
 * Calls back where all words of a field gave way to others. A first letter does not say what the text will be: what is
 * returned is to be called once it is asked about.
 * @param {HTMLInputElement} field
 * @param {() => void} then
 */
export function watchReplaced(field, then) {
  /** The words that are about to go, or are gone. */
  let before = '';
  field.addEventListener('beforeinput', () => {
    const all = field.value && field.selectionStart === 0 && field.selectionEnd === field.value.length;
    if (all) before = field.value;
  });
  return () => {
    if (!before || !words(field.value).length) return;
    const other = unlike(before, field.value);
    before = '';
    if (other) then();
  };
}

/** @type {(() => void) | null} what begins another contact, while it is asked */
let other = null;

/** Asks; null takes the question back. @param {string | null} question @param {() => void} [another] */
export function still(question, another = () => {}) {
  const line = byId('still');
  line.hidden = question === null;
  other = question === null ? null : () => { still(null); another(); };
  line.replaceChildren(...(question === null ? [] : [`${question} `,
    el('button', { type: 'button', class: 'quiet-button', onclick: () => still(null) }, 'Yes'),
    el('button', { type: 'button', class: 'quiet-button', onclick: () => other?.() }, 'No, a new call ', el('kbd', { 'aria-hidden': 'true' }, 'Esc'))]));
}

/** Escape answers it. @returns {boolean} whether it was asked */
export function notStill() {
  const begin = other;
  begin?.();
  return begin !== null;
}

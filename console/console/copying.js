// Copies what is said and what is handed over; where a browser refuses, it is selected, so that Ctrl+C copies it.
import { wireText } from '/assets/console/card.js';
import { note } from '/assets/console/note.js';
import { copy } from '/assets/shell/dom.js';
import { tell } from '/assets/shell/speak.js';

/** @typedef {import('/assets/shell/types.js').Suggestion} Suggestion */

/** @param {Suggestion} suggestion */
export async function copySay(suggestion) {
  const done = await copy(suggestion.say);
  const label = document.querySelector('.copy span');
  if (label) label.textContent = done ? 'Copied' : 'Press Ctrl+C';
  if (!done) select('.card .say');
  tell(done ? `Copied: ${suggestion.say}` : 'Could not copy.');
}

/** @param {Suggestion} suggestion */
export async function copyWire(suggestion) {
  const done = await copy(wireText(suggestion));
  note(done ? 'What to hand over is copied.' : 'The browser refuses to copy: select it and press Ctrl+C.', !done);
  if (!done) select('.card .wire');
  tell(done ? 'Copied what to hand over.' : 'Could not copy.');
}

/** @param {string} selector */
function select(selector) {
  const text = document.querySelector(selector);
  if (text) getSelection()?.selectAllChildren(text);
}

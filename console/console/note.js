// The one line above the card that says what the console has to say.
import { byId } from '/assets/shell/dom.js';

/** @param {string} text @param {boolean} [bad] */
export function note(text, bad = false) {
  const line = byId('note');
  line.hidden = !text;
  line.className = bad ? 'note bad' : 'note';
  line.textContent = text;
}

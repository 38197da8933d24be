// The one line above the card that says what the console has to say.
import { byId } from '/assets/shell/dom.js';

/** What stays to be read though an answer comes. */
let held = '';

/** @param {string} text @param {boolean} [bad] */
export function note(text, bad = false) {
  const [line, words] = [byId('note'), text || held];
  line.hidden = !words;
  line.className = bad ? 'note bad' : 'note';
  line.textContent = words;
}

/** Says what answers do not wipe away. @param {string} text */
export function hold(text) {
  held = text;
  note(text);
}

/** It has been read. */
export function release() {
  if (held && byId('note').textContent === held) byId('note').textContent = '';
  held = '';
  byId('note').hidden = !byId('note').textContent;
}

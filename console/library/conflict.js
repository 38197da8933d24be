// Somebody else saved first: both texts, and the three ways on.
import { copy, el } from '/assets/shell/dom.js';
import { tell } from '/assets/shell/speak.js';
import { many } from '/assets/shell/words.js';
import { unlike } from '/assets/library/unlike.js';

/** @typedef {import('/assets/library/unlike.js').Line} Line */

/** So many lines that are alike are shown around what differs; of the others only how many they are. */
const AROUND = 2;

/**
 * @param {string | null} theirs null where the file is gone
 * @param {string} mine
 * @param {{ keepMine: () => void, takeTheirs: () => void }} ways
 */
export function conflict(theirs, mine, { keepMine, takeTheirs }) {
  const [left, right] = unlike(theirs ?? '', mine);
  const copyMine = async () => tell(await copy(mine) ? 'Your text is copied.' : 'Your browser would not copy it.');
  const button = (/** @type {string} */ kind, /** @type {string} */ label, /** @type {() => void} */ does) => el('button', { type: 'button', class: kind, onclick: does }, label);
  return el('section', { class: 'conflict note warn', 'aria-label': 'Somebody else changed this tip', tabindex: -1 },
    el('h2', {}, theirs === null ? 'Somebody else deleted this tip while you were writing' : 'Somebody else changed this tip while you were writing'),
    el('p', {}, 'Nothing is lost: your text is still in the editor below. Marked lines are only in one of the two; what is alike is left out.'),
    el('div', { class: 'two-texts' }, side('Theirs, as it is saved', theirs === null ? [] : left), side('Yours', right)),
    el('p', { class: 'buttons' },
      button('strong-button', 'Keep mine', keepMine),
      theirs === null ? null : button('button', 'Take theirs', takeTheirs),
      button('button', 'Copy mine', copyMine)));
}

/** @param {string} name @param {Line[]} lines */
function side(name, lines) {
  const shown = folded(lines).flatMap((one) => [typeof one === 'number' ? el('span', { class: 'alike' }, `⋯ ${many(one, 'line')} alike`) : one.only && one.text.trim() ? el('mark', {}, one.text) : one.text, '\n']);
  return el('div', {}, el('h3', {}, name), el('pre', { tabindex: 0, 'aria-label': name, role: 'group' }, shown));
}

/** The lines that differ and those around them; in the place of the others, how many they are. @param {Line[]} lines @returns {(Line | number)[]} */
export function folded(lines) {
  const near = lines.map((_, at) => lines.slice(Math.max(0, at - AROUND), at + AROUND + 1).some(({ only }) => only));
  /** @type {(Line | number)[]} */
  const out = [];
  for (let at = 0; at < lines.length;) {
    let end = at;
    while (end < lines.length && !near[end]) end += 1;
    // One line takes no more room than the word that it is left out.
    if (end - at > 1) out.push(end - at);
    else out.push(...lines.slice(at, end));
    for (at = end; at < lines.length && near[at]; at += 1) out.push(lines[at]);
  }
  return out;
}

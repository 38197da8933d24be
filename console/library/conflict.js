// Somebody else saved first: both texts, and the three ways on.
import { copy, el } from '/assets/shell/dom.js';
import { tell } from '/assets/shell/speak.js';
import { unlike } from '/assets/library/unlike.js';

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
    el('p', {}, 'Nothing is lost: your text is still in the editor below. Marked lines are only in one of the two.'),
    el('div', { class: 'two-texts' }, side('Theirs, as it is saved', theirs === null ? [] : left), side('Yours', right)),
    el('p', { class: 'buttons' },
      button('strong-button', 'Keep mine', keepMine),
      theirs === null ? null : button('button', 'Take theirs', takeTheirs),
      button('button', 'Copy mine', copyMine)));
}

/** @param {string} name @param {import('/assets/library/unlike.js').Line[]} lines */
function side(name, lines) {
  const shown = lines.flatMap(({ text, only }) => [only && text.trim() ? el('mark', {}, text) : text, '\n']);
  return el('div', {}, el('h3', {}, name), el('pre', { tabindex: 0, 'aria-label': name, role: 'group' }, shown));
}

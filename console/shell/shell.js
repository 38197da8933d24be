// What works on every page of the desk: the balloon's key, the list of keys, and the switch for keys of one letter.
import { openBalloon } from '/assets/shell/balloon.js';
import { byId, el } from '/assets/shell/dom.js';
import { openDrawer } from '/assets/shell/drawer.js';
import { keysIn, lettersAct, setLettersAct } from '/assets/shell/keys.js';

/** @typedef {[key: string, does: string]} KeyLine */
/** @typedef {{ keys?: KeyLine[], acts?: Record<string, () => unknown>, known?: () => import('/assets/shell/balloon.js').Known }} Page */

/** @type {KeyLine[]} */
const EVERYWHERE = [['B', 'let go a balloon'], ['?', 'these keys'], ['Esc', 'back']];

/**
 * Sets the shell up for a page.
 * @param {Page} [page] the page's own keys, for the list, and those of them that act wherever nobody types; what a balloon is likely about
 */
export function shell({ keys = [], acts = {}, known = () => ({}) } = {}) {
  const balloon = () => openBalloon(known());
  const help = () => showKeys([...keys, ...EVERYWHERE.filter(([key]) => !keys.some(([own]) => own === key))]);
  byId('balloon-open').addEventListener('click', balloon);
  byId('keys-open').addEventListener('click', help);
  keysIn(document, { b: balloon, '?': help, ...acts });
}

/** @param {KeyLine[]} lines */
function showKeys(lines) {
  const row = ([key, does] = /** @type {KeyLine} */ (['', ''])) => el('li', {}, does, el('span', {}, key.split(' ').map((one) => el('kbd', {}, one))));
  const box = el('input', { type: 'checkbox', onchange: () => setLettersAct(box.checked) });
  box.checked = lettersAct();
  openDrawer('Keys', [el('h2', {}, 'Keys'), el('ul', { class: 'keys' }, lines.map(row)),
    el('label', { class: 'switch' }, box, 'Keys of one letter act')]);
}

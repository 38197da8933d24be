// What a screen reader is told: two nodes in turn, so that the same sentence is read again.
import { el } from '/assets/shell/dom.js';

/** Screen readers are told once typing has paused this long. */
const QUIET_MS = 1400;

const nodes = [el('div', { role: 'status', class: 'unseen' }), el('div', { role: 'status', class: 'unseen' })];
document.body.append(...nodes);
let turn = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;

/** Says a sentence at once. @param {string} sentence */
export function tell(sentence) {
  clearTimeout(waiting);
  turn = 1 - turn;
  nodes[turn].textContent = sentence;
  nodes[1 - turn].textContent = '';
}

/** What was said belongs to what is over. */
export function hush() {
  clearTimeout(waiting);
  for (const node of nodes) node.textContent = '';
}

/** Says what `sentence` returns once nothing more has come for a while; nothing where that is empty. @param {() => string} sentence */
export function tellWhenQuiet(sentence) {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const said = sentence();
    if (said) tell(said);
  }, QUIET_MS);
}

// The field: typing asks, arrows and their chords choose, Escape begins another contact, Ctrl+Z brings one back; / and Ctrl+K
// lead back to it.
import { keepLines } from '/assets/console/lines.js';
import { composing, isTyping, lettersAct } from '/assets/shell/keys.js';

/**
 * @param {HTMLInputElement} field
 * @param {object} does
 * @param {() => void} does.typed
 * @param {(by: number) => boolean} does.step false where there is nothing to go to
 * @param {() => void} does.fresh
 * @param {() => boolean} does.bringBack false where there is nothing to bring back
 * @param {() => void} does.help
 */
export function steered(field, { typed, step, fresh, bringBack, help }) {
  keepLines(field);
  field.addEventListener('input', () => {
    delete field.dataset.from; // the agent's own words now
    typed();
  });
  field.addEventListener('keydown', (event) => {
    if (!event.key || composing(event)) return;
    const arrow = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const letter = event.ctrlKey ? { j: 1, n: 1, p: -1 }[event.key.toLowerCase()] : undefined;
    const by = arrow ?? letter ?? (event.ctrlKey && !event.metaKey && event.key.toLowerCase() === 'k' ? -1 : undefined);
    const empty = !field.value;
    if (by) {
      event.preventDefault();
      event.stopPropagation();
      // Above the first there is nothing but the words: whoever presses Ctrl+K there means them.
      if (!step(by) && event.key.toLowerCase() === 'k') field.select();
    } else if (empty && (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z') {
      if (bringBack()) event.preventDefault();
    } else if (empty && event.key === '?' && lettersAct()) {
      event.preventDefault();
      help();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      fresh();
    }
  });
  document.addEventListener('keydown', (event) => {
    if (!event.key || composing(event) || event.defaultPrevented) return;
    const slash = event.key === '/' && lettersAct() && !isTyping(event) && !event.ctrlKey && !event.metaKey && !event.altKey;
    const command = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey);
    if (!slash && !command) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}

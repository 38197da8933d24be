// The field: typing asks, arrows and their chords choose, Escape begins another contact; / and Ctrl+K lead back to it.
import { keepLines } from '/assets/console/lines.js';
import { composing, isTyping, lettersAct } from '/assets/shell/keys.js';

/** @param {HTMLInputElement} field @param {{ typed: () => void, step: (by: number) => void, fresh: () => void }} does */
export function steered(field, { typed, step, fresh }) {
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
    if (by) {
      event.preventDefault();
      event.stopPropagation();
      step(by);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      fresh();
    }
  });
  document.addEventListener('keydown', (event) => {
    if (!event.key || composing(event) || event.defaultPrevented) return;
    const slash = event.key === '/' && lettersAct() && !isTyping(event) && !event.ctrlKey && !event.metaKey && !event.altKey;
    const command = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && event.composedPath()[0] !== field;
    if (!slash && !command) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}

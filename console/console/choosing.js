// Going through what an answer offers, and what more there is to a card.
import { now } from '/assets/console/state.js';
import { byId } from '/assets/shell/dom.js';
import { tell } from '/assets/shell/speak.js';

/** @param {HTMLElement} field where a screen reader hears the list by itself @param {() => void} redraw */
export function choosing(field, redraw) {
  /** @param {string} id */
  function choose(id) {
    Object.assign(now, { chosen: id, picked: true, more: false });
    redraw();
  }

  /** @param {number} by @returns {boolean} whether there was somewhere to go to */
  function step(by) {
    if (!now.offered.length) return false;
    const at = now.offered.findIndex((entry) => entry.suggestion.id === now.chosen);
    const next = Math.min(now.offered.length - 1, Math.max(0, at + by));
    if (next === at) return false;
    choose(now.offered[next].suggestion.id);
    document.getElementById(`tip-${next}`)?.scrollIntoView({ block: 'nearest' });
    if (document.activeElement !== field) tell(now.offered[next].suggestion.question);
    return true;
  }

  function toggleMore() {
    now.more = !now.more;
    redraw();
    byId('card').querySelector('.reasons')?.scrollIntoView({ block: 'nearest' });
  }
  return { choose, step, toggleMore };
}

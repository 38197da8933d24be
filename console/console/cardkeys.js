// The keys of the card: each presses the button that shows it, or does what no button does.
import { keysIn } from '/assets/shell/keys.js';

/** Keys that press the button they are printed on. */
const PRINTED = 'thdmfo1234567';
/** Those of them that report, and are answered also where there is no tip: whoever presses one means something by it. */
const REPORTS = 'thd';

/**
 * @param {HTMLElement} place
 * @param {import('/assets/console/coming.js').Coming} coming what is not there yet is waited for
 * @param {object} does
 * @param {() => unknown} does.say
 * @param {() => unknown} does.handOver
 * @param {() => unknown} does.undo
 * @param {() => unknown} does.correct
 * @param {() => unknown} does.customer
 * @param {(by: number) => unknown} does.step
 * @param {() => unknown} does.back
 * @param {() => unknown} does.nothing where there is no tip to report of
 */
export function cardKeys(place, coming, { say, handOver, undo, correct, customer, step, back, nothing }) {
  /** Presses the button inside that shows the key. @param {string} key @returns {boolean} */
  function press(key) {
    if (coming.card) return coming.then(() => press(key), key);
    const button = place.querySelector(`[data-key="${key}"]`);
    if (button instanceof HTMLElement) button.click();
    else if (REPORTS.includes(key)) nothing();
    else return false;
    return true;
  }
  /** Where focus is in the card itself: in a button or a link the key is that one's. @param {() => unknown} does */
  const itself = (does) => (/** @type {KeyboardEvent} */ event) => (event.target === place.firstElementChild ? void does() : false);
  keysIn(place, {
    ...Object.fromEntries(Array.from(PRINTED, (key) => [key, () => press(key)])),
    w: () => coming.then(handOver, 'w'), z: () => coming.then(undo, 'z'), s: () => coming.then(correct, 's'),
    c: () => { customer(); },
    Enter: itself(say), ArrowDown: itself(() => step(1)), ArrowUp: itself(() => step(-1)),
    Escape: () => { back(); },
  });
  place.addEventListener('keydown', (event) => {
    const by = event.ctrlKey && !event.metaKey && !event.altKey && { j: 1, n: 1, p: -1 }[event.key?.toLowerCase()];
    if (!by) return;
    event.preventDefault();
    step(by);
  });
}

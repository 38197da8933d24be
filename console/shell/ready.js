// A place that opens with several answers shows them together, in whatever order they come, so that none pushes another down.
import { tell } from '/assets/shell/speak.js';

/** Later than this, waiting is worth a word. */
const STALLED_MS = 400;

/**
 * Shows a place once all of its parts are there. None waits for ever: each asks the server, which has so long to answer.
 * @param {HTMLElement} place
 * @param {...Promise<unknown>} parts
 */
export async function together(place, ...parts) {
  const slow = setTimeout(() => { place.dataset.waiting = 'slow'; tell('Still reading.'); }, STALLED_MS);
  await Promise.allSettled(parts);
  clearTimeout(slow);
  place.removeAttribute('data-waiting');
}

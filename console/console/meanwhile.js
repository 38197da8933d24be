// What happens while somebody reads: told above the card, which never changes by itself.
import { note } from '/assets/console/note.js';
import { byId, el } from '/assets/shell/dom.js';
import { onLive } from '/assets/shell/live.js';
import { tell } from '/assets/shell/speak.js';
import { many } from '/assets/shell/words.js';

/**
 * @param {object} page
 * @param {import('/assets/shell/queue.js').Queue} page.queue
 * @param {() => boolean} page.reading whether there is an answer that could be another one now
 * @param {() => void} page.again asks anew
 */
export function meanwhile({ queue, reading, again }) {
  let changes = 0;
  let does = again;
  const [line, words] = [byId('changes'), el('span', {})];
  const button = el('button', { type: 'button', class: 'quiet-button', onclick: () => does() }, 'Ask again');

  /** Offers to ask again. @param {string} why @param {() => void} [then] what to do instead of only asking */
  function offer(why, then) {
    if (!reading()) return;
    does = then ?? does;
    if (words.textContent !== why) words.textContent = why;
    if (!line.firstChild) line.append(words, ' ', button);
  }

  /** What is shown is as new as can be. */
  function settled() {
    [changes, does] = [0, again];
    words.textContent = '';
    line.replaceChildren();
  }

  queue.watch((waiting, why) => {
    byId('waiting').hidden = !waiting;
    byId('waiting').textContent = waiting ? `${many(waiting, 'report waits', 'reports wait')} for the server, and will be sent by itself. ${why}` : '';
  });
  queue.refusedLater = (/** @type {string} */ told) => {
    note(`A report that had waited was refused. ${told}`, true);
    tell(`A report that had waited was refused. ${told}`);
  };
  onLive('library', (event) => {
    changes += event.changed.length + event.removed.length || 1;
    offer(`The library changed (${changes} new).`);
  });
  onLive('reset', () => offer('The library may have changed meanwhile.'));
  return { offer, settled };
}

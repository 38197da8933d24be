// What happens while somebody reads: told above the card, which never changes by itself.
import { forgetNames } from '/assets/console/names.js';
import { note } from '/assets/console/note.js';
import { call, get, pages } from '/assets/shell/api.js';
import { byId, el } from '/assets/shell/dom.js';
import { onLive } from '/assets/shell/live.js';
import { tell } from '/assets/shell/speak.js';
import { many } from '/assets/shell/words.js';

/** @typedef {import('/assets/shell/types.js').Answer} Answer */

/** Reports come in bursts: one look tells of all of them. */
const REPORTS_MS = 500;
/** Enough that one that is told makes room for none that was not looked at before. */
const ALL = 20;

/** @param {Answer} answer */
const suggested = ({ tip, others }) => [...(tip ? [tip] : []), ...others].map(({ id }) => id);

/**
 * What others reported to this customer while the answer was on the screen: those of its tips that are not suggested any more.
 * @param {Answer} answer @param {Record<string, unknown>} question
 * @returns {Promise<Map<string, 'told' | 'wrong'> | null>} null where nobody knows
 */
export async function lost(answer, question) {
  const { body } = await call('POST', '/v1/suggest', { json: { ...question, limit: ALL } });
  // Another library suggests other tips; that is offered.
  if (body.library !== answer.library) return null;
  const there = new Set(suggested(body));
  const gone = suggested(answer).filter((id) => !there.has(id));
  const wrong = gone.length ? new Set((await pages('/v1/flags', {})).items.map((/** @type {{ tip: string }} */ { tip }) => tip)) : new Set();
  return new Map(gone.map((id) => [id, wrong.has(id) ? 'wrong' : 'told']));
}

/** What an editor did, in words. @param {boolean[]} gone of each tip that is another one now, whether it is gone */
export function changed(gone) {
  const removed = gone.filter(Boolean).length;
  const told = [gone.length - removed && `${many(gone.length - removed, 'tip is', 'tips are')} new or edited`, removed && `${many(removed, 'tip is', 'tips are')} gone`];
  return `The library changed${gone.length ? `: ${told.filter(Boolean).join(', ')}` : ''}.`;
}

/**
 * @param {object} page
 * @param {import('/assets/shell/queue.js').Queue} page.queue
 * @param {() => string | null} page.library the library that is shown an answer of; null without an answer
 * @param {() => void} page.again asks anew
 * @param {() => boolean} page.unheard asks again what nobody has answered; false where there is nothing
 * @param {(key: string) => string} page.refused what stands again where a report is refused, in words
 * @param {() => { answer: Answer, question: Record<string, unknown> } | null} page.shown what is shown to a customer who is named
 * @param {(lost: Map<string, 'told' | 'wrong'>) => void} page.elsewhere what others reported to them meanwhile
 */
export function meanwhile({ queue, library, again, unheard, refused, shown, elsewhere }) {
  /** @type {Map<string, boolean>} tips that changed, and whether they are gone */
  const changes = new Map();
  let does = again;
  const [line, words] = [byId('changes'), el('span', {})];
  const button = el('button', { type: 'button', class: 'quiet-button', onclick: () => does() }, 'Ask again');

  /** Offers to ask again. @param {string} why @param {() => void} [then] what to do instead of only asking */
  function offer(why, then) {
    if (library() === null) return;
    does = then ?? does;
    if (words.textContent !== why) words.textContent = why;
    if (!line.firstChild) line.append(words, ' ', button);
  }

  /** What is shown is as new as can be. */
  function settled() {
    changes.clear();
    does = again;
    words.textContent = '';
    line.replaceChildren();
  }

  queue.watch((waiting, why) => {
    byId('waiting').hidden = !waiting;
    byId('waiting').textContent = waiting ? `${many(waiting, 'report waits', 'reports wait')} for the server, and will be sent by ${waiting === 1 ? 'itself' : 'themselves'}. ${why}` : '';
  });
  queue.refusedLater = (told, key) => {
    const words = `A report that had waited was refused. ${told}${refused(key)}`;
    note(words, true);
    tell(words);
  };
  /** @type {Set<string>} */
  const reports = new Set();
  async function look() {
    const own = new Set(queue.taken.values());
    const news = [...reports].some((id) => !own.has(id));
    reports.clear();
    const before = news ? shown() : null;
    const found = before && await lost(before.answer, before.question).catch(() => null);
    if (found && shown()?.answer === before.answer) elsewhere(found);
  }
  const heard = (id = '') => {
    if (!reports.size) setTimeout(() => void look(), REPORTS_MS);
    reports.add(id);
  };
  onLive('outcome', ({ id }) => heard(id));
  onLive('library', (event) => {
    forgetNames();
    for (const [gone, ids] of /** @type {[boolean, string[]][]} */ ([[false, event.changed], [true, event.removed]])) for (const id of ids) changes.set(id, gone);
    offer(changed([...changes.values()]));
  });
  onLive('reset', async () => {
    forgetNames();
    heard();
    if (unheard()) return;
    // It was away, and most likely nothing has changed.
    const now = await get('/v1/library').then(({ fingerprint }) => fingerprint, () => '');
    if (now !== library()) offer('The library may have changed meanwhile.');
  });
  addEventListener('online', unheard);
  return { offer, settled };
}

// How much waits, beside the filters: balloons without an answer, and promises that fall due.
import { get } from '/assets/shell/api.js';
import { el } from '/assets/shell/dom.js';

/** Where more wait than this, `200+` says enough. */
const MOST = 200;

/** @typedef {{ items: any[], next: string | null } | null} Page */

/** @param {Page} page */
const number = (page) => (page?.items.length ? `${page.items.length}${page.next ? '+' : ''}` : '');

/** What falls due within a day, and what is late before all. @param {Page} page */
function due(page) {
  const late = page?.items.filter(({ state }) => state === 'overdue').length;
  return late ? `${late}${late === MOST ? '+' : ''} overdue` : number(page) && `${number(page)} due`;
}

/** @param {HTMLElement[]} filters buttons with a `data-filter` @returns {() => Promise<void>} counts anew */
export function counts(filters) {
  const place = (/** @type {string} */ name) => {
    const made = el('small', { class: 'number' });
    filters.find(({ dataset }) => dataset.filter === name)?.append(' ', made);
    return made;
  };
  const [waiting, promised] = [place('waiting'), place('promises')];
  let turn = 0;
  return async () => {
    const own = ++turn;
    const asked = [['/v1/balloons', 'waiting'], ['/v1/promises', 'due']].map(([path, state]) => get(path, { state, limit: MOST }).catch(() => undefined));
    const [balloons, promises] = await Promise.all(asked);
    if (own !== turn) return;
    // What cannot be counted now stays as it was.
    if (balloons !== undefined) waiting.textContent = number(balloons);
    if (promises === undefined) return;
    promised.textContent = due(promises);
    promised.classList.toggle('late', promised.textContent.endsWith('overdue'));
  };
}

// Promises: what falls due, and whether it was kept.
import { Attempts, get, post, sentence } from '/assets/shell/api.js';
import { el } from '/assets/shell/dom.js';
import { dayName, many } from '/assets/shell/words.js';
import { ago, until } from '/assets/balloons/clock.js';

/** @typedef {import('/assets/balloons/types.js').Promised} Promised */

/** @param {Pick<Promised, 'state'>} one */
const isOpen = ({ state }) => ['open', 'due', 'overdue'].includes(state);

/** @param {Promised} one */
function when({ state, due, settled_at: settled }) {
  if (state === 'overdue') return `overdue, was due ${ago(due)}`;
  return isOpen({ state }) ? `due in ${until(due)}` : `${state} on ${dayName(settled ?? due)}`;
}

/** All promises, page by page. */
async function all() {
  /** @type {Promised[]} */
  const items = [];
  let cursor = null;
  do {
    const page = await get('/v1/promises', { cursor, limit: 200 });
    items.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return items;
}

/**
 * Draws the promises into the list and the form beside it.
 * @param {{ rows: HTMLElement, count: HTMLElement, pane: HTMLElement, said: (sentence: string, bad?: boolean) => void, current: () => boolean }} place
 */
export async function promises({ rows, count, pane, said, current }) {
  const items = await all();
  if (!current()) return;
  const open = items.filter(isOpen);
  const settled = items.filter((one) => !isOpen(one)).reverse();
  const late = open.filter(({ state }) => state === 'overdue').length;
  count.textContent = open.length ? `${many(open.length, 'promise')} to keep${late ? `, ${late} overdue` : ''}` : 'No promise is open.';
  const again = () => promises({ rows, count, pane, said, current });
  let settling = false;
  const settle = async (/** @type {Promised} */ one, /** @type {'kept' | 'broken'} */ how) => {
    if (settling) return;
    settling = true;
    try {
      await post(`/v1/promises/${encodeURIComponent(one.id)}/${how}`, undefined);
      said(how === 'kept' ? `Kept: ${one.what}` : `Noted as broken: ${one.what}. A word to the customer helps more than silence.`);
      const at = [...rows.children].findIndex((row) => row.contains(document.activeElement));
      await again();
      const next = rows.children[Math.min(at, rows.children.length - 1)];
      (/** @type {HTMLElement | null | undefined} */ (next?.querySelector('button')) ?? count).focus();
    } catch (error) {
      said(sentence(error), true);
    } finally {
      settling = false;
    }
  };
  count.tabIndex = -1;
  rows.replaceChildren(...[...open, ...settled].map((one) => el('li', { class: 'promise', 'data-id': one.id },
    el('span', {}, el('span', { class: 'row-title', dir: 'auto' }, one.what), el('span', { class: one.state === 'overdue' ? 'row-note late' : 'row-note', dir: 'auto' }, [when(one), one.owner].filter(Boolean).join(' · '))),
    isOpen(one) ? el('div', { class: 'buttons' }, el('button', { type: 'button', class: 'button', 'data-settle': 'kept', onclick: () => void settle(one, 'kept') }, 'Kept', el('span', { class: 'unseen' }, `: ${one.what}`), ' ', el('kbd', { 'aria-hidden': 'true' }, 'K')), el('button', { type: 'button', class: 'quiet-button', onclick: () => void settle(one, 'broken') }, 'Broken', el('span', { class: 'unseen' }, `: ${one.what}`))) : null)));
  if (!pane.querySelector('form')) pane.replaceChildren(newPromise(said, again));
}

/** @param {(sentence: string, bad?: boolean) => void} said @param {() => Promise<void>} made */
function newPromise(said, made) {
  const field = (/** @type {string} */ id, /** @type {string} */ label, /** @type {Record<string, unknown>} */ how, /** @type {string} */ hint = '') => {
    const input = el('input', { id, autocomplete: 'off', maxlength: 512, 'aria-describedby': hint ? `${id}-hint` : null, ...how });
    return { input, shown: el('div', { class: 'field' }, el('label', { for: id }, label), input, hint ? el('p', { class: 'hint', id: `${id}-hint` }, hint) : null) };
  };
  const what = field('what', 'What was promised?', { required: true, dir: 'auto', placeholder: 'Call back about the refund' });
  const due = field('due', 'By when?', { type: 'datetime-local', required: true });
  const owner = field('owner', 'Who keeps it?', { dir: 'auto' });
  const customer = field('customer', 'To whom?', {}, 'Your own number for the customer. Only a keyed hash of it is kept.');
  const attempts = new Attempts();
  let busy = false;
  const form = el('form', {
    class: 'acting',
    onsubmit: async (/** @type {Event} */ event) => {
      event.preventDefault();
      if (busy) return;
      busy = true;
      const promise = { what: what.input.value, due: new Date(due.input.value).toISOString(), owner: owner.input.value || null, customer: customer.input.value || null };
      try {
        await post('/v1/promises', promise, attempts.key(promise));
        attempts.over();
        said(`Promised: ${promise.what}`);
        form.reset();
        what.input.focus();
      } catch (error) {
        said(`${sentence(error)} Nothing is lost: it is still in the form.`, true);
        return;
      } finally {
        busy = false;
      }
      await made().catch((error) => said(`It is promised. The list cannot be read. ${sentence(error)}`, true));
    },
  }, el('h2', {}, 'A new promise'), what.shown, due.shown, owner.shown, customer.shown, el('button', { type: 'submit', class: 'strong-button' }, 'Promise it'));
  return form;
}

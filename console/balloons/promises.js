// Promises: what falls due, and whether it was kept.
import { Attempts, pages, post, sentence } from '/assets/shell/api.js';
import { el, redrawn } from '/assets/shell/dom.js';
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

/**
 * Draws the promises into the list and the form beside it.
 * @param {{ rows: HTMLElement, count: HTMLElement, pane: HTMLElement, said: (sentence: string, bad?: boolean) => void, current: () => boolean, again: () => Promise<void> }} place `again` reads and draws them anew
 */
export async function promises({ rows, count, pane, said, current, again }) {
  const { items } = /** @type {{ items: Promised[] }} */ (await pages('/v1/promises', { limit: 200 }));
  if (!current()) return;
  const open = items.filter(isOpen);
  const settled = items.filter((one) => !isOpen(one)).reverse();
  const late = open.filter(({ state }) => state === 'overdue').length;
  count.textContent = open.length ? `${many(open.length, 'promise')} to keep${late ? `, ${late} overdue` : ''}` : 'No promise is open.';
  let settling = false;
  const settle = async (/** @type {Promised} */ one, /** @type {'kept' | 'broken'} */ how) => {
    if (settling) return;
    settling = true;
    try {
      await post(`/v1/promises/${encodeURIComponent(one.id)}/${how}`, undefined);
      said(how === 'kept' ? `Kept: ${one.what}` : `Noted as broken: ${one.what}. A word to the customer helps more than silence.`);
      await again();
    } catch (error) {
      said(sentence(error), true);
    } finally {
      settling = false;
    }
  };
  count.tabIndex = -1;
  redrawn(rows, count, () => rows.replaceChildren(...[...open, ...settled].map((one) => row(one, settle))));
  form ??= newPromise(said, again);
  // What is half written there stays.
  if (!pane.contains(form)) pane.replaceChildren(form);
}

/** The form for a new one: it keeps what is written in it while something else is open beside the list. @type {HTMLFormElement | undefined} */
let form;

/** @param {Promised} one @param {(one: Promised, how: 'kept' | 'broken') => Promise<void>} settle */
function row(one, settle) {
  const button = (/** @type {'kept' | 'broken'} */ how, /** @type {string} */ kind, /** @type {import('/assets/shell/dom.js').Child[]} */ ...label) => el('button', { type: 'button', class: kind, 'data-settle': how, onclick: () => void settle(one, how) }, ...label);
  return el('li', { class: 'promise', 'data-id': one.id },
    el('span', {}, el('span', { class: 'row-title', dir: 'auto' }, one.what), el('span', { class: one.state === 'overdue' ? 'row-note late' : 'row-note', dir: 'auto' }, [when(one), one.owner].filter(Boolean).join(' · '))),
    isOpen(one) ? el('div', { class: 'buttons' }, button('kept', 'button', 'Kept', el('span', { class: 'unseen' }, `: ${one.what}`), ' ', el('kbd', { 'aria-hidden': 'true' }, 'K')),
      button('broken', 'quiet-button', 'Broken', el('span', { class: 'unseen' }, `: ${one.what}`))) : null);
}

/** @param {(sentence: string, bad?: boolean) => void} said @param {() => Promise<void>} made reads the list anew */
function newPromise(said, made) {
  const field = (/** @type {string} */ id, /** @type {string} */ label, /** @type {Record<string, unknown>} */ how, /** @type {string} */ hint = '') => {
    const input = el('input', { id, autocomplete: 'off', maxlength: 512, 'aria-describedby': hint ? `${id}-hint` : null, ...how });
    return { input, shown: el('div', { class: 'field' }, el('label', { for: id }, label), input, hint ? el('p', { class: 'hint', id: `${id}-hint` }, hint) : null) };
  };
  const what = field('what', 'What was promised?', { required: true, dir: 'auto', placeholder: 'Call back about the refund' });
  const due = field('due', 'By when?', { type: 'datetime-local', required: true, max: '9999-12-31T23:59' });
  const owner = field('owner', 'Who keeps it?', { dir: 'auto' });
  const customer = field('customer', 'To whom?', {}, 'Your own number for the customer. Only a keyed hash of it is kept.');
  const attempts = new Attempts();
  let busy = false;
  return el('form', {
    class: 'acting',
    onsubmit: async (/** @type {Event} */ event) => {
      event.preventDefault();
      if (busy) return;
      busy = true;
      const written = [what, due, owner, customer].map(({ input }) => input.value);
      try {
        const promise = { what: written[0], due: new Date(written[1]).toISOString(), owner: written[2] || null, customer: written[3] || null };
        await post('/v1/promises', promise, attempts.key(promise));
        attempts.over();
        said(`Promised: ${promise.what}`);
        // Unless somebody has begun the next one meanwhile.
        if ([what, due, owner, customer].every(({ input }, at) => input.value === written[at])) {
          for (const { input } of [what, due, owner, customer]) input.value = '';
          if (document.activeElement?.closest('form') === event.target) what.input.focus();
        }
      } catch (error) {
        said(`${sentence(error)} Nothing is lost: it is still in the form.`, true);
        return;
      } finally {
        busy = false;
      }
      await made().catch((error) => said(`It is promised. The list cannot be read. ${sentence(error)}`, true));
    },
  }, el('h2', {}, 'A new promise'), what.shown, due.shown, owner.shown, customer.shown, el('button', { type: 'submit', class: 'strong-button' }, 'Promise it'));
}

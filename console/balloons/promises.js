// Promises: what falls due, and whether it was kept.
import { ApiProblem, pages, post, sentence } from '/assets/shell/api.js';
import { el, redrawn } from '/assets/shell/dom.js';
import { openPromise, promiseForm } from '/assets/shell/promise.js';
import { dayName, many } from '/assets/shell/words.js';
import { ago, until } from '/assets/balloons/clock.js';

/** @typedef {import('/assets/balloons/types.js').Promised} Promised */

/** What was settled is shown for so many days after it was due, and what was settled on this page as long as that is open; the pulse counts all of it. */
const SETTLED_DAYS = 30;
const DAY_MS = 86_400_000;
/** Of those, so many at most: the list is for what is still to keep. */
const SETTLED = 100;

/** What was settled on this page, however long ago it was due: a slip can be taken back. @type {Map<string, Promised>} */
const here = new Map();

/** @param {Promised} one */
const settledAt = ({ settled_at: settled, due }) => Date.parse(settled ?? due);

/** All that are open, soonest due first, then the settled ones of late, latest settled first. @returns {Promise<Promised[]>} */
async function read() {
  const from = new Date(Date.now() - SETTLED_DAYS * DAY_MS).toISOString();
  const [open, ...settled] = await Promise.all([
    pages('/v1/promises', { state: 'open', limit: 200 }),
    ...['kept', 'broken'].map((state) => pages('/v1/promises', { state, due_from: from, limit: 200 })),
  ]);
  const listed = settled.flatMap(({ items }) => items);
  const there = new Set([...open.items, ...listed].map(({ id }) => id));
  const late = [...listed, ...[...here.values()].filter(({ id }) => !there.has(id))].sort((a, b) => settledAt(b) - settledAt(a));
  // One that was settled between two of the answers is in both.
  const known = new Set(late.map(({ id }) => id));
  return [...open.items.filter(({ id }) => !known.has(id)), ...late.slice(0, SETTLED)];
}

/** What the list shows now. @type {Promised[]} */
let shown = [];

/** How many are not as the list shows them: made, settled or opened again elsewhere. */
export async function promisesChanged() {
  const states = (/** @type {Promised[]} */ items) => new Map(items.map((one) => [one.id, isOpen(one) ? 'open' : one.state]));
  const after = states(await read());
  const before = states(shown);
  return [...after].filter(([id, state]) => before.get(id) !== state).length + [...before.keys()].filter((id) => !after.has(id)).length;
}

/** Says how old things are by now. @param {HTMLElement} rows @param {HTMLElement} count */
export function promisesOlder(rows, count) {
  for (const one of shown) {
    if (isOpen(one) && Date.parse(one.due) < Date.now()) one.state = 'overdue';
    rows.querySelector(`[data-id="${CSS.escape(one.id)}"] .row-note`)?.replaceWith(note(one));
  }
  count.textContent = counted();
}

/** @param {Pick<Promised, 'state'>} one */
const isOpen = ({ state }) => ['open', 'due', 'overdue'].includes(state);

/** @param {Promised} one */
function when({ state, due, settled_at: settled }) {
  if (state === 'overdue') return `overdue, was due ${ago(due)}`;
  if (isOpen({ state })) return `due in ${until(due)}`;
  // After the day on which it was due, in UTC: as the pulse counts it.
  const day = (/** @type {string} */ at) => Math.floor(Date.parse(at) / DAY_MS);
  const late = state === 'kept' && settled !== null && day(settled) > day(due);
  return `${state} on ${dayName(settled ?? due)}${late ? ', late' : ''}`;
}

/**
 * Draws the promises into the list and the form beside it.
 * @param {{ rows: HTMLElement, count: HTMLElement, pane: HTMLElement, said: (sentence: string, bad?: boolean) => void, current: () => boolean, again: () => Promise<void> }} place `again` reads and draws them anew
 */
export async function promises({ rows, count, pane, said, current, again }) {
  const items = await read();
  if (!current()) return;
  shown = items;
  count.textContent = counted();
  let settling = false;
  const settle = async (/** @type {Promised} */ one, /** @type {How} */ how) => {
    if (settling) return;
    settling = true;
    try {
      const after = /** @type {Promised} */ (await post(`/v1/promises/${encodeURIComponent(one.id)}/${how}`, undefined));
      if (how === 'open') here.delete(one.id);
      else here.set(one.id, after);
      said(SAID[how](one.what));
      const at = [...rows.children].findIndex((there) => there.contains(document.activeElement));
      await again();
      // What is settled goes to the end of the list; whoever works through it goes on with the one that took its place.
      if (how !== 'open' && at >= 0 && rows.contains(document.activeElement)) /** @type {HTMLElement | null | undefined} */ (rows.children[at]?.querySelector('button'))?.focus({ preventScroll: true });
    } catch (error) {
      if (!(error instanceof ApiProblem && error.problem.type.endsWith('/decided'))) return said(sentence(error), true);
      await again();
      said(`Somebody was faster: it is noted as ${shown.find(({ id }) => id === one.id)?.state ?? 'settled'} already. “Open again” takes that back.`);
    } finally {
      settling = false;
    }
  };
  count.tabIndex = -1;
  redrawn(rows, count, () => rows.replaceChildren(...items.map((one) => row(one, settle))));
  form ??= newPromise(said, again);
  // What is half written there stays.
  if (!pane.contains(form)) pane.replaceChildren(form);
}

function counted() {
  const open = shown.filter(isOpen);
  const late = open.filter(({ state }) => state === 'overdue').length;
  return open.length ? `${many(open.length, 'promise')} to keep${late ? `, ${late} overdue` : ''}` : 'No promise is open.';
}

/** The form for a new one: it keeps what is written in it while something else is open beside the list. @type {HTMLFormElement | undefined} */
let form;

/** @typedef {'kept' | 'broken' | 'open'} How */

/** @param {Promised} one */
const note = (one) => el('span', { class: one.state === 'overdue' ? 'row-note late' : 'row-note', dir: 'auto' }, [when(one), one.owner].filter(Boolean).join(' · '));

/** Which one a button is for, to whoever hears it. @param {Promised} one */
const named = ({ what }) => el('span', { class: 'unseen' }, `: ${what}`);

/** What is said once it is so. @type {Record<How, (what: string) => string>} */
const SAID = {
  kept: (what) => `Kept: ${what}`,
  broken: (what) => `Noted as broken: ${what}. A word to the customer helps more than silence.`,
  open: (what) => `Open again: ${what}`,
};

/** @param {Promised} one @param {(one: Promised, how: How) => Promise<void>} settle */
function row(one, settle) {
  const button = (/** @type {How} */ how, /** @type {string} */ kind, /** @type {import('/assets/shell/dom.js').Child[]} */ ...label) => el('button', { type: 'button', class: kind, 'data-settle': how, onclick: () => void settle(one, how) }, ...label);
  return el('li', { class: 'promise', 'data-id': one.id },
    el('span', {}, el('span', { class: 'row-title', dir: 'auto' }, one.what), note(one)),
    el('div', { class: 'buttons' }, ...(isOpen(one)
      ? [button('kept', 'button', 'Kept', named(one), ' ', el('kbd', { 'aria-hidden': 'true' }, 'D')), button('broken', 'quiet-button', 'Broken', named(one))]
      : [button('open', 'quiet-button', 'Open again', named(one))])));
}

/** @param {(sentence: string, bad?: boolean) => void} said @param {() => Promise<void>} made reads the list anew */
function newPromise(said, made) {
  const { form: own, first } = promiseForm('', {
    noted: ({ what }, empty) => {
      said(`Promised: ${what}`);
      if (empty && own.contains(document.activeElement)) first.focus();
      void made().catch((error) => said(`It is promised. The list cannot be read. ${sentence(error)}`, true));
    },
    refused: (told) => said(told, true),
  });
  return own;
}

/** On to what was promised: in the form beside the list where it is there, in the drawer elsewhere. */
export function promise() {
  if (form?.isConnected && form.checkVisibility?.() !== false) /** @type {HTMLElement} */ (form.querySelector('input')).focus();
  else openPromise();
}

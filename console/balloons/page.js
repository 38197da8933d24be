// The inbox: balloons oldest first, what is done with them, receipts, and promises.
import { ApiProblem, get, pages, post, sentence } from '/assets/shell/api.js';
import { byId, el, redrawn, refocused, replaceAddress } from '/assets/shell/dom.js';
import { keysIn } from '/assets/shell/keys.js';
import { onLive } from '/assets/shell/live.js';
import { together } from '/assets/shell/ready.js';
import { shell } from '/assets/shell/shell.js';
import { tell, tellWhenQuiet } from '/assets/shell/speak.js';
import { age, half, many } from '/assets/shell/words.js';
import { draw, open, overtaken } from '/assets/balloons/balloon.js';
import { became, clock, floated, meanwhile, teaser } from '/assets/balloons/clock.js';
import { counts } from '/assets/balloons/counts.js';
import { promise, promises, promisesChanged, promisesOlder } from '/assets/balloons/promises.js';

/** @typedef {import('/assets/balloons/types.js').Balloon} Balloon */

const [main, rows, pane, count, more, fresh] = [byId('main'), byId('rows'), byId('open'), byId('count'), byId('more'), byId('fresh')];
const filters = /** @type {HTMLButtonElement[]} */ ([...byId('filters').querySelectorAll('button')]);
const recount = counts(filters);
const PAGE = 50;
const MINUTE_MS = 60_000;

const asked = new URLSearchParams(location.search);
const now = { filter: asked.get('show') ?? 'waiting', items: /** @type {Balloon[]} */ ([]), next: /** @type {string | null} */ (null), id: asked.get('balloon'), turn: 0, pane: 0, busy: false };
if (!filters.some(({ dataset }) => dataset.filter === now.filter)) now.filter = 'waiting';

/** @type {Promise<void> | null} the next page of the list, while it is on its way */
let growing = null;

/** What is shown where there is room for one side only: the list, or promises with their form. */
const resting = () => (now.filter === 'promises' ? 'both' : 'list');

/** Says what happened, where it stays to be read. @param {string} sentence @param {boolean} [bad] */
function said(sentence, bad = false) {
  const place = byId('said');
  place.hidden = !sentence;
  place.className = bad ? 'said bad' : 'said';
  place.textContent = sentence;
  if (sentence) tell(sentence);
}

function address() {
  const query = new URLSearchParams(Object.entries({ show: now.filter === 'waiting' ? '' : now.filter, balloon: now.id ?? '' }).filter(([, value]) => value));
  replaceAddress(query.size ? `/balloons?${query}` : '/balloons');
}

/** Whether it still belongs to what the list shows. @param {Balloon} balloon */
const belongs = ({ state, merged }) => !merged && (now.filter === '' || state === now.filter);

/** @param {Balloon} balloon */
const noteOf = (balloon) => [balloon.changed ? meanwhile(balloon) : '', age(balloon.given_at), clock(balloon), balloon.givers.length > 1 ? many(balloon.givers.length, 'giver') : ''].filter(Boolean).join(' · ');
const noteClass = (/** @type {Balloon} */ balloon) => (floated(balloon) ? 'row-note late' : 'row-note');

/** @param {Balloon} balloon */
function row(balloon) {
  return el('li', { 'data-id': balloon.id }, el('button', { type: 'button', class: 'row', onclick: () => show(now.items.find(({ id }) => id === balloon.id) ?? balloon, true) },
    el('span', { class: 'row-title', dir: 'auto' }, teaser(balloon.text)), el('span', { class: noteClass(balloon) }, noteOf(balloon))));
}

/** @param {boolean} [keep] as many rows as there are, at least @returns {Promise<void>} */
async function read(keep = false) {
  const turn = ++now.turn;
  for (const button of filters) button.setAttribute('aria-pressed', String(button.dataset.filter === now.filter));
  fresh.hidden = true;
  more.hidden = true;
  void numbers();
  void recount();
  const current = () => turn === now.turn;
  const stalled = setTimeout(() => { if (current() && !keep) count.textContent = 'Reading …'; }, 300);
  try {
    if (now.filter === 'promises') {
      if (!keep) rows.replaceChildren();
      await promises({ rows, count, pane, said, current, again: () => read(true) });
      // What was counted while it was read is in it.
      if (current()) fresh.hidden = true;
      return;
    }
    const { items, next } = await pages('/v1/balloons', { state: now.filter, limit: PAGE }, keep ? now.items.length : 1);
    if (!current()) return;
    [now.items, now.next] = [items, next];
    redrawn(rows, pane, () => rows.replaceChildren(...items.map(row)));
    counted();
    mark();
  } catch (error) {
    if (current()) { count.textContent = 'The list cannot be read.'; said(sentence(error), true); }
  } finally {
    clearTimeout(stalled);
  }
}

function counted() {
  const [items, next] = [now.items.filter(belongs), now.next];
  // What is new and not shown yet is said beside it.
  const none = fresh.hidden || !now.items.length ? EMPTY[now.filter] ?? 'There is none.' : 'None of these any more';
  // Those keep their rows until the list is read anew.
  const others = now.items.length - items.length;
  count.textContent = items.length ? `${next ? `The oldest ${items.length}` : many(items.length, 'balloon')}, oldest first${others ? `; ${others} more ${others === 1 ? 'has' : 'have'} just changed` : ''}` : none;
  more.hidden = !next;
}

/** @type {Record<string, string>} */
const EMPTY = { waiting: 'None waits for an answer. B lets one go, on every page.', acknowledged: 'None is read and undecided.', adopted: 'None has become a tip yet.', declined: 'None was declined.', '': 'Nobody has let one go yet. B does, on every page.' };

async function numbers() {
  byId('numbers').hidden = now.filter === 'promises';
  if (now.filter === 'promises') return;
  const pulse = await get('/v1/pulse').catch(() => null);
  if (!pulse) return;
  // How many wait is said above: the pulse may have counted them a while ago.
  const { median_hours_to_acknowledgement: seen, median_of_acknowledgement: read, median_hours_to_decision: decided, median_of_decision: done } = pulse.balloons;
  byId('numbers').textContent = [half('acknowledged', seen, read), half('decided about', decided, done)].filter(Boolean).join(' · ');
}

function mark() {
  for (const one of rows.children) {
    const here = /** @type {HTMLElement} */ (one).dataset.id === now.id;
    one.classList.toggle('chosen', here);
    one.querySelector('button')?.[here ? 'setAttribute' : 'removeAttribute']('aria-current', 'true');
  }
}

/** What one goes to in each row: the balloon, or the first that can be done with a promise. */
const buttons = () => /** @type {HTMLButtonElement[]} */ ([...rows.children].map((one) => one.querySelector('button')).filter(Boolean));

/** What is open changes; an answer that was asked for before does not replace it. @returns {number} */
const turned = () => ++now.pane;

/** @param {Balloon} balloon @param {boolean} [focus] */
function show(balloon, focus = false) {
  turned();
  now.id = balloon.id;
  main.dataset.view = 'open';
  const id = encodeURIComponent(balloon.id);
  draw(pane, balloon, now.items.filter(open), {
    back,
    acknowledge: () => void act(`${id}/acknowledge`, undefined, 'Acknowledged: whoever gave it can see that.', stay),
    adopt: () => { location.href = `/library?${new URLSearchParams({ balloon: balloon.id })}`; },
    merge: (into) => void act(`${id}/merge`, { into }, 'Merged: all givers are kept together.'),
    writing: () => { turned(); },
    decline: (reason) => void act(`${id}/decline`, { reason }, 'Declined: the reason can be read with the receipt.'),
  });
  mark();
  address();
  if (focus) pane.querySelector('h2')?.focus();
}

/** Does it, and goes on from there. @param {string} path @param {unknown} json @param {string} done @param {(balloon: Balloon, turn: number, at: number) => Promise<void>} [then] */
async function act(path, json, done, then = goOn) {
  if (now.busy) return;
  now.busy = true;
  const [mine, turn] = [now.id ?? '', now.pane];
  // Of those that will still be in the list.
  const at = now.items.slice(0, Math.max(0, now.items.findIndex(({ id }) => id === mine))).filter(belongs).length;
  try {
    await then(/** @type {Balloon} */ (await post(`/v1/balloons/${path}`, json)), turn, at);
    said(done);
  } catch (error) {
    if (decided(error)) await late(mine, error);
    else said(sentence(error), true);
  } finally {
    now.busy = false;
  }
}

/** Whoever types elsewhere, in the drawer or a receipt, is left alone. */
const typing = () => !pane.contains(document.activeElement) && Boolean(document.activeElement?.matches('input, textarea'));

/** It is decided: the next in the list opens. @param {Balloon} balloon @param {number} turn @param {number} at */
async function goOn(balloon, turn, at) {
  await read(true);
  // Whoever opened another one meanwhile, or writes in it, is left alone.
  if (turn !== now.pane) return;
  const next = now.items.find(({ id }) => id === balloon.id) ?? now.items[Math.min(at, now.items.length - 1)];
  if (next) show(next, !typing());
  else { back(); count.tabIndex = -1; count.focus(); }
}

/** It is read, and not decided: it stays open, its row in its place, and the next key is still about it. @param {Balloon} balloon @param {number} turn */
async function stay(balloon, turn) {
  const there = noted(balloon.id, balloon);
  void numbers();
  void recount();
  if (turn === now.pane) show(there, !typing());
}

/** @param {unknown} error @returns {error is ApiProblem} */
const decided = (error) => error instanceof ApiProblem && error.problem.type.endsWith('/decided');

/** Somebody else was faster: the row and what is open say so. A reason that was written is kept. @param {string} id @param {ApiProblem} error */
async function late(id, { problem }) {
  const there = /** @type {Balloon | null} */ (await get(`/v1/balloons/${encodeURIComponent(id)}`).catch(() => null));
  const balloon = there && heard(id, there);
  if (!balloon || open(balloon)) return said(problem.detail, true);
  if (now.id === id) refocused(pane, 'h2', () => show(balloon), pane);
  said(`Somebody was faster: it was ${meanwhile(balloon)}. What you did is not sent.`);
}

/** What somebody else did with a balloon is said where it is open, too. @param {string} id @param {Balloon} there */
function heard(id, there) {
  const before = now.items.find((one) => one.id === id);
  const balloon = noted(id, there);
  if (before && balloon.changed !== before.changed && now.id === id) { overtaken(pane, balloon); tell(`It was ${meanwhile(balloon)}.`); }
  return balloon;
}

/** What became of a balloon is said in its row, which stays where it is. @param {string} id @param {Balloon} there */
function noted(id, there) {
  const at = now.items.findIndex((one) => one.id === id);
  const before = now.items[at];
  const merged = there.id !== id;
  const changed = !before || before.state !== there.state || merged !== Boolean(before.merged) ? new Date().toISOString() : before.changed;
  /** @type {Balloon} */
  const balloon = { ...(merged && before ? before : there), id, merged, changed };
  if (!before) return balloon;
  now.items[at] = balloon;
  note(balloon);
  counted();
  return balloon;
}

function back() {
  turned();
  main.dataset.view = resting();
  const at = now.items.findIndex(({ id }) => id === now.id);
  now.id = null;
  address();
  mark();
  rest();
  if (now.filter === 'promises') void read(true);
  (buttons()[Math.max(0, at)] ?? filters.find(({ dataset }) => dataset.filter === now.filter))?.focus();
}

/** What is beside the list while nothing is open: with promises, the form for a new one, which their list brings. */
const rest = () => pane.replaceChildren(...(now.filter === 'promises' ? [] : [welcome()]));

const welcome = () => el('div', { class: 'empty' }, el('p', {}, 'Choose a balloon to read it. The oldest comes first, whoever gave it.'),
  el('p', {}, [['J K', 'go through the list, '], ['Enter', 'opens, '], ['A', 'acknowledges, '], ['T', 'makes a tip of it, '], ['G', 'merges, '], ['X', 'declines.']].flatMap(([keys, does]) => [...(keys ?? '').split(' ').map((key) => el('kbd', {}, key)), ` ${does}`])));

/** What a receipt tells. @param {string} receipt */
async function lookUp(receipt) {
  const turn = turned();
  main.dataset.view = 'open';
  try {
    const balloon = /** @type {Balloon} */ (await get(`/v1/balloons/${encodeURIComponent(receipt)}`));
    if (turn !== now.pane) return;
    pane.replaceChildren(el('button', { type: 'button', class: 'quiet-button back', onclick: back }, 'Back'), el('p', { class: 'kicker' }, 'Your balloon'), el('h2', { tabindex: -1, dir: 'auto' }, balloon.text), el('p', { dir: 'auto' }, balloon.merged ? 'It was merged into another one. ' : '', became(balloon)));
  } catch (error) {
    if (turn !== now.pane) return;
    pane.replaceChildren(el('button', { type: 'button', class: 'quiet-button back', onclick: back }, 'Back'), el('h2', { tabindex: -1 }, 'No balloon has this receipt'), el('p', {}, `It is 32 letters and digits, as you were shown when you let it go. ${sentence(error)}`));
  }
  const title = pane.querySelector('h2');
  title?.focus();
  tell([...pane.querySelectorAll('h2, h2 + p')].map((one) => one.textContent).join(' '));
}

/** @param {1 | -1} step */
function move(step) {
  const all = buttons();
  const here = all.findIndex((button) => button.closest('li')?.contains(document.activeElement));
  const at = here >= 0 ? here : all.findIndex((button) => button.hasAttribute('aria-current'));
  all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + step))]?.focus();
}

/** Presses a button of what is open. @param {string} key */
const press = (key) => {
  const button = /** @type {HTMLButtonElement | null} */ (pane.querySelector(`[data-act="${key}"]`));
  if (!button) return false;
  button.click();
  return true;
};

/** @param {string} filter */
function choose(filter) {
  turned();
  Object.assign(now, { filter, id: null, items: [] });
  main.dataset.view = resting();
  said('');
  rest();
  address();
  void read().then(() => tellWhenQuiet(() => count.textContent ?? ''));
}

async function readMore() {
  const turn = now.turn;
  try {
    const page = await get('/v1/balloons', { state: now.filter, cursor: now.next, limit: PAGE });
    if (turn !== now.turn) return; // another list by now
    const first = page.items.map(row);
    rows.append(...first);
    now.items.push(...page.items);
    now.next = page.next;
    counted();
    first[0]?.querySelector('button')?.focus();
  } catch (error) {
    if (turn === now.turn) said(`No more could be read. ${sentence(error)}`, true);
  }
}

for (const button of filters) button.addEventListener('click', () => choose(button.dataset.filter ?? ''));
byId('receipt-form').addEventListener('submit', (event) => { event.preventDefault(); const receipt = /** @type {HTMLInputElement} */ (byId('receipt')).value.trim(); if (receipt) void lookUp(receipt); });
more.addEventListener('click', () => { growing ??= readMore().finally(() => { growing = null; }); });

/** The promise that one is at was kept. */
function kept() {
  const button = /** @type {HTMLElement | null | undefined} */ (document.activeElement?.closest('.promise')?.querySelector('[data-settle="kept"]'));
  button?.click();
  return Boolean(button);
}

keysIn(document, {
  j: () => move(1), k: () => move(-1), d: kept,
  ArrowDown: () => rows.contains(document.activeElement) && move(1), ArrowUp: () => rows.contains(document.activeElement) && move(-1),
  p: promise, a: () => press('A'), t: () => press('T'), g: () => press('G'), x: () => press('X'),
  Escape: () => (main.dataset.view === 'open' ? back() : false),
});
shell({ keys: [['J K', 'through the list'], ['Enter', 'open'], ['A', 'acknowledge'], ['T', 'make a tip of it'], ['G', 'merge'], ['X', 'decline'], ['D', 'kept, on a promise'], ['P', 'note a promise']] });

// What others do is told of, and what they let go is shown when asked for: rows do not move under the eye.
/** @param {{ id?: string }} event */
async function look({ id: which }) {
  void recount();
  if (now.filter === 'promises') return;
  const turn = now.turn;
  const page = await get('/v1/balloons', { state: now.filter, limit: Math.min(200, Math.max(PAGE, now.items.length + 1)) }).catch(() => null);
  if (!page || turn !== now.turn) return;
  const there = new Map(page.items.map((/** @type {Balloon} */ one) => [one.id, one]));
  const gone = now.items.filter(({ id, changed }) => !there.has(id) && !changed && (which ? id === which : !page.next)).map(({ id }) => id);
  // What this page does itself, it reads anew by itself.
  if (!now.busy) {
    for (const { id } of now.items) if (there.has(id)) heard(id, there.get(id));
    await Promise.all(gone.map((id) => get(`/v1/balloons/${encodeURIComponent(id)}`).then((one) => turn === now.turn && !now.busy && heard(id, one), () => {})));
    if (turn !== now.turn) return;
  }
  const known = new Set(now.items.map(({ id }) => id));
  const news = [...there.keys()].filter((id) => !known.has(id)).length;
  fresh.hidden = !news || Boolean(now.next);
  fresh.textContent = `${news} new: show`;
  if (now.items.length) counted();
  if (!fresh.hidden) tell(`${news} new.`);
}
async function lookAtPromises() {
  void recount();
  if (now.filter !== 'promises') return;
  const turn = now.turn;
  const others = await promisesChanged().catch(() => 0);
  if (turn !== now.turn || now.filter !== 'promises') return;
  fresh.hidden = !others;
  fresh.textContent = `${others} changed: show`;
  if (others) tell(`${others} changed.`);
}
for (const kind of /** @type {const} */ (['balloon', 'reset'])) onLive(kind, (event) => void look(event));
for (const kind of /** @type {const} */ (['promise', 'reset'])) onLive(kind, () => void lookAtPromises());
fresh.addEventListener('click', async () => { await read(true); buttons().at(now.filter === 'promises' ? 0 : -1)?.focus(); });

/** How a row stands, in its place. @param {Balloon} balloon */
function note(balloon) {
  const place = rows.querySelector(`[data-id="${CSS.escape(balloon.id)}"] .row-note`);
  if (!place) return;
  place.textContent = noteOf(balloon);
  place.className = noteClass(balloon);
}

/** A page that is open all day shows how old things are now. */
function grownOlder() {
  void recount();
  if (now.filter === 'promises') promisesOlder(rows, count);
  else now.items.forEach(note);
}
setInterval(grownOlder, MINUTE_MS);

main.dataset.view = resting();
rest();
const receipt = asked.get('receipt');
if (receipt) {
  /** @type {HTMLInputElement} */ (byId('receipt')).value = receipt;
  void lookUp(receipt);
}
async function begin() {
  const turn = now.pane;
  await read();
  if (!now.id || receipt) return;
  const balloon = now.items.find(({ id }) => id === now.id) ?? await get(`/v1/balloons/${encodeURIComponent(now.id)}`).catch(() => null);
  if (balloon && turn === now.pane) show(balloon);
}
const begun = Promise.all([begin(), recount()]);
for (const place of ['filters', 'panes']) void together(byId(place), begun);

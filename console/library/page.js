// The editors' desk: the list on one side, a tip on the other; and the way between reading, writing and back.
import { ApiProblem, get, sentence, post } from '/assets/shell/api.js';
import { byId, coded, el, replaceAddress } from '/assets/shell/dom.js';
import { composing, keysIn } from '/assets/shell/keys.js';
import { onLive } from '/assets/shell/live.js';
import { together } from '/assets/shell/ready.js';
import { shell } from '/assets/shell/shell.js';
import { tell } from '/assets/shell/speak.js';
import { left } from '/assets/library/drafts.js';
import { balloonText, newText, withKey } from '/assets/library/front.js';
import { likelyAfter } from '/assets/shell/gaps.js';
import { list } from '/assets/library/list.js';
import { nothing, open, sheet } from '/assets/library/sheet.js';
import { readSource, remove, save } from '/assets/library/tips.js';
import { isIssue, ready } from '/assets/library/vocabulary.js';
import { write } from '/assets/library/writing.js';

/** @typedef {import('/assets/library/types.js').Source} Source */
/** @typedef {import('/assets/library/sheet.js').Opened} Opened */

const main = byId('main');
const pane = byId('tip-pane');
const first = new URLSearchParams(location.search);

const INBOX = '/balloons';

/** A busy desk reports many a second: one look tells of all of them. */
const REPORTS_MS = 1000;

/**
 * What is open: a tip's sheet, a text being written, or nothing; `inbox` is where one came from to write it.
 * @type {{ opened: Opened | null, writing: import('/assets/library/writing.js').Writing | null, inbox: string | null, turn: number }}
 */
const now = { opened: null, writing: null, inbox: null, turn: 0 };

const rows = list({
  wanted: { filter: first.get('filter') ?? 'all', section: first.get('section') ?? '', words: first.get('q') ?? '' },
  chosen: ({ filter, section, words }) => {
    const query = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries({ filter: filter === 'all' ? '' : filter, section, q: words })) {
      if (value) query.set(name, value);
      else query.delete(name);
    }
    replaceAddress(`/library${query.size ? `?${query}` : ''}`);
  },
});

/** Does what was asked for, or says why not. @param {Promise<unknown> | undefined} work @returns {Promise<void>} */
async function go(work) {
  try {
    await work;
  } catch (error) {
    notice('bad', sentence(error));
    tell(sentence(error));
    if (main.dataset.view === 'write' && !now.writing) backToList();
  }
}

/** @param {'list' | 'sheet' | 'write'} view */
function show(view) {
  main.dataset.view = view;
  if (view !== 'write') {
    now.writing?.leave();
    [now.writing, now.inbox] = [null, null];
  }
}

/** @param {Record<string, string | null>} changes @param {boolean} [replace] no step of its own to go back to */
function address(changes, replace = false) {
  const query = new URLSearchParams(location.search);
  for (const name of ['new', 'balloon', 'prevents', 'when', 'into', 'tip', 'edit']) query.delete(name);
  for (const [name, value] of Object.entries(changes)) if (value !== null) query.set(name, value);
  const next = `/library${query.size ? `?${query}` : ''}`.replaceAll('%2F', '/');
  if (next === location.pathname + location.search) return;
  if (replace) replaceAddress(next);
  else history.pushState(null, '', next);
}

/** @param {string} id @param {{ focus?: boolean, edit?: boolean, line?: number, quiet?: boolean, replace?: boolean }} [how] */
async function openTip(id, { focus = true, edit = false, line, quiet = false, replace = false } = {}) {
  const turn = ++now.turn;
  const inside = pane.contains(document.activeElement);
  const opened = await open(id);
  if (turn !== now.turn) return;
  now.inbox = null;
  if (!quiet) byId('notice').replaceChildren();
  now.opened = opened;
  rows.opened(opened?.source.id ?? null);
  address({ tip: opened?.source.id ?? id, edit: edit ? '1' : null }, replace);
  if (edit && opened && !opened.source.text.includes('\uFFFD')) return writeText(opened.source, { line });
  show('sheet');
  const drawn = opened ? sheet(pane, opened, { edit: (at) => void go(edited(at)), checked, remove: removed, back: backToList, settled: () => void rows.refresh() }) : nothing(pane, id, backToList, left(id).length ? () => void go(writeText({ id, text: newText('', null), tag: null })) : null);
  // A sheet that is read anew keeps whoever reads it.
  if (focus || inside) pane.querySelector('h2')?.focus({ preventScroll: !focus });
  await drawn;
}

/** @param {number} [line] */
const edited = (line) => (now.opened ? openTip(now.opened.source.id, { edit: true, line }) : undefined);

/** @param {Source} source @param {{ line?: number, section?: string, first?: (source: Source) => Promise<string | null> }} [how] */
async function writeText(source, how = {}) {
  const turn = now.turn;
  const current = () => turn === now.turn;
  now.writing?.leave();
  now.writing = null;
  show('write');
  const writing = await write(pane, source, {
    line: how.line, section: how.section, current,
    ways: {
      back: (id) => { if (toInbox()) return; if (id === null) backToList(); else void go(openTip(id)); },
      saved: (id) => {
        void rows.refresh();
        if (!current()) return;
        rows.opened(id);
        if (now.inbox) now.inbox = INBOX; // it is decided about: the next one waits there
        address({ tip: id, edit: '1' });
      },
      refused: (id, told) => notice('bad', `${id} was not saved. ${told} What you wrote is kept: it is offered where you write it again.`),
      first: how.first,
    },
  });
  if (!writing) return;
  now.writing = writing;
  await writing.checked;
}

/** @param {{ question?: string, prevents?: string | null, when?: string | null, section?: string, balloon?: string | null, text?: string, replace?: boolean }} [about] */
async function newTip({ question = '', prevents = null, when = null, section = rows.section(), balloon = null, text = newText(question, prevents, when?.split('\n').filter(Boolean)), replace = false } = {}) {
  ++now.turn;
  now.inbox = balloon && `${INBOX}?${new URLSearchParams({ balloon })}`;
  now.opened = null;
  rows.opened(null);
  // Where the tip belongs, if not to what the list shows: a reload asks for it again.
  const into = !balloon && section !== rows.section() ? section : null;
  address({ new: question, prevents, when: when || null, balloon, into }, replace);
  // A balloon is answered by the tip it becomes: adopting it writes a draft, which the saved text replaces.
  const adopt = async (/** @type {Source} */ source) => {
    const path = `/v1/balloons/${encodeURIComponent(balloon ?? '')}`;
    await post(`${path}/adopt`, { id: source.id }).catch(async (error) => {
      // The answer to the first time may have been lost: adopted as this very tip, it is adopted.
      const there = error instanceof ApiProblem && error.problem.status === 409 ? await get(path) : null;
      if (there?.tip !== source.id) throw error;
    });
    return (await readSource(source.id))?.tag ?? null;
  };
  await writeText({ id: '', text, tag: null }, { section, first: balloon ? adopt : undefined });
}

/** @param {string} id */
async function fromBalloon(id) {
  const balloon = await get(`/v1/balloons/${encodeURIComponent(id)}`);
  if (balloon.tip) return openTip(balloon.tip, { edit: true, replace: true });
  await ready().catch(() => {});
  await newTip({ replace: true, text: balloonText(balloon, isIssue, await earlier(balloon)), section: balloon.product ?? '', balloon: id });
}

/** The issues after which customers come back with what rose by itself. @param {{ product: string | null, issue: string | null, rose_by_itself: boolean }} balloon */
async function earlier({ product, issue, rose_by_itself: rose }) {
  if (!rose || !issue) return [];
  const gaps = await get('/v1/gaps', { limit: 500 }).catch(() => ({ items: [] }));
  return likelyAfter(gaps.items.find((/** @type {import('/assets/library/types.js').Gap} */ gap) => gap.issue === issue && gap.product === product)?.follows ?? []);
}

/** Back to the balloons, where the text was made of one. @returns {boolean} */
function toInbox() {
  if (now.inbox) location.href = now.inbox;
  return Boolean(now.inbox);
}

function backToList() {
  ++now.turn;
  show('list');
  now.opened = null;
  pane.replaceChildren(welcome());
  if (!byId('list-pane').contains(document.activeElement)) rows.focus();
  rows.opened(null);
  address({});
}

/** One thing at a time is done to a file. */
let busy = false;

/** @param {string} failed what to say where it cannot be done @param {() => Promise<void>} does */
async function once(failed, does) {
  if (busy) return;
  busy = true;
  try {
    await does();
  } catch (error) {
    notice('bad', `${failed} ${sentence(error)}`);
  } finally {
    busy = false;
  }
}

/** Sets the day of the last check in the text, and saves it. */
const checked = () => once('It could not be marked.', async () => {
  const [source, turn] = [now.opened?.source, now.turn];
  if (!source) return;
  await save({ ...source, text: withKey(source.text, 'verified', new Date().toISOString().slice(0, 10)) });
  tell('Marked as checked today.');
  // Whoever went on meanwhile is not called back.
  if (turn === now.turn) await openTip(source.id, { focus: false, quiet: true });
  notice('', 'Marked as checked today.');
  void rows.refresh();
});

/** @type {Source | null} what was deleted last, for undo */
let deleted = null;
/** @type {Source | null} what is being deleted here: that it went is no news to its sheet */
let leaving = null;

const removed = () => once('It was not deleted.', async () => {
  const [opened, turn] = [now.opened, now.turn];
  if (!opened) return;
  leaving = opened.source;
  await remove(opened.source).catch((error) => {
    leaving = null;
    void reread(opened.source).catch(() => {});
    throw error;
  });
  deleted = opened.source;
  if (turn === now.turn) backToList();
  notice('', `Deleted: ${opened.tip?.question ?? opened.source.id}`, el('button', { type: 'button', class: 'button', onclick: undo }, 'Undo ', el('kbd', {}, 'Z')));
  tell('Deleted. Press Z to undo.');
  void rows.refresh();
});

const undo = () => once('It could not be put back.', async () => {
  if (!deleted) return;
  const source = deleted;
  try {
    await save({ ...source, tag: null });
  } catch (error) {
    if (!(error instanceof ApiProblem && error.problem.status === 422)) throw error;
    // A file with errors is not taken as it was: its text is, to be mended.
    deleted = null;
    ++now.turn;
    now.opened = null;
    await writeText({ ...source, tag: null });
    notice('', 'It had errors, so it cannot be put back as it was. Here is its text: mend it, and save.');
    return;
  }
  deleted = null;
  byId('notice').replaceChildren();
  tell('It is back.');
  await Promise.all([rows.refresh(), openTip(source.id)]);
});

/** @param {'' | 'bad'} tone @param {string} words @param {...Node} more */
function notice(tone, words, ...more) {
  byId('notice').replaceChildren(el('p', { class: `note said ${tone}`, role: tone ? 'alert' : null }, el('span', {}, coded(words)), more));
}

const welcome = () => el('div', { class: 'empty' }, el('p', {}, rows.bare() ? 'Nothing is written yet. A tip is a question that a customer would come back with, and its answer.' : 'Choose a tip to read it, or write a new one.'),
  el('p', {}, el('kbd', {}, '/'), ' searches, ', el('kbd', {}, 'J'), ' ', el('kbd', {}, 'K'), ' go through the list, ', el('kbd', {}, 'Enter'), ' opens, ', el('kbd', {}, 'E'), ' edits, ', el('kbd', {}, 'N'), ' begins a new one.'));

/** What the address asks for. @param {boolean} focus */
async function follow(focus) {
  const asked = new URLSearchParams(location.search);
  const [tip, balloon] = [asked.get('tip'), asked.get('balloon')];
  if (tip) return openTip(tip, { focus, edit: asked.has('edit'), replace: true });
  if (balloon) return fromBalloon(balloon);
  if (asked.has('new')) return newTip({ question: asked.get('new') ?? '', prevents: asked.get('prevents'), when: asked.get('when'), section: asked.get('into') ?? asked.get('section') ?? '', replace: true });
  show('list');
  now.opened = null;
  rows.opened(null);
  await rows.first;
  if (main.dataset.view !== 'list' || now.opened) return;
  pane.replaceChildren(welcome());
}

main.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button || link.target || new URL(link.href).origin !== location.origin || new URL(link.href).pathname !== '/library') return;
  event.preventDefault();
  const asked = new URL(link.href).searchParams;
  const tip = asked.get('tip');
  void go(tip ? openTip(tip) : newTip({ question: asked.get('new') ?? '', prevents: asked.get('prevents'), when: asked.get('when'), section: asked.get('section') ?? rows.section() }));
});
byId('new').addEventListener('click', () => void go(newTip({ question: rows.words() })));
window.addEventListener('popstate', () => { ++now.turn; void go(follow(true)); });

document.addEventListener('keydown', (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 's') {
    event.preventDefault();
    void now.writing?.save();
  }
});
byId('q').addEventListener('keydown', (event) => {
  if (composing(event) || !['ArrowDown', 'Enter', 'Escape'].includes(event.key)) return;
  if (event.key === 'Escape' && /** @type {HTMLInputElement} */ (event.target).value) return;
  event.preventDefault();
  rows.focus();
});
const reading = () => main.dataset.view !== 'write';
keysIn(document, {
  '/': () => { if (main.dataset.view !== 'list') backToList(); byId('q').focus(); },
  // While a text is open, and before it can be typed in, these are letters.
  j: () => reading() && rows.move(1), k: () => reading() && rows.move(-1),
  ArrowDown: () => byId('rows').contains(document.activeElement) && rows.move(1) === undefined,
  ArrowUp: () => byId('rows').contains(document.activeElement) && rows.move(-1) === undefined,
  e: () => {
    const id = reading() && rows.at();
    if (id) void go(openTip(id, { edit: true }));
    else if (main.dataset.view === 'sheet') void go(edited());
  },
  n: () => reading() && void go(newTip({ question: rows.words() })),
  z: () => reading() && void undo(),
  Escape: () => { if (toInbox()) return; if (now.writing) now.writing.back(); else if (main.dataset.view !== 'list') backToList(); },
});
shell({ keys: [['/', 'search'], ['J K', 'through the list'], ['Enter', 'open'], ['E', 'edit'], ['N', 'a new tip'], ['Ctrl S', 'save'], ['Z', 'undo a deletion']] });

/** Something changed: the list follows; an open sheet is read anew, an open text is left alone and told of. */
function changed() {
  void rows.follow();
  if (now.writing) void now.writing.look().catch(() => {});
  else if (now.opened) void reread(now.opened.source).catch(() => {});
}

/** @param {Source} source */
async function reread(source) {
  const there = await readSource(source.id);
  if (there?.tag !== source.tag && now.opened?.source === source && leaving !== source && !now.writing) await openTip(source.id, { focus: false, quiet: true });
}
onLive('library', changed);
onLive('reset', changed);
/** @type {ReturnType<typeof setTimeout> | undefined} */
let reported;
onLive('outcome', () => { reported ??= setTimeout(() => { reported = undefined; void rows.recount(); }, REPORTS_MS); });

// What opens at once is shown at once: the list does not flash up before a text.
if (['edit', 'new', 'balloon'].some((name) => first.has(name))) main.dataset.view = 'write';
else if (first.has('tip')) main.dataset.view = 'sheet';
void together(byId('list-pane'), rows.first);
void together(pane, go(follow(false)));

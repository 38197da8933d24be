// Writing a tip: the text, what check finds in it, the card it becomes, and saving without losing anybody's words.
import { ApiProblem, sentence } from '/assets/shell/api.js';
import { coded, el } from '/assets/shell/dom.js';
import { drawn, shutDrawer } from '/assets/shell/drawer.js';
import { tell, tellWhenQuiet } from '/assets/shell/speak.js';
import { fitting } from '/assets/library/complete.js';
import { conflict } from '/assets/library/conflict.js';
import { NEW, forget, keep, left, newSlot } from '/assets/library/drafts.js';
import { openEditor } from '/assets/library/editor.js';
import { findings, summary } from '/assets/library/findings.js';
import { isDraft, placeToWrite } from '/assets/library/front.js';
import { naming } from '/assets/library/naming.js';
import { offer } from '/assets/library/offers.js';
import { preview } from '/assets/library/preview.js';
import { placed } from '/assets/library/spans.js';
import { isConflict, readSource, save, tryText } from '/assets/library/tips.js';
import { ready, sectionHere, vocabulary } from '/assets/library/vocabulary.js';

/** @typedef {import('/assets/library/types.js').Source} Source */
/** @typedef {{ back: (id: string | null) => void, saved: (id: string) => void, refused: (id: string, told: string) => void, first?: (source: Source) => Promise<string | null> }} Ways `refused` tells whoever has left what became of their save; `first` makes the file that is then replaced, and gives its version */
/** @typedef {{ save: () => Promise<void>, back: () => void, leave: () => void, look: () => Promise<void>, checked: Promise<unknown> }} Writing `checked` ends once the text has been checked for the first time */

/** Typing that pauses this long is checked: below a quarter of a second it would flicker. */
const CHECK_MS = 250;

/**
 * @param {HTMLElement} pane
 * @param {Source} source
 * @param {{ section?: string, line?: number, current: () => boolean, ways: Ways }} more `current`: whether it is still wanted
 * @returns {Promise<Writing | null>} null where something else was opened meanwhile
 */
export async function write(pane, source, { section = '', line, current, ways }) {
  const fresh = source.tag === null;
  const newline = source.text.includes('\r\n') ? '\r\n' : '\n';
  const begun = source.text.replaceAll('\r\n', '\n');
  const now = { id: source.id, tag: source.tag, slot: newSlot(fresh ? NEW : source.id), saved: begun, busy: false, turn: 0 };
  let [opened, gone] = [false, false];
  // What is not begun lacks everything: nobody is told so before a key was pressed.
  let untouched = fresh && !source.id;
  const name = fresh ? await naming(section, begun, (id) => { now.id = id; if (opened) { kept(); void check(); } }) : null;
  if (!current()) return null;
  if (source.id) name?.set(source.id);
  if (name) now.id = name.id();

  const status = el('p', { class: 'status note' }, fresh ? 'Not saved yet.' : 'Saved.');
  const back = () => ways.back(fresh && now.tag === null ? null : now.id);
  const saveButton = el('button', { type: 'button', class: 'strong-button', onclick: () => store() }, 'Save ', el('kbd', {}, 'Ctrl S'));
  const backButton = el('button', { type: 'button', class: 'quiet-button', onclick: () => back() }, 'Back ', el('kbd', {}, 'Esc'));
  const place = el('div', { class: 'notices' });
  const host = el('div', { class: 'editor-host' });
  const found = el('div', { class: 'found' });
  const shown = el('div', { class: 'preview' });
  const before = el('h3', { class: 'label' }, 'As the console will show it');
  const heading = el('h2', { class: 'writing-name', tabindex: -1 }, fresh ? 'A new tip' : now.id);
  pane.replaceChildren(el('div', { class: 'writing' },
    el('div', { class: 'writing-head' }, backButton, heading, status, saveButton), place, name?.node ?? '',
    el('div', { class: 'writing-panes' },
      el('div', {}, host, el('p', { class: 'hint' }, el('kbd', {}, 'Ctrl Space'), ' completes, ', el('kbd', {}, 'Tab'), ' leaves the text, ', el('kbd', {}, 'Esc'), ' goes to Back, and a second one goes back.'), found),
      el('section', { 'aria-label': 'As the console will show it' }, before, shown))));

  ready().catch(() => {}); // without it nothing completes, and all else works
  const editor = await openEditor(host, { text: begun, onChange: typed, onEscape: () => (drawn() ? shutDrawer(false) : backButton.focus()), fitting: (text, at) => fitting(text, at, vocabulary(sectionHere(now.id, text))) });
  if (!current()) {
    editor.end();
    return null;
  }
  opened = true;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  const dirty = () => editor.text() !== now.saved;
  const say = (/** @type {string} */ words) => { status.textContent = words; };

  /** What is typed is kept in the browser, under the name that it has by now. */
  function kept() {
    if (dirty()) keep(now.slot, { text: editor.text(), tag: now.tag, id: now.id });
  }

  /** @param {string} text */
  function typed(text) {
    untouched = false;
    say(text === now.saved ? 'Saved.' : 'Not saved yet; kept in this browser.');
    if (text === now.saved) forget(now.slot);
    else kept();
    name?.follow(text);
    clearTimeout(waiting);
    waiting = setTimeout(check, CHECK_MS);
  }

  async function check() {
    clearTimeout(waiting);
    const [text, turn] = [editor.text(), ++now.turn];
    try {
      const tried = await tryText(now.id, text);
      // What was typed meanwhile is checked for itself.
      if (turn !== now.turn || text !== editor.text()) return undefined;
      if (untouched) {
        found.replaceChildren(el('h3', { class: 'label' }, 'What check finds'), el('p', { class: 'hint' }, 'It is shown here while you type.'));
        shown.replaceChildren(nothingYet());
        return tried;
      }
      const at = placed(text, tried.items);
      editor.show(at);
      const show = (/** @type {import('/assets/library/spans.js').Placed} */ one) => editor.focus(one.from, one.to);
      // Their places are those of the text that was checked.
      const mend = (/** @type {import('/assets/library/spans.js').Placed} */ one) => { if (one.fix && editor.text() === text) editor.mend(one.fix); editor.focus(); };
      found.replaceChildren(el('h3', { class: 'label' }, summary(tried)), findings(at, { show, mend }));
      tellWhenQuiet(() => (tried.items.length ? summary(tried) : ''));
      if (tried.tip) shown.replaceChildren(preview(tried.tip));
      const old = !tried.tip && shown.querySelector('.card');
      shown.classList.toggle('stale', Boolean(old));
      before.textContent = old ? 'As it was before the errors' : 'As the console will show it';
      if (!tried.tip && !shown.firstChild) shown.replaceChildren(nothingYet());
      return tried;
    } catch (error) {
      if (turn !== now.turn) return undefined;
      found.replaceChildren(el('p', { class: 'note warn' }, `The text could not be checked. ${sentence(error)}`));
      return undefined;
    }
  }

  async function store() {
    if (now.busy) return;
    untouched = false;
    const [id, text] = [now.id, editor.text()];
    now.busy = true;
    name?.hold(true);
    say('Saving…');
    try {
      if (now.tag === null && ways.first) {
        const tried = await tryText(id, text);
        if (!tried.errors) now.tag = await ways.first({ id, text, tag: null });
      }
      const { tag } = await save({ id, text: text.replaceAll('\n', newline), tag: now.tag });
      saved(text, tag);
    } catch (error) {
      await refused(error, text).catch((again) => notice('bad', `Not saved. ${sentence(again)}`));
    } finally {
      now.busy = false;
      name?.hold(false);
      name?.follow(editor.text());
    }
  }

  /** @param {string} text @param {string | null} tag */
  function saved(text, tag) {
    forget(now.slot);
    [now.tag, now.saved] = [tag, text];
    // What was typed meanwhile is not in the file, and is kept.
    const typedSince = editor.text();
    now.slot = newSlot(now.id);
    if (typedSince !== text) keep(now.slot, { text: typedSince, tag, id: now.id });
    place.replaceChildren();
    name?.node.remove();
    heading.textContent = now.id;
    const done = isDraft(text) ? 'Saved as a draft: nobody is given it yet.' : 'Saved, and served now.';
    say(typedSince === text ? done : 'Saved; what you typed since is not.');
    tell('Saved.');
    ways.saved(now.id);
  }

  /** @param {unknown} error @param {string} text */
  async function refused(error, text) {
    say('Not saved.');
    if (gone) return ways.refused(now.id, isConflict(error) ? 'Somebody else changed it meanwhile.' : sentence(error));
    if (isConflict(error)) return differs(text);
    const tried = error instanceof ApiProblem ? await check() : undefined;
    notice('bad', `Not saved. ${sentence(error)}`);
    const first = tried && placed(editor.text(), tried.items).find(({ finding }) => finding.severity === 'error');
    if (first) editor.focus(first.from, first.to);
  }

  /** @param {string} mine */
  async function differs(mine) {
    const theirs = await readSource(now.id);
    // Our own save, whose answer was lost on the way.
    if (theirs && theirs.text.replaceAll('\r\n', '\n') === mine) return saved(mine, theirs.tag);
    if (fresh && now.tag === null) {
      notice('warn', `There is a tip ${now.id} already. Choose another name, or open that one.`);
      name?.hold(false);
      name?.focus();
      return;
    }
    const keepMine = () => { now.tag = theirs?.tag ?? null; place.replaceChildren(); void store(); };
    const takeTheirs = () => take(/** @type {Source} */ (theirs));
    const both = conflict(theirs?.text ?? null, mine, { keepMine, takeTheirs });
    place.replaceChildren(both);
    both.focus();
    tell('Somebody else changed this tip. Both texts are shown.');
  }

  /** @param {Source} theirs */
  function take(theirs) {
    [now.tag, now.saved] = [theirs.tag, theirs.text.replaceAll('\r\n', '\n')];
    editor.set(now.saved);
    forget(now.slot);
    place.replaceChildren();
    say('Saved.');
    editor.focus();
  }

  /** @param {'warn' | 'bad'} tone @param {string} words @param {...HTMLElement} buttons */
  function notice(tone, words, ...buttons) {
    place.replaceChildren(el('div', { class: `note ${tone}`, role: tone === 'bad' ? 'alert' : null }, el('p', {}, coded(words)), buttons.length ? el('p', { class: 'buttons' }, buttons) : null));
  }

  /** The version elsewhere that was told of. @type {string | null | undefined} */
  let seen;

  /** Tells where the file is another one on the disk; touches nothing of what is typed. */
  async function look() {
    if (now.tag === null || now.busy) return;
    const there = await readSource(now.id);
    // Told once; and both texts are not covered while somebody compares them.
    if (now.busy || gone || there?.tag === now.tag || there?.tag === seen || place.querySelector('.conflict')) return;
    seen = there?.tag;
    notice('warn', there ? 'This file was changed elsewhere while it is open here.' : 'This file was deleted elsewhere while it is open here.',
      el('button', { type: 'button', class: 'button', onclick: () => void (there && !dirty() ? take(there) : differs(editor.text()).catch((error) => notice('bad', sentence(error)))) }, 'Show'));
    tell('This file was changed elsewhere.');
  }

  const offered = fresh ? [...(source.id ? left(source.id) : []), ...left(NEW)] : left(source.id);
  offer(place, offered.filter(({ text }) => text !== begun), {
    named: fresh,
    takeUp: (one) => {
      // What is typed here so far stays in its own slot.
      now.slot = one.slot;
      if (!fresh) now.tag = one.tag;
      editor.set(one.text);
      if (fresh && one.id) name?.set(one.id);
    },
    done: () => editor.focus(),
  });
  const lines = begun.split('\n');
  if (fresh && !line) editor.focus(...placeToWrite(begun));
  else editor.focus(line ? lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0) : 0);
  const leave = () => {
    gone = true;
    clearTimeout(waiting);
    editor.end();
  };
  return { save: store, back, leave, look, checked: check() };
}

const nothingYet = () => el('p', { class: 'empty' }, 'The card appears here once the text has a question and an answer.');

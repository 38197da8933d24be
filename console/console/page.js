// The console: type, Enter, speak, T. Talks only to the public API.
import { about, aboutNow, clearAbout, openCustomer, setAbout, setCustomer, watchAbout } from '/assets/console/about.js';
import { Outcomes } from '/assets/console/actions.js';
import { addressed, remember, rememberConversation, rememberReported } from '/assets/console/address.js';
import { Asking } from '/assets/console/asking.js';
import { cardKeys } from '/assets/console/cardkeys.js';
import { choosing } from '/assets/console/choosing.js';
import { Coming } from '/assets/console/coming.js';
import { copySay, copyWire } from '/assets/console/copying.js';
import { openCorrection } from '/assets/console/correcting.js';
import { steered } from '/assets/console/field.js';
import { drawing, focusCard } from '/assets/console/drawing.js';
import { asSaid, inOneLine } from '/assets/console/lines.js';
import { entries } from '/assets/console/list.js';
import { meanwhile } from '/assets/console/meanwhile.js';
import { KEYS } from '/assets/console/keys.js';
import { hold, note, release } from '/assets/console/note.js';
import { ownOf, withOwn } from '/assets/console/own.js';
import { follow } from '/assets/console/panel.js';
import { slip } from '/assets/console/slip.js';
import { spoken } from '/assets/console/spoken.js';
import { startCard } from '/assets/console/start.js';
import { current, nothing, now, unanswered } from '/assets/console/state.js';
import { notStill, still, watchReplaced } from '/assets/console/still.js';
import { wordsOutside } from '/assets/console/typing.js';
import { understood } from '/assets/console/understood.js';
import { sentence, unreached } from '/assets/shell/api.js';
import { openBalloon } from '/assets/shell/balloon.js';
import { attended, byId, el } from '/assets/shell/dom.js';
import { drawn, shutDrawer } from '/assets/shell/drawer.js';
import { openPromise } from '/assets/shell/promise.js';
import { pageQueue } from '/assets/shell/queue.js';
import { shell } from '/assets/shell/shell.js';
import { hush, tell, tellWhenQuiet } from '/assets/shell/speak.js';

/** @typedef {import('/assets/shell/types.js').Answer} Answer */

const framed = document.body.classList.contains('embed');
const field = /** @type {HTMLInputElement} */ (byId('text'));

/** @type {(() => void) | null} brings back the contact that Escape cleared */
let cleared = null;
/** Who is named so far: a name that changes is told from the first one by it. @type {string | undefined} */
let whose;

const queue = pageQueue();
const outcomes = new Outcomes(queue, reported, (text, bad) => { release(); note(text, bad); if (bad) tell(text); }, () => redraw(), rememberReported);
const start = startCard((words) => { field.value = words; field.focus(); ask(); });
const { choose, step, toggleMore } = choosing(field, () => redraw());
const { draw, redraw } = drawing(field, start, outcomes, { say, handOver, flag, promise, toggleMore, correct, takeBack, choose });
const coming = new Coming(() => { if (now.answer) for (const told of [note, tell]) told('The answer is on its way.'); }, (key) => {
  if (asking.settled && now.answer) for (const told of [note, tell]) told(`Another answer came, so nothing is done: press ${key.toUpperCase()} once it is so for this one.`);
});
/** Whether Enter waits for its answer. */
let entered = false;
const asking = new Asking({ answered, failed, stalled });
const news = meanwhile({
  queue, library: () => now.answer && now.answer.library, again: () => { field.focus(); ask(); }, unheard: () => asking.again(), refused: (key) => outcomes.refused(key), elsewhere: (lost) => outcomes.others(lost, now.chosen ?? ''),
  shown: () => {
    const asked = asking.settled ? question() : null;
    return now.answer && now.answeredFor && asked?.customer === now.answeredFor ? { answer: now.answer, question: asked } : null;
  },
});

// ---- asking ----

function question() {
  const text = asSaid(field.value);
  if (!text && !now.given.product && !now.given.issue) return null;
  return { text: text || undefined, product: now.given.product?.id, issue: now.given.issue?.id, ...about() };
}

function ask() {
  return asking.now(noted());
}

/** The question as it is now, remembered; where there is none, nothing is shown. */
function noted() {
  decided();
  whose = about().customer;
  remember({ text: field.value, given: now.given, customer: whose ?? '' });
  const asked = question();
  if (asked) goneOn();
  else clear();
  return asked;
}

function clear() {
  unanswered();
  now.trouble = null;
  note('');
  news.settled();
  slip(null);
  draw();
}

/** @param {Answer} found @param {Record<string, unknown>} asked @param {boolean} late */
function answered(found, asked, late) {
  const { all, card } = withOwn(entries(found), found, asked.text, outcomes.given, now.offered);
  const stays = now.picked && all.some((entry) => entry.suggestion.id === now.chosen);
  const next = stays ? now.chosen : (card?.suggestion ?? found.tip)?.id ?? null;
  // The server is back. Whoever is at a card meanwhile is offered another one: it changes under nobody's hands.
  if (late && now.chosen && next !== now.chosen && place.contains(document.activeElement)) {
    note('');
    news.offer('The server can be reached again, and has another answer.');
    return false;
  }
  Object.assign(now, { answer: found, answeredFor: asked.customer, offered: all, chosen: next, picked: stays, more: false, trouble: null });
  outcomes.elsewhere.clear();
  news.settled();
  slip(null);
  note(found.ledger === 'away' ? 'The ledger cannot be reached: nobody knows whether they were told before.' : '');
  draw();
  tellWhenQuiet(() => (document.activeElement === field ? spoken(now.answer, now.offered.length, card?.suggestion) : ''));
  return true;
}

function stalled() {
  // Where the card waits below what is understood, the word stands there: what is shown later must push nothing.
  if (document.body.classList.contains('asking')) byId('understood').replaceChildren(el('p', { class: 'note' }, 'Still asking…'));
  else note('Still asking…');
}

/** @param {unknown} error */
function failed(error) {
  if (!now.answer) byId('understood').replaceChildren();
  now.trouble = unreached(error) ? 'away' : 'broken';
  // Reached, the server has nothing to say to these words: a card for others is none that keys may act on.
  if (now.trouble === 'broken') {
    unanswered();
    now.more = false;
    draw();
  } else redraw();
  const told = unreached(error) ? `${sentence(error)} It is asked again by itself.${now.answer ? ' What you see is the last answer; what you report is kept and sent later.' : ''}` : sentence(error);
  note(told, true);
  tellWhenQuiet(() => told);
}

// ---- what the keys do ----

/** Copies the line to say, and says that it did. */
async function say() {
  const suggestion = current();
  if (!suggestion) return;
  focusCard(); // before the clipboard answers: the next key belongs to the card
  await copySay(suggestion);
}

async function handOver() {
  const suggestion = current();
  if (suggestion?.wire.length) await copyWire(suggestion);
}

/** It is wrong: out of sight at once, and a balloon says what is wrong with it. */
function flag() {
  const suggestion = current();
  if (!suggestion) return;
  outcomes.give({ tip: suggestion.id, outcome: 'dismissed', reason: 'inaccurate', question: suggestion.question });
  openBalloon({ text: `“${suggestion.question}” is wrong: `, product: suggestion.product ?? undefined }, suggestion.id,
    'The tip is flagged, and given to nobody until an editor has looked. Say what is wrong with it, if you like. Esc leaves it flagged; Z on the card takes that back.');
}

function promise() {
  openPromise({ customer: about().customer, tip: current() });
}

function correct() {
  if (!now.answer) return;
  openCorrection(byId('correcting'), now.answer.situation, (name, one) => {
    now.given = { ...now.given, [name]: one };
    tell(`${one.title}, as you said.`);
    byId('understood').scrollIntoView({ block: 'nearest' });
    ask();
  }, field);
}

/** @param {'product' | 'issue'} name */
function takeBack(name) {
  now.given = { ...now.given, [name]: null };
  field.focus();
  ask();
}

function reported() {
  const { customer } = about();
  return { suggestion: customer === now.answeredFor ? now.answer?.id : undefined, customer, channel: framed ? 'panel' : 'console' };
}

const place = byId('card');
cardKeys(place, coming, {
  say, handOver, undo: () => outcomes.undo(), correct, customer: openCustomer, step, nothing: () => { for (const told of [note, tell]) told('No tip is shown, so nothing is reported.'); },
  back: () => { if (now.more) { now.more = false; redraw(); } else if (!notStill()) field.focus(); },
});
steered(field, { typed: () => { goneOn(); asking.soon(noted); }, step, fresh, bringBack, help: () => byId('keys-open').click() });
const decided = watchReplaced(field, replaced);

/** Another contact: what was chosen, corrected and reported in the one before is gone; so is what was known of its customer. @param {string} [customer] */
function another(customer = '') {
  now.given = nothing();
  field.value = '';
  clearAbout();
  setCustomer(customer);
  whose = about().customer;
  outcomes.forget();
  coming.forget();
  byId('correcting').replaceChildren();
  goneOn();
  still(null);
  release();
  hush();
  clear();
}

function fresh() {
  if (notStill()) return;
  const before = field.value || now.answer || (!framed && about().customer) ? asItIs() : cleared;
  // The helpdesk says whose conversation it is; that stays until it says otherwise.
  another(framed ? about().customer : '');
  ask();
  cleared = before;
  if (before) for (const told of [hold, tell]) told('Cleared. Ctrl+Z brings it back.');
}

/** The contact as it is. @returns {() => void} makes it so again */
function asItIs() {
  const [text, set, reports, settled] = [field.value, aboutNow(), outcomes.given, asking.settled];
  const drawn = { ...now };
  return () => {
    release();
    field.value = text;
    setAbout(set);
    outcomes.given = reports;
    outcomes.keep();
    now.given = drawn.given;
    noted();
    Object.assign(now, drawn);
    draw();
    if (!settled) ask();
  };
}

/** Something new began: what Escape cleared is gone. */
function goneOn() {
  if (cleared) release();
  cleared = null;
}

/** What Escape cleared is there again. @returns {boolean} whether there is such */
function bringBack() {
  const back = cleared;
  cleared = null;
  back?.();
  if (back) tell('It is back.');
  return back !== null;
}

/** All words gave way to others: what was corrected in them is gone, and whose they are is asked. */
function replaced() {
  if (framed) return; // the helpdesk says whose
  now.given = nothing();
  const { customer } = about();
  if (!customer && !outcomes.given.length) return;
  still(customer ? `Is this still ${customer}?` : 'Is this still the same call?', () => {
    const text = field.value;
    another();
    field.value = text;
    field.focus();
    ask();
  });
}

/** Letters that are typed as words outside of their field go into it, and are no keys. */
function typedOutside() {
  const [acts, before, correcting, bar] = [outcomes.acts.length, now.more, byId('correcting').childElementCount, drawn()];
  return (/** @type {string} */ typed) => {
    const reported = outcomes.back(acts);
    coming.forget();
    now.more = before;
    if (!correcting) byId('correcting').replaceChildren();
    if (!bar) shutDrawer(false);
    redraw();
    field.value = [field.value.trimEnd(), typed].filter(Boolean).join(' ');
    field.focus();
    field.dispatchEvent(new Event('input', { bubbles: true }));
    for (const told of [hold, tell]) told(`That looked like words: they are in the field${reported ? ', and nothing is reported' : ''}.`);
  };
}

byId('ask').addEventListener('submit', (event) => {
  event.preventDefault();
  if (entered || !question()) return;
  entered = true;
  release();
  const seen = now.answer && (now.chosen ?? '');
  document.body.classList.remove('asking');
  focusCard(); // at once: who types Enter, T must not type a T into the words
  // Enter right after typing means the answer to what is typed.
  const answering = asking.settled && now.answer ? Promise.resolve() : asking.once(noted());
  // A key that is pressed before it came is meant for the card that is there, if there is one.
  void coming.wait(answering.then(() => asking.settled && (seen === null || now.chosen === seen))).finally(() => { entered = false; }).then(() => {
    if (!attended() || !place.contains(document.activeElement)) return; // they went elsewhere meanwhile
    if (!asking.settled || !now.answer) field.focus(); // nobody answered: what is shown belongs to other words
    else if (current()) say();
    else focusCard();
  });
});

// ---- what happens meanwhile ----

watchAbout((name) => (name === 'customer' ? named() : ask()), () => (question() ? focusCard() : field.focus()));

/** Who is named where nobody was is whom the card was read to; another one than before begins another contact. */
function named() {
  const [read, before, first] = [now.chosen, outcomes.given, !whose && Boolean(about().customer)];
  goneOn();
  if (first && before.length) return theirs(() => outcomes.named());
  if (!first) {
    // What was reported, and what is shown, was for somebody else.
    outcomes.forget();
    still(null);
    hush();
    clear();
  }
  // What is pressed before the answer for them comes is meant for the card that was read.
  void coming.wait(ask().then(() => {
    if (first && read && now.chosen !== read && asking.settled) for (const told of [note, tell]) told('For this customer it is another answer.');
    if (!first && before.length && whose) slip(() => theirs(() => outcomes.slipped(before)));
    return now.chosen === read && (asking.settled || asking.unheard !== null);
  }), false);
}

/** What was reported is of whoever is named now. @param {() => Promise<boolean>} moved whether any of it was not before */
function theirs(moved) {
  // What is reported with the name in the same moment is theirs anyway: that it was taken stays to be read.
  void moved().then((any) => askedAnew(() => (any ? 'What you reported counts for this customer now.' : outcomes.done)));
}

/** Asks, and says what stays to be read beside the answer. @param {() => string} words */
function askedAnew(words) {
  void ask().then(() => { if (asking.settled) note(words()); });
}

// ---- the start ----

const address = addressed();
field.value = inOneLine(address.text);
now.given = address.given;
setCustomer(address.customer);
whose = about().customer;
outcomes.reading = () => now.chosen;
outcomes.shown = (/** @type {string} */ tip) => ownOf(now.offered.find((one) => one.suggestion.id === tip), now.answer, question()?.text);
// They may be told again what is taken back of a card that is not there: the answer is another one now.
outcomes.undone = (/** @type {string} */ tip) => {
  if (!now.answer?.silence || now.offered.some((one) => one.suggestion.id === tip)) return;
  const words = byId('note').textContent ?? '';
  askedAnew(() => words);
};
outcomes.restore(address.reported);
draw();
// The server marks a page whose address asks something; nothing is shown before its answer, so that nothing is pushed away.
if (question()) document.body.classList.add('asking');
const answering = question() ? ask() : Promise.resolve();
answering.finally(() => document.body.classList.remove('asking'));
if (window.parent === window) field.focus({ preventScroll: true });
shell({
  keys: KEYS, acts: { p: promise },
  known: () => ({ text: current() ? '' : field.value.trim(), ...understood(now.answer?.situation, now.given) }),
});
wordsOutside(field, typedOutside);
if (framed) {
  follow((document.body.dataset.ancestors ?? '').split(' ').filter(Boolean), {
    about: () => ({ customer: about().customer ?? '', typed: Boolean(field.value.trim()) && field.dataset.from !== 'helpdesk' }),
    reading: () => place.contains(document.activeElement),
    seen: rememberConversation,
    offer: (take) => news.offer('The customer wrote again.', () => { field.focus(); take(); }),
    another,
    take: ({ customer, text, product, issue }) => {
      const named = (/** @type {string | undefined} */ id, /** @type {import('/assets/shell/types.js').Named | null} */ before) => (id === undefined ? before : id ? { id, title: id, tips: 0 } : null);
      if (customer !== undefined) {
        setCustomer(customer);
        outcomes.forget();
        clear();
      }
      now.given = { product: named(product, now.given.product), issue: named(issue, now.given.issue) };
      if (text !== undefined) {
        field.value = inOneLine(text);
        field.dataset.from = 'helpdesk';
      }
      ask();
    },
  }, address.conversation);
}

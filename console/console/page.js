// The console: type, Enter, speak, T. Talks only to the public API.
import { about, clearAbout, openCustomer, setCustomer, watchAbout } from '/assets/console/about.js';
import { Outcomes, actions, undoButton } from '/assets/console/actions.js';
import { addressed, remember, rememberConversation, rememberReported } from '/assets/console/address.js';
import { Asking } from '/assets/console/asking.js';
import { card, silenceCard } from '/assets/console/card.js';
import { Coming } from '/assets/console/coming.js';
import { copySay, copyWire } from '/assets/console/copying.js';
import { openCorrection } from '/assets/console/correcting.js';
import { steered } from '/assets/console/field.js';
import { asSaid, inOneLine } from '/assets/console/lines.js';
import { entries, options } from '/assets/console/list.js';
import { meanwhile } from '/assets/console/meanwhile.js';
import { KEYS } from '/assets/console/keys.js';
import { note } from '/assets/console/note.js';
import { follow } from '/assets/console/panel.js';
import { slip } from '/assets/console/slip.js';
import { spoken } from '/assets/console/spoken.js';
import { startCard } from '/assets/console/start.js';
import { chips } from '/assets/console/understood.js';
import { sentence, unreached } from '/assets/shell/api.js';
import { openBalloon } from '/assets/shell/balloon.js';
import { byId, el, refocused } from '/assets/shell/dom.js';
import { keysIn } from '/assets/shell/keys.js';
import { pageQueue } from '/assets/shell/queue.js';
import { shell } from '/assets/shell/shell.js';
import { tell, tellWhenQuiet } from '/assets/shell/speak.js';

/** @typedef {import('/assets/shell/types.js').Answer} Answer */

const framed = document.body.classList.contains('embed');
const field = /** @type {HTMLInputElement} */ (byId('text'));
const list = byId('tips');

/** @type {Answer | null} */
let answer = null;
/** @type {import('/assets/console/list.js').Entry[]} */
let offered = [];
/** @type {string | null} the chosen tip's id: selection survives new answers */
let chosen = null;
/** Whether somebody chose it: what is only shown gives way to the next answer's tip. */
let picked = false;
/** @type {string | undefined} the customer whom the answer is about */
let answeredFor;
/** @type {import('/assets/console/understood.js').Given} */
let given = { product: null, issue: null };
let more = false;
/** Who is named so far: a name that changes is told from the first one by it. @type {string | undefined} */
let whose;

const queue = pageQueue();
const outcomes = new Outcomes(queue, reported, (text, bad) => { note(text, bad); if (bad) tell(text); }, redraw, rememberReported);
const coming = new Coming();
/** Whether Enter waits for its answer. */
let entered = false;
const asking = new Asking({ answered, failed, stalled });
const news = meanwhile({
  queue, library: () => answer && answer.library, again: () => { field.focus(); ask(); }, unheard: () => asking.again(), refused: (key) => outcomes.refused(key), elsewhere: (lost) => outcomes.others(lost, chosen ?? ''),
  shown: () => {
    const asked = asking.settled ? question() : null;
    return answer && answeredFor && asked?.customer === answeredFor ? { answer, question: asked } : null;
  },
});

// ---- asking ----

function question() {
  const text = asSaid(field.value);
  if (!text && !given.product && !given.issue) return null;
  return { text: text || undefined, product: given.product?.id, issue: given.issue?.id, ...about() };
}

function ask() {
  return asking.now(noted());
}

/** The question as it is now, remembered; where there is none, nothing is shown. */
function noted() {
  whose = about().customer;
  remember({ text: field.value, given, customer: whose ?? '' });
  const asked = question();
  if (!asked) clear();
  return asked;
}

function clear() {
  answer = null;
  offered = [];
  [chosen, picked] = [null, false];
  note('');
  news.settled();
  slip(null);
  draw();
}

/** @param {Answer} found @param {Record<string, unknown>} asked @param {boolean} late */
function answered(found, asked, late) {
  const all = entries(found);
  const stays = picked && all.some((entry) => entry.suggestion.id === chosen);
  const next = stays ? chosen : found.tip?.id ?? null;
  // The server is back. Whoever is at a card meanwhile is offered another one: it changes under nobody's hands.
  if (late && chosen && next !== chosen && place.contains(document.activeElement)) {
    note('');
    news.offer('The server can be reached again, and has another answer.');
    return false;
  }
  answer = found;
  answeredFor = /** @type {string | undefined} */ (asked.customer);
  offered = all;
  outcomes.elsewhere.clear();
  news.settled();
  slip(null);
  [chosen, picked] = [next, stays];
  more = false;
  note(found.ledger === 'away' ? 'The ledger cannot be reached: nobody knows whether they were told before.' : '');
  draw();
  tellWhenQuiet(() => (document.activeElement === field ? spoken(answer, offered.length) : ''));
  return true;
}

function stalled() {
  // Where the card waits below what is understood, the word stands there: what is shown later must push nothing.
  if (document.body.classList.contains('asking')) byId('understood').replaceChildren(el('p', { class: 'note' }, 'Still asking…'));
  else note('Still asking…');
}

/** @param {unknown} error */
function failed(error) {
  if (!answer) byId('understood').replaceChildren();
  const told = unreached(error) ? `${sentence(error)} It is asked again by itself.${answer ? ' What you see is the last answer; what you report is kept and sent later.' : ''}` : sentence(error);
  note(told, true);
  tellWhenQuiet(() => told);
}

// ---- drawing ----

function draw() {
  const asked = answer?.answers[0];
  refocused(byId('understood'), '#correct', () => {
    byId('understood').replaceChildren(...(answer ? chips(answer.situation, given, { correct, takeBack }) : []));
  }, field);
  byId('asked').replaceChildren(...(asked ? [el('p', { class: 'asked' }, el('span', { class: 'kicker' }, 'They asked'), el('strong', {}, asked.question), ' ', asked.say)] : []));
  const craft = answer?.craft;
  byId('craft').replaceChildren(...(craft ? [el('div', { class: 'craft' }, el('p', { class: 'kicker' }, 'For you'), el('p', {}, el('strong', {}, craft.question)), el('p', {}, craft.say))] : []));
  redraw();
}

/** The list and the card: what changes when another tip is chosen or reported. */
function redraw() {
  list.replaceChildren(...options(offered, chosen, (id) => outcomes.any(id), choose));
  list.hidden = !offered.length;
  field.setAttribute('aria-expanded', String(offered.length > 0));
  byId('answer').classList.toggle('alone', !offered.length && !answer?.craft);
  const at = offered.findIndex((entry) => entry.suggestion.id === chosen);
  if (at >= 0) field.setAttribute('aria-activedescendant', `tip-${at}`);
  else field.removeAttribute('aria-activedescendant');
  const place = byId('card');
  const key = place.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset.key : null;
  const folds = () => /** @type {HTMLDetailsElement[]} */ ([...place.querySelectorAll('details')]);
  const open = new Map(folds().map((one) => [one.className, one.open]));
  place.replaceChildren(shown());
  for (const one of folds()) one.open = open.get(one.className) ?? one.open;
  // A button that was pressed keeps focus, so that a screen reader hears what it is now.
  if (key !== null) (/** @type {HTMLElement | null} */ (key && place.querySelector(`[data-key="${key}"]`)) || cardItself())?.focus({ preventScroll: true });
}

function shown() {
  const entry = offered.find((one) => one.suggestion.id === chosen);
  if (entry) {
    const does = { copy: say, flag, more, toggleMore };
    return card(entry.suggestion, { tag: outcomes.mark(entry.suggestion.id) ?? entry.tag, actions: actions(entry.suggestion, outcomes, does), copyWire: handOver });
  }
  if (answer?.silence) return silenceCard(answer.silence, offered.length, undoButton(outcomes));
  return start;
}

function toggleMore() {
  more = !more;
  redraw();
  place.querySelector('.reasons')?.scrollIntoView({ block: 'nearest' });
}

/** @param {string} id */
function choose(id) {
  [chosen, picked] = [id, true];
  more = false;
  redraw();
}

/** @param {number} by */
function step(by) {
  if (!offered.length) return;
  const at = offered.findIndex((entry) => entry.suggestion.id === chosen);
  const next = Math.min(offered.length - 1, Math.max(0, at + by));
  choose(offered[next].suggestion.id);
  document.getElementById(`tip-${next}`)?.scrollIntoView({ block: 'nearest' });
  if (document.activeElement !== field) tell(offered[next].suggestion.question);
}

const current = () => offered.find((one) => one.suggestion.id === chosen)?.suggestion;

function cardItself() {
  const made = byId('card').firstElementChild;
  return made instanceof HTMLElement && made.tabIndex === -1 ? made : null;
}

const focusCard = () => cardItself()?.focus({ preventScroll: true });

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

function correct() {
  if (!answer) return;
  openCorrection(byId('correcting'), answer.situation, (name, one) => {
    given = { ...given, [name]: one };
    tell(`${one.title}, as you said.`);
    ask();
  }, field);
}

/** @param {'product' | 'issue'} name */
function takeBack(name) {
  given = { ...given, [name]: null };
  field.focus();
  ask();
}

function reported() {
  const { customer } = about();
  return { suggestion: customer === answeredFor ? answer?.id : undefined, customer, channel: framed ? 'panel' : 'console' };
}

/** Presses the button inside a place that shows the key. @param {HTMLElement} place @param {string} key @returns {boolean} */
function press(place, key) {
  if (coming.card) return coming.then(() => press(place, key));
  const button = place.querySelector(`[data-key="${key}"]`);
  if (!(button instanceof HTMLElement)) return false;
  button.click();
  return true;
}

const place = byId('card');
keysIn(place, {
  ...Object.fromEntries(Array.from('thdmfo1234567', (key) => [key, () => press(place, key)])),
  w: () => coming.then(handOver),
  z: () => coming.then(() => outcomes.undo()),
  s: () => coming.then(correct),
  c: () => { openCustomer(); },
  Enter: (event) => (event.target === place.firstElementChild ? void say() : false),
  ArrowDown: (event) => (event.target === place.firstElementChild ? step(1) : false),
  ArrowUp: (event) => (event.target === place.firstElementChild ? step(-1) : false),
  Escape: () => { if (more) { more = false; redraw(); } else field.focus(); },
});
steered(field, { typed: () => asking.soon(noted), step, fresh });

/** Another contact: what was chosen, corrected and reported in the one before is gone; so is what was known of its customer. @param {string} [customer] */
function another(customer = '') {
  given = { product: null, issue: null };
  field.value = '';
  clearAbout();
  setCustomer(customer);
  whose = about().customer;
  outcomes.forget();
  byId('correcting').replaceChildren();
  clear();
}

function fresh() {
  // The helpdesk says whose conversation it is; that stays until it says otherwise.
  another(framed ? about().customer : '');
  ask();
}

byId('ask').addEventListener('submit', (event) => {
  event.preventDefault();
  if (entered || !question()) return;
  entered = true;
  document.body.classList.remove('asking');
  focusCard(); // at once: who types Enter, T must not type a T into the words
  // Enter right after typing means the answer to what is typed.
  const answering = asking.settled && answer ? Promise.resolve() : ask();
  void coming.wait(answering.then(() => asking.settled)).then(() => {
    entered = false;
    if (!place.contains(document.activeElement)) return; // they went elsewhere meanwhile
    if (!asking.settled || !answer) field.focus(); // nobody answered: what is shown belongs to other words
    else if (current()) say();
    else focusCard();
  });
});

// ---- what happens meanwhile ----

watchAbout((name) => (name === 'customer' ? named() : ask()), () => (question() ? focusCard() : field.focus()));

/** Who is named where nobody was is whom the card was read to; another one than before begins another contact. */
function named() {
  const [read, before, first] = [chosen, outcomes.given, !whose && Boolean(about().customer)];
  if (first && before.length) return theirs(() => outcomes.named());
  if (!first) {
    // What was reported, and what is shown, was for somebody else.
    outcomes.forget();
    clear();
  }
  // What is pressed before the answer for them comes is meant for the card that was read.
  void coming.wait(ask().then(() => {
    if (first && read && chosen !== read && asking.settled) for (const told of [note, tell]) told('For this customer it is another answer.');
    if (!first && before.length && whose) slip(() => theirs(() => outcomes.slipped(before)));
    return chosen === read && (asking.settled || asking.unheard !== null);
  }));
}

/** What was reported is of whoever is named now. @param {() => Promise<void>} moved */
function theirs(moved) {
  void moved().then(ask).then(() => { if (asking.settled) note('What you reported counts for this customer now.'); });
}

// ---- the start ----

const start = startCard((words) => {
  field.value = words;
  field.focus();
  ask();
});
const address = addressed();
field.value = inOneLine(address.text);
given = address.given;
setCustomer(address.customer);
whose = about().customer;
outcomes.reading = () => chosen;
outcomes.restore(address.reported);
draw();
// The server marks a page whose address asks something; nothing is shown before its answer, so that nothing is pushed away.
if (question()) document.body.classList.add('asking');
const answering = question() ? ask() : Promise.resolve();
answering.finally(() => document.body.classList.remove('asking'));
field.focus({ preventScroll: true });
shell({
  keys: KEYS,
  known: () => ({ text: current() ? '' : field.value.trim(), product: answer?.situation.products[0]?.id, issue: answer?.situation.issues[0]?.id }),
});
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
      given = { product: named(product, given.product), issue: named(issue, given.issue) };
      if (text !== undefined) {
        field.value = inOneLine(text);
        field.dataset.from = 'helpdesk';
      }
      ask();
    },
  }, address.conversation);
}

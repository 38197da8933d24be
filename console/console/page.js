// The console: type, Enter, speak, T. Talks only to the public API.
import { about, clearAbout, openCustomer, setCustomer, watchAbout } from '/assets/console/about.js';
import { Outcomes, actions, undoButton } from '/assets/console/actions.js';
import { addressed, remember, rememberConversation, rememberReported } from '/assets/console/address.js';
import { Asking } from '/assets/console/asking.js';
import { card, silenceCard } from '/assets/console/card.js';
import { copySay, copyWire } from '/assets/console/copying.js';
import { asSaid, inOneLine, keepLines } from '/assets/console/lines.js';
import { entries, options } from '/assets/console/list.js';
import { meanwhile } from '/assets/console/meanwhile.js';
import { KEYS } from '/assets/console/keys.js';
import { note } from '/assets/console/note.js';
import { follow } from '/assets/console/panel.js';
import { spoken } from '/assets/console/spoken.js';
import { startCard } from '/assets/console/start.js';
import { chips, correction } from '/assets/console/understood.js';
import { sentence, unreached } from '/assets/shell/api.js';
import { openBalloon } from '/assets/shell/balloon.js';
import { byId, el, refocused } from '/assets/shell/dom.js';
import { composing, isTyping, keysIn, lettersAct } from '/assets/shell/keys.js';
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
/** @type {Promise<void> | null} while Enter waits for its answer: keys of the card wait with it */
let entering = null;

const queue = pageQueue();
const outcomes = new Outcomes(queue, reported, (text, bad) => { note(text, bad); if (bad) tell(text); }, redraw, rememberReported);
const asking = new Asking({ answered, failed, stalled });
const news = meanwhile({
  queue, reading: () => answer !== null, again: () => { field.focus(); ask(); }, elsewhere: (lost) => outcomes.others(lost, chosen ?? ''),
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
  remember({ text: field.value, given, customer: about().customer ?? '' });
  const asked = question();
  if (!asked) clear();
  return asking.now(asked);
}

function clear() {
  answer = null;
  offered = [];
  [chosen, picked] = [null, false];
  note('');
  news.settled();
  draw();
}

/** @param {Answer} found @param {Record<string, unknown>} asked */
function answered(found, asked) {
  answer = found;
  answeredFor = /** @type {string | undefined} */ (asked.customer);
  offered = entries(found);
  outcomes.elsewhere.clear();
  news.settled();
  picked &&= offered.some((entry) => entry.suggestion.id === chosen);
  if (!picked) chosen = found.tip?.id ?? null;
  more = false;
  note(found.ledger === 'away' ? 'The ledger cannot be reached: nobody knows whether they were told before.' : '');
  draw();
  tellWhenQuiet(() => (document.activeElement === field ? spoken(answer, offered.length) : ''));
}

function stalled() {
  // Where the card waits below what is understood, the word stands there: what is shown later must push nothing.
  if (document.body.classList.contains('asking')) byId('understood').replaceChildren(el('p', { class: 'note' }, 'Still asking…'));
  else note('Still asking…');
}

/** @param {unknown} error */
function failed(error) {
  if (!answer) byId('understood').replaceChildren();
  const told = unreached(error) ? `${sentence(error)} What you see is the last answer; what you report is kept and sent later.` : sentence(error);
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
  const back = document.activeElement;
  const leave = () => {
    byId('correcting').replaceChildren();
    if (back instanceof HTMLElement && back.isConnected) back.focus();
    else field.focus();
  };
  const panel = correction(answer.situation, (name, one) => {
    given = { ...given, [name]: one };
    leave();
    tell(`${one.title}, as you said.`);
    ask();
  }, leave);
  byId('correcting').replaceChildren(panel);
  panel.focus();
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

/** Does it now, or once Enter has its answer; where none comes, the key was meant for a card that is not there. @param {() => unknown} does @returns {true} */
function whenEntered(does) {
  if (entering) entering.then(() => { if (asking.settled) does(); });
  else does();
  return true;
}

/** Presses the button inside a place that shows the key. @param {HTMLElement} place @param {string} key @returns {boolean} */
function press(place, key) {
  if (entering) return whenEntered(() => press(place, key));
  const button = place.querySelector(`[data-key="${key}"]`);
  if (!(button instanceof HTMLElement)) return false;
  button.click();
  return true;
}

const place = byId('card');
keysIn(place, {
  ...Object.fromEntries(Array.from('thdmfo1234567', (key) => [key, () => press(place, key)])),
  w: () => whenEntered(handOver),
  z: () => whenEntered(() => outcomes.undo()),
  s: () => whenEntered(correct),
  c: () => { openCustomer(); },
  Enter: (event) => (event.target === place.firstElementChild ? void say() : false),
  ArrowDown: (event) => (event.target === place.firstElementChild ? step(1) : false),
  ArrowUp: (event) => (event.target === place.firstElementChild ? step(-1) : false),
  Escape: () => { if (more) { more = false; redraw(); } else field.focus(); },
});
keepLines(field);
field.addEventListener('input', () => {
  delete field.dataset.from; // the agent's own words now
  asking.soon(() => {
    remember({ text: field.value, given, customer: about().customer ?? '' });
    const asked = question();
    if (!asked) clear();
    return asked;
  });
});
field.addEventListener('keydown', (event) => {
  if (!event.key || composing(event)) return;
  const arrow = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const letter = event.ctrlKey ? { j: 1, n: 1, p: -1 }[event.key.toLowerCase()] : undefined;
  const by = arrow ?? letter ?? (event.ctrlKey && !event.metaKey && event.key.toLowerCase() === 'k' ? -1 : undefined);
  if (by) {
    event.preventDefault();
    event.stopPropagation();
    step(by);
  } else if (event.key === 'Escape') {
    event.preventDefault();
    fresh();
  }
});

/** Another contact: what was chosen, corrected and reported in the one before is gone; so is what was known of its customer. @param {string} [customer] */
function another(customer = '') {
  given = { product: null, issue: null };
  field.value = '';
  clearAbout();
  setCustomer(customer);
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
  if (entering || !question()) return;
  document.body.classList.remove('asking');
  focusCard(); // at once: who types Enter, T must not type a T into the words
  // Enter right after typing means the answer to what is typed.
  entering = asking.settled && answer ? Promise.resolve() : ask();
  entering.finally(() => {
    entering = null;
    if (!place.contains(document.activeElement)) return; // they went elsewhere meanwhile
    if (!asking.settled || !answer) field.focus(); // nobody answered: what is shown belongs to other words
    else if (current()) say();
    else focusCard();
  });
});

document.addEventListener('keydown', (event) => {
  if (!event.key || composing(event) || event.defaultPrevented) return;
  const slash = event.key === '/' && lettersAct() && !isTyping(event) && !event.ctrlKey && !event.metaKey && !event.altKey;
  const command = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && event.composedPath()[0] !== field;
  if (!slash && !command) return;
  event.preventDefault();
  field.focus();
  field.select();
});

// ---- what happens meanwhile ----

watchAbout((name) => {
  if (name === 'customer') {
    // Where nobody was named before, what was reported was theirs: another contact begins with Esc.
    if (answer && !answeredFor && about().customer && outcomes.given.length) {
      void outcomes.named().then(ask).then(() => note('What you reported counts for this customer now.'));
      return;
    }
    // What was reported, and what is shown, was for somebody else.
    outcomes.forget();
    clear();
  }
  ask();
}, () => (current() ? focusCard() : field.focus()));

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

// The console: type, read one line, say it. Talks only to the public API.
import { el, copy } from '/assets/dom.js';
import { card, silence } from '/assets/card.js';

/** Keystrokes closer together than this are one question. */
const PAUSE_MS = 30;
/** Only an answer that takes longer than this is worth mentioning. */
const STALLED_MS = 300;
/** Screen readers are told once typing has paused. */
const SPEAK_MS = 1400;

const $ = (id) => document.getElementById(id);
const field = $('text');
const list = $('tips');

let asked = 0; // number of the newest question
let shown = 0; // number of the question whose answer is on the page
let answer = null;
let entries = []; // what the list offers: {suggestion, tag}
let chosen = null; // id of the chosen suggestion: selection survives new answers
let pause, stalled, speaking, request;

// ---- asking ----

function ask() {
  const text = field.value.trim();
  const number = ++asked;
  clearTimeout(stalled);
  request?.abort();
  remember(text);
  if (!text) {
    answer = null;
    chosen = null;
    draw();
    return;
  }
  request = new AbortController();
  stalled = setTimeout(() => note('Still asking…'), STALLED_MS);
  fetchAnswer(text, request.signal).then(
    (found) => {
      if (number < asked) return; // an older answer never replaces a newer one
      clearTimeout(stalled);
      shown = number;
      answer = found;
      note('');
      draw();
    },
    (error) => {
      if (error.name === 'AbortError' || number < asked) return;
      clearTimeout(stalled);
      note(error.problem ? problemLine(error.problem) : 'The server cannot be reached. What you see is the last answer.', true);
    },
  );
}

async function fetchAnswer(text, signal) {
  // A long paste does not fit into an address.
  const long = text.length > 2000;
  const response = long
    ? await fetch('/v1/suggest', { method: 'POST', signal, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ text }) })
    : await fetch('/v1/suggest?' + new URLSearchParams({ text }), { signal });
  const body = await response.json();
  if (!response.ok) throw Object.assign(new Error(body.title), { problem: body });
  return body;
}

function problemLine(problem) {
  return `${problem.title}. ${problem.detail} (request ${problem.request_id})`;
}

function remember(text) {
  const url = text ? '/?' + new URLSearchParams({ text: text.slice(0, 2000) }) : '/';
  history.replaceState(null, '', url);
}

// ---- drawing ----

function note(text, bad = false, ...more) {
  const line = $('note');
  line.hidden = !text;
  line.className = bad ? 'note bad' : 'note';
  line.replaceChildren(text, ...more);
}

function draw() {
  entries = answer ? offered(answer) : [];
  if (!entries.some((entry) => entry.suggestion.id === chosen)) chosen = answer?.tip?.id ?? null;
  drawUnderstood();
  drawAsked();
  drawList();
  drawCard();
  clearTimeout(speaking);
  if (answer) speaking = setTimeout(speak, SPEAK_MS);
}

function offered(found) {
  const tips = found.tip ? [{ suggestion: found.tip, tag: null }] : [];
  const others = found.others.map((suggestion) => ({ suggestion, tag: null }));
  const answers = found.answers.map((suggestion) => ({ suggestion, tag: 'They asked' }));
  return [...tips, ...others, ...answers];
}

function drawUnderstood() {
  const { products = [], issues = [], unknown = [] } = answer?.situation ?? {};
  const percent = (part) => el('small', {}, `${Math.round(part.confidence * 100)} %`);
  // What is hardly likely would only distract.
  const likely = (part, at) => at === 0 || part.confidence >= 0.3;
  $('understood').replaceChildren(
    ...products.filter(likely).slice(0, 2).map((part) => el('li', { class: 'chip' }, part.title, percent(part))),
    ...issues.filter(likely).slice(0, 3).map((part) => el('li', { class: 'chip issue' }, part.title, percent(part))),
    ...unknown.map((part) => el('li', { class: 'chip unknown' }, `“${part.given}” is no ${part.field}`)),
  );
}

function drawAsked() {
  const first = answer?.answers[0];
  $('asked').replaceChildren(
    ...(first ? [el('div', { class: 'asked' }, el('p', {}, el('span', { class: 'kicker' }, 'They asked'), first.question), el('p', { class: 'quiet' }, first.say))] : []),
  );
}

function drawList() {
  const open = entries.length > 0;
  field.setAttribute('aria-expanded', String(open));
  list.replaceChildren(...entries.map(({ suggestion, tag }, at) => {
    const selected = suggestion.id === chosen;
    return el('li', {
      role: 'option', id: `tip-${at}`, 'aria-selected': String(selected), 'data-id': suggestion.id,
      onclick: () => choose(suggestion.id),
      onmousedown: (event) => event.preventDefault(), // focus stays in the field
    }, suggestion.question, tag ? el('span', { class: 'tag' }, tag) : null);
  }));
  const at = entries.findIndex((entry) => entry.suggestion.id === chosen);
  if (at >= 0) field.setAttribute('aria-activedescendant', `tip-${at}`);
  else field.removeAttribute('aria-activedescendant');
  const craft = answer?.craft;
  $('craft').replaceChildren(...(craft ? [el('div', { class: 'craft' }, el('p', {}, el('span', { class: 'kicker' }, 'For you'), craft.question), el('p', {}, craft.say))] : []));
  list.hidden = !open;
  $('tips-title').hidden = !open;
  $('side').hidden = !open && !craft;
}

function drawCard() {
  if (!answer) {
    $('card').replaceChildren(start);
    return;
  }
  const entry = entries.find((one) => one.suggestion.id === chosen);
  $('card').replaceChildren(entry ? card(entry.suggestion, entry.tag, say) : silence(answer.silence, entries.length));
}

function choose(id) {
  chosen = id;
  drawList();
  drawCard();
}

function step(by) {
  if (!entries.length) return;
  const at = entries.findIndex((entry) => entry.suggestion.id === chosen);
  const next = Math.min(entries.length - 1, Math.max(0, at + by));
  choose(entries[next].suggestion.id);
  document.getElementById(`tip-${next}`)?.scrollIntoView({ block: 'nearest' });
}

/** Copies the line to say, and says that it did. */
async function say() {
  const entry = entries.find((one) => one.suggestion.id === chosen);
  if (!entry) return;
  const done = await copy(entry.suggestion.say);
  const label = document.querySelector('.copy span');
  if (label) label.textContent = done ? 'Copied' : 'Press Ctrl+C';
  tell(done ? 'Copied.' : 'Could not copy.');
}

// ---- speaking: two nodes in turn, so that the same sentence is read again ----

let turn = false;
function tell(sentence) {
  turn = !turn;
  $('spoken-a').textContent = turn ? sentence : '';
  $('spoken-b').textContent = turn ? '' : sentence;
}

function speak() {
  if (document.activeElement !== field || !answer) return;
  const more = answer.others.length;
  if (answer.tip) tell(`They did not ask: ${answer.tip.question} ${more} more.`);
  else tell(`Nothing worth interrupting for. ${answer.silence.detail}`);
}

// ---- the foot, and what changes meanwhile ----

async function drawFoot() {
  const response = await fetch('/v1/library');
  if (!response.ok) return;
  const library = await response.json();
  $('directive').hidden = !library.directive;
  $('directive').textContent = library.directive ?? '';
  const many = (count, one) => `${count.toLocaleString()} ${one}${count === 1 ? '' : 's'}`;
  const broken = library.broken ? ` · ${many(library.broken, 'file')} left out because of errors` : '';
  $('counts').textContent = `${many(library.tips, 'tip')} · ${many(library.issues, 'issue')}${broken}`;
}

/** Examples in the library's own words, taken from all over it. */
async function drawExamples() {
  const response = await fetch('/v1/issues?limit=200');
  if (!response.ok) return;
  const worded = (await response.json()).items.filter((issue) => issue.says.length && issue.tips);
  const examples = [1, 3, 5].map((sixth) => worded[Math.floor((worded.length * sixth) / 6)]).filter(Boolean);
  const words = [...new Set(examples.map((issue) => issue.says[0]))];
  if (!words.length) return;
  const use = (text) => () => { field.value = text; field.focus(); ask(); };
  start.replaceChildren(el('p', {}, 'Type what they say. For example:'), el('ul', {}, words.map((text) => el('li', {}, el('button', { type: 'button', class: 'plain', onclick: use(text) }, text)))));
}

function watch() {
  const live = new EventSource('/v1/live');
  live.addEventListener('library', () => {
    drawFoot();
    // The open card never changes by itself.
    if (answer) note('The library changed.', false, el('button', { type: 'button', class: 'plain', onclick: () => { field.focus(); ask(); } }, 'Ask again'));
  });
  live.addEventListener('reset', drawFoot);
}

// ---- keys ----

field.addEventListener('input', () => {
  clearTimeout(pause);
  pause = setTimeout(ask, PAUSE_MS);
});

field.addEventListener('keydown', (event) => {
  if (event.isComposing || event.keyCode === 229) return; // an input method is at work
  const move = { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? (event.ctrlKey ? { j: 1, n: 1, k: -1, p: -1 }[event.key] : undefined);
  if (move) {
    event.preventDefault();
    event.stopPropagation();
    step(move);
  } else if (event.key === 'Escape') {
    field.value = '';
    ask();
  }
});

$('ask').addEventListener('submit', (event) => {
  event.preventDefault();
  // Enter right after typing means the answer to what is typed.
  clearTimeout(pause);
  if (shown === asked && answer && field.value.trim()) say();
  else ask();
});

document.addEventListener('keydown', (event) => {
  if (!event.key || event.isComposing || event.defaultPrevented) return;
  const target = event.composedPath()[0];
  const typing = target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName));
  const slash = event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
  const command = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && target !== field;
  if (slash || command) {
    event.preventDefault();
    field.focus();
    field.select();
  }
});

const start = el('div', { class: 'start' }, el('p', {}, 'Type what they say.'));
field.value = new URLSearchParams(location.search).get('text') ?? '';
draw();
if (field.value) ask();
field.focus({ preventScroll: true });
drawFoot().catch(() => {});
drawExamples().catch(() => {});
watch();

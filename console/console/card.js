// The card: the question they did not ask, the line to say, what to hand over, and why.
import { el, link } from '/assets/shell/dom.js';
import { dayName } from '/assets/shell/words.js';

/** @typedef {import('/assets/shell/types.js').Suggestion} Suggestion */
/** @typedef {import('/assets/shell/types.js').Silence} Silence */
/** @typedef {import('/assets/shell/dom.js').Child} Child */

/**
 * One suggestion as a card.
 * @param {Suggestion} suggestion
 * @param {object} [more]
 * @param {string | null} [more.tag] what it is instead of unasked
 * @param {Child} [more.actions] the buttons, and what they open
 * @param {() => void} [more.copyWire] what the wire's key does
 * @param {boolean} [more.unfolded] whether there is room for all of it
 * @param {string} [more.lang] the language it is written in, where that is known
 */
export function card(suggestion, { tag = null, actions = null, copyWire, unfolded = true, lang } = {}) {
  const its = { dir: 'auto', lang };
  return el('article', { class: 'card', 'aria-label': 'The tip', 'data-id': suggestion.id, tabindex: -1 },
    el('p', { class: 'kicker' }, tag ?? 'They did not ask'),
    el('h2', its, suggestion.question),
    el('p', { class: 'kicker' }, 'Say'),
    el('p', { class: 'say', ...its }, suggestion.say),
    wires(suggestion, copyWire),
    reasons(suggestion),
    el('p', { class: 'meta' }, checked(suggestion)),
    actions,
    detail(suggestion, unfolded, its),
    points(suggestion),
  );
}

/** @param {Suggestion} suggestion @param {(() => void) | undefined} copyWire */
function wires(suggestion, copyWire) {
  if (!suggestion.wire.length) return null;
  const key = copyWire && el('button', { type: 'button', class: 'button copy-wire', onclick: copyWire }, 'Copy', el('span', { class: 'unseen' }, ' what to hand over'), ' ', el('kbd', { 'aria-hidden': 'true' }, 'W'));
  return el('div', { class: 'part hand-over' }, el('p', { class: 'kicker' }, 'Hand over'),
    el('ul', { class: 'wire' }, suggestion.wire.map((thing) => el('li', { dir: 'auto' }, link(thing.url, thing.label)))), key ?? null);
}

/** The wire as text to paste. @param {Suggestion} suggestion */
export function wireText(suggestion) {
  return suggestion.wire.map((thing) => (thing.url ? `${thing.label}: ${new URL(thing.url, location.href)}` : thing.label)).join('\n');
}

/** @param {Suggestion} suggestion */
function reasons({ why }) {
  if (!why.length) return null;
  return el('div', { class: 'part' }, el('p', { class: 'kicker' }, 'Because'), el('ul', { class: 'because' }, why.slice(0, 2).map((sentence) => el('li', {}, sentence))));
}

/** Who looked at it last, in words. @param {Suggestion} suggestion */
function checked({ review: { state, by, verified, owner } }) {
  const who = owner ? `, ${owner}` : '';
  if (state === 'overdue') return el('span', { class: 'overdue' }, verified ? `Not checked since ${dayName(verified)}${who}.` : `To be checked since ${dayName(by ?? '')}${who}.`);
  return verified ? `Checked ${dayName(verified)}${who}.` : owner ? `Kept by ${owner}.` : 'Nobody has checked it yet.';
}

/** @param {Suggestion} suggestion @param {boolean} unfolded @param {Record<string, unknown>} its language and direction */
function detail(suggestion, unfolded, its) {
  const open = el('a', { href: suggestion.url, target: '_blank', rel: 'noopener' }, 'The customer’s page');
  if (!suggestion.html.trim()) return el('p', { class: 'meta' }, open);
  const prose = el('div', { class: 'prose', ...its });
  // eslint-disable-next-line no-restricted-syntax -- made safe by the server; the page's policy runs no script in it
  prose.innerHTML = suggestion.html;
  // Beside this page, which holds what was reported; and a helpdesk's frame shows no other.
  for (const one of prose.querySelectorAll('a')) Object.assign(one, { target: '_blank', rel: 'noopener noreferrer' });
  return el('details', { class: 'more', open: unfolded }, el('summary', {}, 'More about it'), prose, el('p', { class: 'meta' }, open));
}

/** @param {Suggestion} suggestion */
function points({ contributions, score }) {
  const row = (/** @type {import('/assets/shell/types.js').Contribution} */ one) => el('tr', {}, el('td', {}, one.signal), el('td', {}, one.value.toFixed(2)), el('td', {}, one.detail));
  const head = el('tr', {}, ['Signal', 'Points', 'What was seen'].map((name) => el('th', { scope: 'col' }, name)));
  const sum = el('tr', {}, el('th', { scope: 'row' }, 'Score'), el('td', {}, score.toFixed(2)), el('td', {}));
  return el('details', {}, el('summary', {}, 'How it was weighed'),
    el('table', { class: 'points' }, el('thead', {}, head), el('tbody', {}, contributions.map(row)), el('tfoot', {}, sum)));
}

/** @type {Record<string, string>} what is so, where it is more than that nothing is worth it */
const HEADLINES = { held_out: 'Say nothing to this customer, this time', already_told: 'They have been told already' };

/** @param {Silence} silence */
export const headline = ({ code, danger }) => (danger ? 'Somebody may be in danger' : HEADLINES[code] ?? 'Nothing worth interrupting for');

/** The reason below the headline. @param {Silence} silence */
export const reason = ({ detail, danger }) => (danger ? 'Help with that first, and say nothing else.' : detail);

/**
 * Why nothing is volunteered; a normal answer.
 * @param {Silence} silence
 * @param {number} more how many suggestions the list holds all the same
 * @param {Child} [undo] the button that takes back what was reported last
 */
export function silenceCard(silence, more, undo = null) {
  // Who is held out is to hear nothing in its place either.
  const near = more && silence.code !== 'held_out' ? 'What comes nearest is in the list. ' : '';
  return el('section', { class: silence.danger ? 'card silence danger' : 'card silence', 'aria-label': 'Silence', 'data-code': silence.code, tabindex: -1 },
    el('h2', {}, headline(silence)),
    el('p', {}, reason(silence)),
    silence.danger ? null : el('p', { class: 'meta' }, near, 'Is something missing here? ', el('kbd', {}, 'B'), ' lets go a balloon with these words.'),
    undo ? el('p', { class: 'buttons' }, undo) : null);
}

/** The server was reached, and has no answer: nothing stands there that is another question's. */
export function troubleCard() {
  return el('section', { class: 'card silence', 'aria-label': 'No answer', tabindex: -1 },
    el('h2', {}, 'No answer this time'),
    el('p', {}, 'Your words are still here. ', el('kbd', {}, 'Enter'), ' in their field asks again.'));
}

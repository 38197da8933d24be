// The card: the question they did not ask, the line to say, what to hand over, and why.
import { el } from '/assets/dom.js';

/** One suggestion as a card. `tag` is set where they did ask; `say` copies the line. */
export function card(suggestion, tag, say) {
  return el('article', { class: 'card', 'aria-label': 'The tip', 'data-id': suggestion.id },
    el('p', { class: 'kicker' }, tag ?? 'They did not ask'),
    el('h2', {}, suggestion.question),
    el('p', { class: 'kicker' }, 'Say'),
    el('p', { class: 'say' }, suggestion.say),
    el('button', { type: 'button', class: 'copy', onclick: say }, el('span', {}, 'Copy'), el('kbd', { 'aria-hidden': 'true' }, 'Enter')),
    wires(suggestion.wire),
    reasons(suggestion),
    el('p', { class: 'meta' }, ...review(suggestion.review), ' ', el('a', { href: suggestion.url }, 'Open the tip')),
    detail(suggestion),
    points(suggestion),
  );
}

function wires(things) {
  if (!things.length) return null;
  const shown = (thing) => el('li', {}, thing.url ? link(thing) : thing.label);
  return el('div', { class: 'part' }, el('p', { class: 'kicker' }, 'Hand over'), el('ul', { class: 'wire' }, things.map(shown)));
}

/** A link only to what a link may lead to; anything else is shown as text. */
function link(thing) {
  const target = URL.canParse(thing.url, location.href) ? new URL(thing.url, location.href) : null;
  if (!target || !['http:', 'https:', 'mailto:', 'tel:'].includes(target.protocol)) return thing.label;
  return el('a', { href: target.href, rel: 'noopener noreferrer', target: '_blank' }, thing.label);
}

function reasons(suggestion) {
  if (!suggestion.why.length) return null;
  const why = suggestion.why.slice(0, 2).map((sentence) => el('li', {}, sentence));
  return el('div', { class: 'part' }, el('p', { class: 'kicker' }, 'Because'), el('ul', { class: 'because' }, why));
}

function review({ state, by }) {
  const day = by && new Date(`${by}T12:00:00`).toLocaleDateString(undefined, { day: 'numeric', month: 'long', year: 'numeric' });
  if (state === 'overdue') return [el('span', { class: 'overdue' }, `Not checked since it fell due on ${day}.`)];
  if (state === 'due') return [`To be checked again by ${day}.`];
  return day ? [`Good until ${day}.`] : [];
}

function detail(suggestion) {
  if (!suggestion.html.trim()) return null;
  const prose = el('div', { class: 'prose' });
  prose.innerHTML = suggestion.html; // made safe by the server; the page's policy runs no script in it
  return el('details', { open: true }, el('summary', {}, 'More about it'), prose);
}

function points(suggestion) {
  const row = (one) => el('tr', {}, el('td', {}, one.signal), el('td', {}, one.value.toFixed(2)), el('td', {}, one.detail));
  const head = el('tr', {}, el('th', { scope: 'col' }, 'Signal'), el('th', { scope: 'col' }, 'Points'), el('th', { scope: 'col' }, 'What was seen'));
  const sum = el('tr', {}, el('th', { scope: 'row' }, 'Score'), el('td', {}, suggestion.score.toFixed(2)), el('td', {}));
  return el('details', {}, el('summary', {}, 'How it was weighed'),
    el('table', { class: 'points' }, el('thead', {}, head), el('tbody', {}, suggestion.contributions.map(row)), el('tfoot', {}, sum)));
}

/** Why nothing is volunteered; a normal answer. */
export function silence({ code, detail }, more) {
  return el('section', { class: 'card silence', 'aria-label': 'Silence' },
    el('h2', {}, 'Nothing worth interrupting for'),
    el('p', {}, detail, ' ', el('code', {}, code)),
    more ? el('p', { class: 'meta' }, 'What comes nearest is in the list.') : null);
}

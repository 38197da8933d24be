// A chart: what it says in a sentence, the picture at the width it really has, and its table.
import { el } from '/assets/shell/dom.js';

/**
 * @typedef {object} Drawn
 * @property {string} title
 * @property {string} says what it shows, in a sentence
 * @property {(width: number) => (Node | string)[]} draw the picture, for so many pixels
 * @property {{ caption: string, head: string[], rows: (string | Node)[][], numbers?: number }} table the same as text; the last `numbers` columns are numbers
 * @property {string} counted how it is counted
 * @property {boolean} [broad] over the whole width
 * @property {Node[]} [above] what stands between the sentence and the picture
 */

/** How wide each chart was drawn last: drawn anew it has its picture at once, so that nothing moves. @type {Map<string, number>} */
const widths = new Map();

/** @param {Drawn} drawn @returns {HTMLElement} */
export function chart({ title, says, draw, table, counted, broad, above = [] }) {
  const plot = el('div', { class: 'plot', role: 'img', 'aria-label': `${title}. ${says}` });
  let width = widths.get(title) ?? 0;
  if (width) plot.replaceChildren(...draw(width));
  // Drawn when it is laid out, and again when its width changes.
  new ResizeObserver(([entry]) => {
    const now = Math.floor(entry?.contentRect.width ?? 0);
    if (!now || now === width) return;
    width = now;
    widths.set(title, width);
    plot.replaceChildren(...draw(width));
  }).observe(plot);
  return el('section', { class: broad ? 'card broad' : 'card' }, el('h2', {}, title), el('p', { class: 'says' }, says), above, plot,
    el('details', {}, el('summary', {}, 'As a table'), asTable(table)),
    el('details', {}, el('summary', {}, 'How is this counted?'), el('p', { class: 'note' }, counted)));
}

/** A chart for which there is nothing yet. @param {string} title @param {string} why @param {boolean} [broad] */
export function noChart(title, why, broad = false) {
  return el('section', { class: broad ? 'card broad' : 'card' }, el('h2', {}, title), el('p', { class: 'says' }, why));
}

/** @param {Drawn['table']} table */
function asTable({ caption, head, rows, numbers = 0 }) {
  const kind = (/** @type {number} */ at) => (at >= head.length - numbers ? 'number' : null);
  return el('table', {}, el('caption', {}, caption),
    el('thead', {}, el('tr', {}, head.map((one, at) => el('th', { scope: 'col', class: kind(at) }, one)))),
    el('tbody', {}, rows.map((row) => el('tr', {}, row.map((one, at) => (at === 0 ? el('th', { scope: 'row', dir: 'auto' }, one) : el('td', { class: kind(at) }, one)))))));
}

/** A text that fits so many pixels of 13 px type, by the width of an average letter. @param {string} text @param {number} width */
export function fitted(text, width) {
  const letters = Math.max(4, Math.floor(width / 7));
  return text.length <= letters ? text : `${text.slice(0, letters - 1).trimEnd()}…`;
}

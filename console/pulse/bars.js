// Bars, one under the other, each under its label: readable at any width. A bar may have parts.
import { el, svg } from '/assets/shell/dom.js';

/** @typedef {{ label: string, note: string, parts: number[] }} Bar */

const HIGH = 18;

/**
 * @param {Bar[]} all
 * @param {number} width
 * @param {number} [whole] what a full width stands for; the largest bar if not given
 */
export function bars(all, width, whole = Math.max(1, ...all.map((bar) => sum(bar.parts)))) {
  return el('div', { class: 'bars' }, all.map(({ label, note, parts }) => {
    let at = 0;
    const drawn = parts.map((part, series) => {
      const wide = (part / whole) * width;
      const x = at;
      at += wide;
      return part > 0 && svg('rect', { x, y: 0, width: Math.max(1, wide), height: HIGH, class: `part s${series + 1}` });
    });
    return el('div', {}, el('div', { class: 'bar-label' }, el('span', { dir: 'auto' }, label), el('span', { class: 'number' }, note)),
      svg('svg', { width, height: HIGH, viewBox: `0 0 ${width} ${HIGH}` }, drawn.filter((one) => one instanceof Node)));
  }));
}

/** What the parts stand for, in their order. @param {string[]} names */
export function legend(names) {
  return el('ul', { class: 'legend' }, names.map((name, series) => el('li', {}, svg('svg', { viewBox: '0 0 16 16', 'aria-hidden': 'true', class: 'plot-key' }, svg('rect', { width: 16, height: 16, class: `part s${series + 1}` })), name)));
}

/** @param {number[]} parts */
const sum = (parts) => parts.reduce((one, other) => one + other, 0);

// Shows the tokens as they are: read from the page's own style, so that this cannot go stale.
import { byId, el, svg } from '/assets/shell/dom.js';
import { together } from '/assets/shell/ready.js';
import { shell } from '/assets/shell/shell.js';
import { actions } from '/assets/console/actions.js';
import { card } from '/assets/console/card.js';

const SURFACES = ['--ground', '--sheet', '--sunk', '--tint'];
const INKS = ['--ink', '--quiet', '--stem', '--warn', '--bad'];
const CHARTS = ['--chart-1', '--chart-2', '--chart-3', '--chart-4', '--chart-5'];
const SIZES = ['--small', '--note', '--text', '--lead', '--say', '--head', '--big'];
const SPACES = ['--s1', '--s2', '--s3', '--s4', '--s5', '--s6'];

/** A colour token as it is shown now: red, green and blue from 0 to 255. @param {string} token */
function shown(token) {
  const probe = el('span', { hidden: true });
  probe.style.color = `var(${token})`;
  document.body.append(probe);
  const parts = getComputedStyle(probe).color.match(/[\d.]+/g)?.slice(0, 3).map(Number) ?? [0, 0, 0];
  probe.remove();
  return parts;
}

/** Relative luminance (WCAG 2.2). @param {number[]} rgb */
function luminance(rgb) {
  const [r = 0, g = 0, b = 0] = rgb.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio (WCAG 2.2). @param {number[]} a @param {number[]} b */
function contrast(a, b) {
  const [dark, light] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

/** @param {string} token @param {string} note */
function swatch(token, note) {
  const colour = shown(token);
  return el('div', { class: 'swatch' }, svg('svg', { 'aria-hidden': 'true' }, svg('rect', { width: '100%', height: '100%', fill: `rgb(${colour.join(' ')})` })), el('p', {}, el('code', {}, token), ` ${note}`));
}

function colours() {
  const least = (/** @type {string} */ ink) => Math.min(...SURFACES.map((surface) => contrast(shown(ink), shown(surface))));
  byId('swatches').replaceChildren(...SURFACES.map((token) => swatch(token, 'a surface')), ...INKS.map((token) => swatch(token, `ink, at least ${least(token).toFixed(1)} to 1`)), swatch('--edge', `where one can act, ${contrast(shown('--edge'), shown('--ground')).toFixed(1)} to 1 on the ground`));
  byId('chart-swatches').replaceChildren(...CHARTS.map((token) => swatch(token, `${contrast(shown(token), shown('--sheet')).toFixed(1)} to 1 on a sheet`)));
}

const root = getComputedStyle(document.documentElement);
const pixels = (/** @type {string} */ token) => `${Number.parseFloat(root.getPropertyValue(token)) * 16} px`;
byId('sizes').replaceChildren(...SIZES.map((token) => {
  const line = el('p', { class: 'size' }, 'They droop after a few days. ', el('small', { class: 'quiet' }, `${token}, ${pixels(token)}`));
  line.style.fontSize = `var(${token})`;
  return line;
}));
byId('spaces').replaceChildren(...SPACES.map((token) => {
  const wide = Number.parseFloat(root.getPropertyValue(token)) * 16;
  return el('div', {}, svg('svg', { width: wide, height: 16, 'aria-hidden': 'true' }, svg('rect', { width: wide, height: 16, fill: `rgb(${shown('--stem').join(' ')})` })), el('code', {}, token), ` ${wide} px`);
}));
/** @type {import('/assets/shell/types.js').Suggestion} */
const tip = {
  id: 'flowers/gerbera/wire', url: '/', question: 'What do I do when my gerberas droop?', say: 'They hang their heads after a few days. Coil this wire round the stem and they stand up again.',
  wire: [{ label: 'Two pieces of florist’s wire', url: null }], why: ['30 of 60 who bought gerberas came back about drooping.'], review: { state: 'fresh', by: null, verified: null, owner: 'Florist desk' }, html: '', product: null, when: [], prevents: null, after: null, score: 0, contributions: [],
};
/** Nothing is reported of an example. @type {any} */
const outcomes = { has: () => false, given: [], give: () => {} };
const nothing = () => {};
const example = card(tip, { actions: actions(tip, outcomes, { copy: nothing, flag: nothing, promise: nothing, more: false, toggleMore: nothing }), copyWire: nothing });
// An example leads nowhere, and was not weighed.
for (const one of example.querySelectorAll('details, a')) one.remove();
byId('card-place').replaceChildren(example);
colours();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', colours);
shell();
void together(byId('main'));

// What the library's products and issues are called, and which of them somebody means who types a part of a name.
import { pages } from '/assets/shell/api.js';

/** @typedef {import('/assets/shell/types.js').Named} Named */
/** @typedef {'product' | 'issue'} Field */
/** @typedef {{ field: Field, one: Named, exact: boolean }} Found */

/** As many in one answer as the server gives. */
const NAMES = 1000;

/** @type {Partial<Record<Field, Promise<Named[]>>>} */
const read = {};

/** All of a kind, asked for once; what could not be read is asked for again. @param {Field} field @returns {Promise<Named[]>} */
function named(field) {
  read[field] ??= pages(`/v1/${field}s`, { limit: NAMES }).then((all) => all.items, () => { delete read[field]; return []; });
  return read[field] ?? Promise.resolve([]);
}

/** The library changed: names are asked for again when somebody types one. */
export function forgetNames() {
  delete read.product;
  delete read.issue;
}

/** All that can be meant. @returns {Promise<{ product: Named[], issue: Named[] }>} */
export async function everyName() {
  const [product, issue] = await Promise.all([named('product'), named('issue')]);
  return { product, issue };
}

/** Case, hyphens and the form of letters do not matter. @param {string} text */
export const folded = (text) => text.normalize('NFC').toLowerCase().replace(/[-_\s]+/g, ' ').trim();

/** What one goes by: its title, the last part of its id, its other names. @param {Named} one */
const called = ({ id, title, aliases = [] }) => [title, id.split(/[/:]/).pop() ?? id, ...aliases].map(folded);

/** The whole id is looked at only where somebody types one: it begins with the names of the groups around. @param {Named} one @param {string} typed folded */
const names = (one, typed) => [...called(one), ...(/[/:]/.test(typed) ? [folded(one.id)] : [])];

/**
 * How well a name answers to what was typed: 0 for the name itself, below 2 where it begins so, below 3 where a word of it
 * does, below 4 where it holds that anywhere; the less is missing of it, the better. Infinity for no answer.
 * @param {string} typed folded
 * @param {string} name folded
 */
function distance(typed, name) {
  if (name === typed) return 0;
  const missing = 1 - typed.length / name.length;
  if (name.startsWith(typed)) return 1 + missing;
  if (name.includes(` ${typed}`) || name.includes(`/${typed}`) || name.includes(`:${typed}`)) return 2 + missing;
  return name.includes(typed) ? 3 + missing : Infinity;
}

/** Whether an issue is one of the product at hand, of a group it is in, or of something in it. @param {string} issue @param {string | undefined} product */
function athand(issue, product) {
  const [section, name] = issue.split(':');
  if (name === undefined || product === undefined) return true;
  return `${product}/`.startsWith(`${section}/`) || section.startsWith(`${product}/`);
}

/**
 * What may be meant, best first.
 * @param {string} words
 * @param {{ product: Named[], issue: Named[] }} all
 * @param {string} [product] the product at hand: its issues come before those of others
 * @returns {Found[]}
 */
export function meant(words, all, product) {
  const typed = folded(words);
  if (!typed) return [];
  const far = (/** @type {Named} */ one) => Math.min(...names(one, typed).map((name) => distance(typed, name)));
  const found = /** @type {Field[]} */ (['product', 'issue']).flatMap((field) => all[field].filter(({ id }) => id).map((one) => {
    const apart = far(one);
    return { field, one, exact: apart === 0, rank: apart + (field === 'issue' && !athand(one.id, product) ? 0.5 : 0) };
  }));
  return found.filter(({ rank }) => rank < Infinity).sort((a, b) => a.rank - b.rank).map(({ field, one, exact }) => ({ field, one, exact }));
}

/** Pairs of letters that stand beside each other. @param {string} text */
const pairs = (text) => new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2)));

/** Of which kind a misspelt name looks more: by the share of pairs of letters (Dice). @param {string} words @param {{ product: Named[], issue: Named[] }} all @returns {Field} */
export function kindOf(words, all) {
  const own = pairs(folded(words));
  const alike = (/** @type {string} */ name) => {
    const other = pairs(name);
    return (2 * [...own].filter((pair) => other.has(pair)).length) / (own.size + other.size || 1);
  };
  const best = (/** @type {Named[]} */ some) => Math.max(0, ...some.flatMap(called).map(alike));
  return best(all.issue) > best(all.product) ? 'issue' : 'product';
}

// What can be named in a tip: products, issues and tags, read once a page and again when the library changes.
import { onLive } from '/assets/shell/live.js';
import { everything } from '/assets/library/tips.js';

/** @typedef {import('/assets/library/complete.js').Vocabulary} Vocabulary */
/** @typedef {import('/assets/library/types.js').Named} Named */

/** @type {Vocabulary} */
const known = { products: [], issues: [], tags: [] };
/** @type {Named[]} */
let sections = [];
/** @type {Promise<void> | undefined} */
let reading;

/** What is known so far. */
export const vocabulary = () => known;

/** The sections of the library. @returns {Promise<Named[]>} */
export async function allSections() {
  await ready();
  return sections;
}

/** Reads what is not known yet. */
export function ready() {
  // What could not be read is asked for again by the next who wants it.
  reading ??= read().catch((error) => { reading = undefined; throw error; });
  return reading;
}

async function read() {
  const [products, issues] = /** @type {[Named[], Named[]]} */ (await Promise.all([everything('/v1/products'), everything('/v1/issues')]));
  sections = products;
  known.products = products.map(({ id, title }) => ({ label: id, detail: title }));
  // The short form resolves from the product at hand; full ids are for issues of other sections.
  const short = new Map(issues.map(({ id, title }) => [id.split(':').pop() ?? id, title]));
  known.issues = [...[...short].map(([label, detail]) => ({ label, detail })), ...issues.filter(({ id }) => id.includes(':')).map(({ id, title }) => ({ label: id, detail: title, apply: `"${id}"` }))];
}

/** @param {string[]} tags seen on tips */
export function learnTags(tags) {
  const there = new Set(known.tags.map(({ label }) => label));
  for (const label of tags) if (!there.has(label)) known.tags.push({ label });
}

for (const kind of /** @type {const} */ (['library', 'reset'])) onLive(kind, () => { reading = undefined; });

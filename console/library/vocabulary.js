// What can be named in a tip: products, issues and tags, read once a page and again when the library changes.
import { onLive } from '/assets/shell/live.js';
import { issuesFor, sectionOf } from '/assets/library/issues.js';
import { everything } from '/assets/library/tips.js';

/** @typedef {import('/assets/library/complete.js').Vocabulary} Vocabulary */
/** @typedef {import('/assets/library/types.js').Named} Named */

/** @type {Omit<Vocabulary, 'issues'>} */
const known = { products: [], tags: [] };
/** @type {Named[]} */
let sections = [];
/** @type {Named[]} */
let issues = [];
/** @type {Promise<void> | undefined} */
let reading;

/** What is known so far, for a tip of a section. @param {string} section @returns {Vocabulary} */
export const vocabulary = (section) => ({ ...known, issues: issuesFor(section, issues) });

/** What an issue or a section is called. @param {string} id */
export const titleOf = (id) => [...issues, ...sections].find((one) => one.id === id)?.title ?? (id.split(/[:/]/).pop() ?? id).replaceAll('-', ' ');

/** Whether any section has an issue of this name. @param {string} name */
export const isIssue = (name) => issues.some(({ id }) => id === name || id.split(':').pop() === name);

/** The section whose issues a text may name. @param {string} id @param {string} text */
export const sectionHere = (id, text) => sectionOf(id, text, sections);

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
  const [products, named] = /** @type {[Named[], Named[]]} */ (await Promise.all([everything('/v1/products'), everything('/v1/issues')]));
  [sections, issues] = [products, named];
  known.products = products.map(({ id, title }) => ({ label: id, detail: title }));
}

/** @param {string[]} tags seen on tips */
export function learnTags(tags) {
  const there = new Set(known.tags.map(({ label }) => label));
  for (const label of tags) if (!there.has(label)) known.tags.push({ label });
}

for (const kind of /** @type {const} */ (['library', 'reset'])) onLive(kind, () => { reading = undefined; });

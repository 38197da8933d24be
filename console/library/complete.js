// What can be typed next in the front matter: keys, and the values that a key takes.
import { frontMatter } from '/assets/library/front.js';

/** @typedef {{ label: string, detail?: string, apply?: string, boost?: number }} Option `boost`: above or below others that fit as well */
/** @typedef {{ products: Option[], issues: Option[], tags: Option[] }} Vocabulary */

/** The keys of a tip and what each means, as docs/editors.md has them. @type {[key: string, means: string][]} */
const KEYS = [
  ['when', 'issues in which to volunteer it'], ['prevents', 'the issue it saves the customer from'], ['after', 'how long until that would happen'],
  ['wire', 'what to hand over'], ['product', 'the section it is for'], ['products', 'the sections it is for'], ['expected', 'how often it happens, 0 to 1'],
  ['asks', 'other wordings of the question'], ['says', 'customers’ words for the situation'], ['kind', 'tip or craft'], ['theme', 'craft: what it is about'],
  ['stage', 'opening, middle, closing, follow-up'], ['mood', 'craft: the customer’s mood'], ['occasion', 'facts about the customer'], ['audience', 'agent: never on a public page'],
  ['owner', 'who answers for it'], ['review', 'when to check it again'], ['verified', 'the day it was last checked'], ['promise', 'true where it commits us'],
  ['again', 'may be told more than once'], ['lot', 'false: nobody is held out of it'], ['draft', 'not served yet'], ['lang', 'language, as en or pt-BR'], ['aliases', 'former ids'], ['tags', 'anything'], ['title', 'the question, in place of a heading'],
];

const YES = ['true', 'false'];

/** @type {Record<string, string[]>} */
const WORDS = {
  kind: ['tip', 'craft'],
  theme: ['attitude', 'care', 'not-personal', 'customers-talk', 'take-control', 'no-empty-promises', 'special', 'lens'],
  stage: ['opening', 'middle', 'closing', 'follow-up'],
  mood: ['angry', 'anxious', 'confused', 'happy', 'in-a-hurry'],
  occasion: ['new', 'anniversary', 'birthday', 'returning'],
  audience: ['agent', 'customer'],
  promise: YES, again: YES, lot: YES, draft: YES,
  review: ['3 months', '6 months', '1 year'],
};

/** @param {string} key @param {Vocabulary} known @returns {Option[]} */
function valuesOf(key, known) {
  if (key === 'product' || key === 'products') return known.products;
  if (key === 'when' || key === 'prevents') return known.issues;
  if (key === 'tags') return known.tags;
  if (key === 'verified') return [{ label: new Date().toISOString().slice(0, 10), detail: 'today' }];
  return (Object.hasOwn(WORDS, key) ? WORDS[key] : []).map((label) => ({ label }));
}

/**
 * What fits at a place of a text.
 * @param {string} text
 * @param {number} at
 * @param {Vocabulary} known
 * @returns {{ from: number, options: Option[] } | null} null where nothing is known to fit
 */
export function fitting(text, at, known) {
  const lines = text.split('\n');
  const front = frontMatter(lines);
  const before = text.slice(0, at).split('\n');
  const line = before.length - 1;
  if (!front || front.mark !== '---' || line < 1 || line >= front.end) return null;
  const typed = before[line];
  if (/^[A-Za-z_-]*$/.test(typed)) {
    const there = new Set(lines.slice(1, front.end).map((one) => one.match(/^([A-Za-z_-]+)\s*:/)?.[1]));
    const options = KEYS.filter(([key]) => !there.has(key)).map(([key, means]) => ({ label: key, detail: means, apply: `${key}: ` }));
    return { from: at - typed.length, options };
  }
  const inline = typed.match(/^([A-Za-z_-]+)\s*:(.*)$/);
  const item = typed.match(/^\s*-\s*(.*)$/);
  if (!inline && !item) return null;
  const key = inline ? inline[1] : before.slice(0, line).reverse().map((one) => one.match(/^([A-Za-z_-]+)\s*:/)?.[1]).find(Boolean);
  const value = inline ? inline[2] : item ? item[1] : '';
  const word = value.match(/[^[\],]*$/)?.[0].replace(/^\s*["']?/, '') ?? '';
  const options = key ? valuesOf(key, known) : [];
  return options.length ? { from: at - word.length, options } : null;
}

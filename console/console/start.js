// What stands where the card will: what to do, and a few examples in the library's own words.
import { get } from '/assets/shell/api.js';
import { el } from '/assets/shell/dom.js';

/** Enough to show what the library is about. */
const EXAMPLES = 3;

/** @param {(words: string) => void} use */
export function startCard(use) {
  const list = el('ul', { class: 'examples' });
  const lead = el('p', { class: 'quiet' }, 'For example:');
  get('/v1/issues', { limit: 200 }).then(({ items }) => {
    const found = examples(items);
    list.replaceChildren(...found.map((words) => el('li', {}, el('button', { type: 'button', class: 'button', onclick: () => use(words) }, words))));
    if (!found.length) lead.replaceChildren('The library has no example yet: ', el('a', { href: '/library', target: '_blank', rel: 'noopener' }, 'write a tip'), ' for an issue, with the words that customers use.');
  }, () => { lead.hidden = true; });
  return el('section', { class: 'start', 'aria-label': 'Start', tabindex: -1 },
    el('p', { class: 'lead' }, 'Type what they say, and read the one answer they did not ask for.'),
    lead, list);
}

/**
 * Words of issues from all over the library.
 * @param {{ says?: string[], tips: number }[]} issues
 */
export function examples(issues) {
  const worded = issues.filter((issue) => issue.says?.length && issue.tips);
  const places = Array.from({ length: EXAMPLES }, (_, at) => Math.floor(((2 * at + 1) * worded.length) / (2 * EXAMPLES)));
  return [...new Set(places.map((at) => worded[at]?.says?.[0]).filter((words) => words !== undefined))];
}

// What stands where the card will: what to do, and a few examples in the library's own words; what an empty library says.
import { get } from '/assets/shell/api.js';
import { el } from '/assets/shell/dom.js';
import { onLive } from '/assets/shell/live.js';

/** Enough to show what the library is about. */
const EXAMPLES = 3;

/** Whether nothing is in the library that could be volunteered. */
let empty = false;
const look = () => get('/v1/library').then(({ tips }) => { empty = tips === 0; }, () => {});

/** A silence as it is: of an empty library nothing else is worth saying. @param {import('/assets/shell/types.js').Silence} silence */
export const silenceHere = (silence) => (empty && !silence.danger ? { ...silence, detail: 'The library is empty: it has no tip to volunteer yet.' } : silence);

/** @param {(words: string) => void} use */
export function startCard(use) {
  const list = el('ul', { class: 'examples' });
  const lead = el('p', { class: 'quiet' }, 'For example:');
  onLive('library', look);
  Promise.all([get('/v1/issues', { limit: 200 }), look()]).then(([{ items }]) => {
    const found = examples(items);
    list.replaceChildren(...found.map((words) => el('li', {}, el('button', { type: 'button', class: 'button', onclick: () => use(words) }, words))));
    if (!found.length) lead.replaceChildren(...(empty ? ['The library is empty: ', el('a', { href: '/library?new=', target: '_blank', rel: 'noopener' }, 'write its first tip'), '.'] : []));
  }, () => { lead.hidden = true; });
  return el('section', { class: 'start', 'aria-label': 'Start', tabindex: -1 },
    el('p', { class: 'lead' }, 'Type what they say, and read the one answer they did not ask for.'),
    lead, list);
}

/**
 * Words of the issues that most tips are for, from all over the library. What every section shares says little alone, and
 * comes only where nothing else is there.
 * @param {{ id: string, says?: string[], tips: number }[]} issues
 */
export function examples(issues) {
  const worded = issues.filter((issue) => issue.says?.length && issue.tips);
  const own = worded.filter((issue) => issue.id.includes(':'));
  const from = own.length ? own : worded;
  const parts = Array.from({ length: EXAMPLES }, (_, at) => from.slice((at * from.length) / EXAMPLES, ((at + 1) * from.length) / EXAMPLES));
  return [...new Set(parts.flatMap((part) => part.sort((a, b) => b.tips - a.tips)[0]?.says?.[0] ?? []))];
}

// The filters of the list: where each gets its rows from, a page at a time.
import { get, pages } from '/assets/shell/api.js';
import { likelyAfter, mostAfter } from '/assets/shell/gaps.js';
import { age, dayName, many } from '/assets/shell/words.js';
import { placeOf } from '/assets/library/tips.js';
import { ready, titleOf } from '/assets/library/vocabulary.js';

/** @typedef {import('/assets/library/types.js').Tip} Tip */
/** @typedef {import('/assets/library/types.js').Work} Work */
/**
 * @typedef {object} Row
 * @property {string} key names the row among all
 * @property {string} title
 * @property {string} note
 * @property {string | null} href null for what cannot be opened here
 * @property {string | null} [chip]
 * @property {'warn' | 'bad' | ''} [tone]
 * @property {string[]} [tags]
 */
/** @typedef {{ rows: Row[], next: string | null, total: number | null }} Rows */
/** @typedef {{ section: string, cursor: string, signal: AbortSignal }} Ask */
/** @typedef {{ name: string, label: string, count: (work: Work) => number | null, sectioned: boolean, empty: string, read: (ask: Ask) => Promise<Rows> }} Filter */

/** Rows of one page: some screens full. */
const PAGE = 50;

/** @param {string} state @returns {(ask: Ask) => Promise<Rows>} */
const tips = (state) => async ({ section, cursor, signal }) => {
  const page = await get('/v1/tips', { state, section, cursor, limit: PAGE }, signal);
  return { rows: page.items.map(tipRow), next: page.next, total: page.total };
};

/** @param {Tip} tip @returns {Row} */
function tipRow(tip) {
  const today = new Date().toISOString().slice(0, 10);
  const overdue = !tip.draft && tip.review_by !== null && tip.review_by < today;
  const chip = tip.draft ? 'draft' : overdue ? `since ${dayName(/** @type {string} */ (tip.review_by))}` : null;
  return { key: tip.id, title: tip.question, note: tip.id, href: placeOf(tip.id), chip, tone: overdue ? 'warn' : '', tags: tip.tags };
}

/** @param {string} code @returns {(ask: Ask) => Promise<Rows>} */
const problems = (code) => async ({ cursor, signal }) => {
  const page = await get('/v1/library/problems', { code, cursor, limit: PAGE }, signal);
  const row = (/** @type {import('/assets/library/types.js').Finding} */ one) => {
    const id = one.file.replace(/\.md$/, '');
    const section = /(^|\/)_index$/.test(id);
    return {
      key: `${one.file}:${one.line}:${one.column}:${one.code}:${one.message}`, title: one.message,
      note: section ? `${one.file}, line ${one.line}: a section’s file, to be mended in the folder` : `${one.file}, line ${one.line}`,
      href: section || !one.file.endsWith('.md') ? null : placeOf(id), chip: one.severity, tone: /** @type {'bad' | 'warn'} */ (one.severity === 'error' ? 'bad' : 'warn'),
    };
  };
  return { rows: page.items.map(row), next: page.next, total: page.total };
};

/** Why it waits for an editor. @param {import('/assets/library/types.js').Flag} flag */
export function called({ inaccurate, unsafe }) {
  const times = (/** @type {number} */ count) => (count > 1 ? ` ${many(count, 'time')}` : '');
  return `called ${[inaccurate && `wrong${times(inaccurate)}`, unsafe && `harmful${times(unsafe)}`].filter(Boolean).join(' and ')}`;
}

/** Whether an id is of a section, or of one within it. @param {string | null} id @param {string} section */
const within = (id, section) => !section || `${id}/`.startsWith(`${section}/`);

/** @param {Ask} ask @returns {Promise<Rows>} */
async function flags({ section }) {
  const [page, tips] = await Promise.all([pages('/v1/flags', { limit: 500 }), pages('/v1/tips', { state: 'flagged', limit: 500 })]);
  const questions = new Map(tips.items.map((/** @type {Tip} */ { id, question }) => [id, question]));
  const row = (/** @type {import('/assets/library/types.js').Flag} */ flag) => ({
    key: flag.tip, title: questions.get(flag.tip) ?? flag.tip, note: `${flag.tip} · ${called(flag)} · waits for ${age(flag.first_at).replace('just now', 'a moment')}`,
    href: placeOf(flag.tip), chip: 'flagged', tone: /** @type {'bad'} */ ('bad'),
  });
  const rows = page.items.filter((/** @type {{ tip: string }} */ { tip }) => within(tip, section)).map(row);
  return { rows, next: null, total: rows.length };
}

/** The section that something is missing in: its product's, else that of which its issue is; empty where it is any. @param {import('/assets/library/types.js').Gap} gap */
const missingIn = ({ product, issue }) => product ?? (issue?.includes(':') ? issue.split(':')[0] : '');

/** @param {Ask} ask @returns {Promise<Rows>} */
async function gaps({ section, signal }) {
  const [page] = await Promise.all([pages('/v1/gaps', { limit: 500 }, Infinity, signal), ready().catch(() => {})]);
  const row = (/** @type {import('/assets/library/types.js').Gap} */ gap) => {
    const number = `${gap.contacts_a_month < 1 ? 'less than one' : many(Math.round(gap.contacts_a_month), 'contact')} a month`;
    if (gap.kind === 'search') {
      const words = gap.words ?? '';
      return { key: `search ${words}`, title: `“${words}” is looked for and not found`, note: `${many(gap.times, 'time')}, ${number.replace('contact', 'search').replace('searchs', 'searches')}`, href: `/library?${new URLSearchParams({ new: words })}`, chip: 'write this tip' };
    }
    const issue = gap.issue ?? '';
    const query = new URLSearchParams({ new: '', prevents: issue, when: likelyAfter(gap.follows).join('\n'), section: missingIn(gap) });
    const note = [`${gap.product ? titleOf(gap.product) : 'any product'}: ${number}, whatever came before, and no tip prevents it`, mostAfter(gap.follows, titleOf)].filter(Boolean).join(' · ');
    return { key: `issue ${gap.product} ${issue}`, title: `Customers come back about “${titleOf(issue)}”`, note, href: `/library?${query}`, chip: 'write this tip' };
  };
  const rows = page.items.filter((/** @type {import('/assets/library/types.js').Gap} */ gap) => within(missingIn(gap), section)).map(row);
  return { rows, next: null, total: rows.length };
}

/** @type {Filter[]} */
export const FILTERS = [
  { name: 'all', label: 'All', count: (work) => work.tips, sectioned: true, empty: 'There is no tip here yet.', read: tips('any') },
  { name: 'problems', label: 'Problems', count: (work) => work.problems, sectioned: false, empty: 'Check finds nothing wrong.', read: problems('') },
  { name: 'overdue', label: 'Overdue', count: (work) => work.overdue, sectioned: true, empty: 'Every tip has been checked in time.', read: tips('overdue') },
  { name: 'unused', label: 'Unused', count: (work) => work.unused, sectioned: true, empty: 'Every tip has been told.', read: tips('unused') },
  { name: 'flagged', label: 'Flagged', count: (work) => work.flagged, sectioned: true, empty: 'Nobody has called a tip wrong or unsafe.', read: flags },
  { name: 'duplicates', label: 'Duplicates', count: (work) => work.alike, sectioned: false, empty: 'No two tips answer the same question.', read: problems('SW103') },
  { name: 'drafts', label: 'Drafts', count: (work) => work.drafts, sectioned: true, empty: 'There are no drafts.', read: tips('draft') },
  { name: 'missing', label: 'Missing', count: (work) => work.missing, sectioned: true, empty: 'Nothing is known to be missing.', read: gaps },
];

/** @param {string} words @returns {Filter} what a search finds */
export function found(words) {
  return {
    name: 'search', label: 'Found', count: () => null, sectioned: true, empty: `Nothing is found for “${words}”.`,
    read: async ({ section, cursor, signal }) => {
      const page = await get('/v1/search', { q: words, product: section, cursor, limit: PAGE }, signal);
      const rows = page.items.map((/** @type {{ id: string, question: string }} */ hit) => ({ key: hit.id, title: hit.question, note: hit.id, href: placeOf(hit.id) }));
      return { rows, next: page.next, total: page.total };
    },
  };
}

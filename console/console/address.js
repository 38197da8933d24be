// Whose contact it is, what they said and what was reported of it outlast a reload, in this tab alone. The address names
// product and issue: never words or a customer, which would stand in the browser's history and in the logs of whatever is
// between here and the server.
import { replaceAddress } from '/assets/shell/dom.js';

/** @typedef {import('/assets/console/understood.js').Given} Given */
/** @typedef {import('/assets/console/actions.js').Reported} Reported */
/** @typedef {import('/assets/console/helpdesk.js').Context} Context */
/** @typedef {{ text: string, given: Given, customer: string }} Contact */
/** @typedef {Contact & { reported: Reported[], conversation: Context | null }} Kept with what was reported of it, and the helpdesk's conversation that it is */

const KEPT = 'stemwire.contact';

/** What outlasts a reload, as one record: no part of it is ever beside another contact's. @type {Kept} */
const now = { text: '', given: { product: null, issue: null }, customer: '', reported: [], conversation: null };

/** What the page opens with: as it was before a reload, or as its address says. @returns {Kept} */
export function addressed() {
  const again = /** @type {PerformanceNavigationTiming | undefined} */ (performance.getEntriesByType('navigation')[0])?.type;
  const before = again === 'reload' || again === 'back_forward' ? kept() : null;
  return Object.assign(now, before ?? asked());
}

/** @returns {Kept} */
function asked() {
  const query = new URLSearchParams(location.search);
  /** @param {string} name */
  const named = (name) => {
    const id = query.get(name);
    return id ? { id, title: id, tips: 0 } : null;
  };
  return { text: query.get('text') ?? query.get('q') ?? '', given: { product: named('product'), issue: named('issue') }, customer: query.get('customer') ?? query.get('ref') ?? '', reported: [], conversation: null };
}

/** @returns {Kept | null} */
function kept() {
  try {
    const { at, reported, conversation, ...contact } = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null') ?? {};
    return at === location.pathname + location.search && typeof contact.text === 'string' ? { ...contact, reported: whole(reported), conversation: conversation ?? null } : null;
  } catch {
    return null;
  }
}

/** Those that can be read. @param {unknown} reported @returns {Reported[]} */
function whole(reported) {
  if (!Array.isArray(reported)) return [];
  const read = reported.filter((one) => [one?.tip, one?.outcome, one?.key].every((text) => typeof text === 'string'));
  return read.map((one) => ({ ...one, own: one.own?.entry?.suggestion?.id === one.tip ? one.own : undefined, instead: whole(one.instead) }));
}

/** @param {Contact} contact */
export function remember({ text, given, customer }) {
  const query = new URLSearchParams();
  for (const [name, value] of [['product', given.product?.id], ['issue', given.issue?.id]]) if (value) query.set(String(name), value);
  replaceAddress(location.pathname + (query.size ? `?${query}` : ''));
  Object.assign(now, { text, given, customer });
  keep();
}

/** What was reported of this contact. @param {Reported[]} reported */
export function rememberReported(reported) {
  now.reported = reported;
  keep();
}

/** What the helpdesk is at, without its words. @param {Context} conversation */
export function rememberConversation(conversation) {
  now.conversation = { ...conversation, text: '' };
  keep();
}

function keep() {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify({ at: location.pathname + location.search, ...now }));
  } catch {
    // Without storage a reload begins anew.
  }
}

// Whose contact it is, what they said and what was reported of it outlast a reload, in this tab alone. The address names
// product and issue: never words or a customer, which would stand in the browser's history and in the logs of whatever is
// between here and the server.
import { replaceAddress } from '/assets/shell/dom.js';

/** @typedef {import('/assets/console/understood.js').Given} Given */
/** @typedef {import('/assets/console/actions.js').Reported} Reported */
/** @typedef {{ text: string, given: Given, customer: string }} Contact */

const KEPT = 'stemwire.contact';
const REPORTED = 'stemwire.reported';

/** What the page opens with: as its address says, or as it was before a reload. @returns {Contact & { reported: Reported[] }} */
export function addressed() {
  const again = /** @type {PerformanceNavigationTiming | undefined} */ (performance.getEntriesByType('navigation')[0])?.type;
  const before = again === 'reload' || again === 'back_forward' ? kept() : null;
  if (before) return { ...before, reported: reported() };
  const query = new URLSearchParams(location.search);
  /** @param {string} name */
  const named = (name) => {
    const id = query.get(name);
    return id ? { id, title: id, tips: 0 } : null;
  };
  return { text: query.get('text') ?? query.get('q') ?? '', given: { product: named('product'), issue: named('issue') }, customer: query.get('customer') ?? query.get('ref') ?? '', reported: [] };
}

/** @returns {Contact | null} */
function kept() {
  try {
    const { at, ...contact } = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null') ?? {};
    return at === location.pathname + location.search && typeof contact.text === 'string' ? contact : null;
  } catch {
    return null;
  }
}

/** @param {Contact} contact */
export function remember({ text, given, customer }) {
  const query = new URLSearchParams();
  for (const [name, value] of [['product', given.product?.id], ['issue', given.issue?.id]]) if (value) query.set(String(name), value);
  replaceAddress(location.pathname + (query.size ? `?${query}` : ''));
  try {
    sessionStorage.setItem(KEPT, JSON.stringify({ at: location.pathname + location.search, text, given, customer }));
  } catch {
    // Without storage a reload begins anew.
  }
}

/** @returns {Reported[]} */
function reported() {
  try {
    const read = JSON.parse(sessionStorage.getItem(REPORTED) ?? 'null');
    return Array.isArray(read) ? read.filter((one) => [one?.tip, one?.outcome, one?.key].every((text) => typeof text === 'string')) : [];
  } catch {
    return [];
  }
}

/** @param {Reported[]} reported */
export function rememberReported(reported) {
  try {
    sessionStorage.setItem(REPORTED, JSON.stringify(reported));
  } catch {
    // Without storage a reload begins anew.
  }
}

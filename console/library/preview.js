// A tip as the console will show it: the console's own card.
import { card } from '/assets/console/card.js';

/** @typedef {import('/assets/library/types.js').Tip} Tip */

/** Days before its review at which a tip counts as due, as the engine has it. */
const DUE_DAYS = 30;

/** @param {Tip} tip @param {Date} [now] */
export function reviewOf(tip, now = new Date()) {
  const by = tip.review_by;
  const day = (/** @type {number} */ ahead) => new Date(now.getTime() + ahead * 86_400_000).toISOString().slice(0, 10);
  const state = by === null ? 'none' : by < day(0) ? 'overdue' : by <= day(DUE_DAYS) ? 'due' : 'fresh';
  return { state: /** @type {'none' | 'overdue' | 'due' | 'fresh'} */ (state), by, verified: tip.verified, owner: tip.owner };
}

/** @param {Tip} tip */
export function preview(tip) {
  const shown = card({ ...tip, score: 0, contributions: [], why: [], review: reviewOf(tip) }, { lang: tip.lang });
  // Nothing was asked, so nothing was weighed; and what is not saved is not copied to a customer.
  shown.querySelector('.points')?.closest('details')?.remove();
  shown.querySelector('.copy')?.remove();
  shown.setAttribute('aria-label', 'As the console shows it');
  return shown;
}

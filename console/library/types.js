// The shapes that the desk reads from the API. The truth is /openapi.json.

/** @typedef {import('/assets/shell/types.js').Wire} Wire */
/**
 * @typedef {object} Tip
 * @property {string} id
 * @property {string} question
 * @property {string} say
 * @property {string} html
 * @property {string} section
 * @property {string | null} product
 * @property {string[]} when
 * @property {string | null} prevents
 * @property {string | null} after
 * @property {Wire[]} wire
 * @property {string} kind
 * @property {string} audience
 * @property {string | null} owner
 * @property {string | null} review
 * @property {string | null} review_by
 * @property {string | null} verified
 * @property {boolean} draft
 * @property {string[]} tags
 * @property {string} url
 * @property {string} lang
 */
/** @typedef {{ title: string, span: [number, number], text: string }} Fix */
/**
 * @typedef {object} Finding
 * @property {string} code
 * @property {'error' | 'warning'} severity
 * @property {string} file
 * @property {number} line
 * @property {number} column
 * @property {string} message
 * @property {string} help
 * @property {[number, number]} span
 * @property {Fix | null} fix
 * @property {string} url
 */
/** @typedef {{ items: Finding[], next: string | null, total: number, errors: number, tip: Tip | null }} Tried */
/** @typedef {{ tips: number, drafts: number, due: number, overdue: number, flagged: number, unused: number | null, missing: number | null, problems: number, errors: number, alike: number }} Work */
/** @typedef {{ tip: string, inaccurate: number, unsafe: number, first_at: string, last_at: string }} Flag */
/** @typedef {{ kind: 'issue' | 'search', product: string | null, issue: string | null, words: string | null, times: number, contacts_a_month: number, follows: import('/assets/shell/gaps.js').Follows[] }} Gap */
/** @typedef {import('/assets/shell/types.js').Named} Named */
/** @typedef {{ value: number, low: number, high: number }} Interval */
/** @typedef {{ customers: number, returned: number }} Arm */
/** @typedef {'popularity' | 'product' | 'issue' | 'first' | 'pair' | 'set' | 'sequence'} Basis whom it was counted among: all, those of the product, or those after the issue */
/** @typedef {{ after: string | null, basis: Basis, product: string | null, of: number, p: number, low: number, high: number, n: number }} Follows */
/**
 * @typedef {object} Evidence
 * @property {string | null} prevents
 * @property {number} expected
 * @property {Follows[]} follows
 * @property {number} horizon_days
 * @property {{ outcome: string, reason: string | null, times: number, customers: number }[]} outcomes
 * @property {{ silence: string | null, times: number }[]} shown
 * @property {{ told: Arm, held_out: Arm, effect: { difference: Interval, ratio: Interval | null } | null, needed: { missing: number } | null, open: number, lot: number }} experiment
 * @property {boolean} flagged
 */
/** A file as it was read: its text and the version that a save replaces; no version for one that is not there yet. */
/** @typedef {{ id: string, text: string, tag: string | null }} Source */

export {};

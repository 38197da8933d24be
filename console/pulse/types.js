// What the API gives this page: the shapes of /openapi.json, as far as they are read here.

/** @typedef {{ n: number, of: number, value: number, low: number, high: number }} Share */
/** @typedef {{ value: number, low: number, high: number }} Interval */
/** @typedef {{ customers: number, returned: number }} Arm over all tips, a customer counts once with each tip: a case */
/** @typedef {Share & { product: string | null, issue: string | null, needed: number }} RightOf */
/** @typedef {Share & { week: string }} Week */
/** @typedef {Record<string, number>} Outcomes */
/** @typedef {{ tip: string, question: string | null, outcomes: Outcomes }} OfTip */
/**
 * @typedef {object} Experiment
 * @property {Arm} told
 * @property {Arm} held_out
 * @property {number} open
 * @property {{ difference: Interval, ratio: Interval | null } | null} effect
 * @property {{ told: number, held_out: number, missing: number } | null} needed
 * @property {number} lot
 */
/**
 * @typedef {object} Pulse
 * @property {string | null} directive
 * @property {string} from
 * @property {string} until
 * @property {number} horizon_days
 * @property {boolean} simulated
 * @property {{ overall: Share | null, needed: number, open: number, by: RightOf[], weeks: Week[] }} right_first_time
 * @property {{ kept: number, broken: number, overdue: number, late?: number, share: Share | null }} promises
 * @property {{ waiting: number, acknowledged: number, adopted: number, declined: number, oldest_waiting_at: string | null, median_hours_to_acknowledgement: number | null, median_hours_to_decision: number | null, median_of_acknowledgement?: number, median_of_decision?: number }} balloons
 * @property {{ volunteered: number, silent: number, outcomes: Outcomes, by: OfTip[] }} tips
 * @property {Experiment} experiment
 * @property {Record<string, number>} causes
 */
/** @typedef {{ issue: string, product: string | null, p: number, low: number, high: number, n: number, tip: string | null }} Next */
/** @typedef {{ next: Next[], again: Next | null, of: number, basis: string, contacts: number }} Outlook */
/** @typedef {{ kind: 'issue' | 'search', product: string | null, issue: string | null, words: string | null, times: number, contacts_a_month: number, follows: import('/assets/shell/gaps.js').Follows[] }} Gap */
/** @typedef {{ given_at: string, floats_away_at: string | null, state: string, text: string }} Balloon */

export {};

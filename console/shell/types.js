// The shapes of the API's answers, as the pages read them. The truth is /openapi.json; a check holds these to it.

/** @typedef {{ label: string, url?: string | null }} Wire */
/** @typedef {{ signal: string, value: number, detail: string }} Contribution */
/** @typedef {{ state: 'fresh' | 'due' | 'overdue' | 'none', by: string | null, verified: string | null, owner: string | null }} Review */
/**
 * @typedef {object} Suggestion
 * @property {string} id
 * @property {string} question
 * @property {string} say
 * @property {Wire[]} wire
 * @property {string} html
 * @property {string | null} product
 * @property {string[]} when
 * @property {string | null} prevents
 * @property {string | null} after
 * @property {string} url
 * @property {number} score
 * @property {Contribution[]} contributions
 * @property {string[]} why
 * @property {Review} review
 */
/** @typedef {{ id: string, title: string, confidence: number, from: 'given' | 'text' }} Recognised */
/** @typedef {{ given: string, field: 'product' | 'issue', nearest: string[] }} Unknown */
/** @typedef {{ products: Recognised[], issues: Recognised[], unknown: Unknown[] }} Situation */
/** @typedef {{ code: string, detail: string, danger?: true }} Silence */
/**
 * @typedef {object} Answer
 * @property {string} id
 * @property {Situation} situation
 * @property {Suggestion | null} tip
 * @property {Silence | null} silence
 * @property {Suggestion[]} others
 * @property {Suggestion[]} answers
 * @property {Suggestion | null} craft
 * @property {string} library
 * @property {'away'} [ledger]
 */
/** @typedef {{ id: string, title: string, tips: number, aliases?: string[], says?: string[] }} Named */

export {};

// What the API gives this page: the shapes of /openapi.json, as far as they are read here.

/** @typedef {{ given_at: string, from: string | null, role: string | null, contact: string | null, text: string }} Giver */
/** @typedef {'waiting' | 'acknowledged' | 'adopted' | 'declined'} State */
/**
 * @typedef {object} Balloon
 * @property {string} id
 * @property {string} text
 * @property {string | null} product
 * @property {string | null} issue
 * @property {State} state
 * @property {string} given_at
 * @property {string | null} acknowledged_at
 * @property {string | null} decided_at
 * @property {string | null} floats_away_at
 * @property {string | null} reason
 * @property {string | null} tip
 * @property {boolean} rose_by_itself
 * @property {Giver[]} givers
 * @property {string} [changed] when this page heard that somebody else had decided about it
 * @property {boolean} [merged] it went into another one; by a receipt, the one it was given for did
 */
/** @typedef {{ id: string, what: string, due: string, state: 'open' | 'due' | 'overdue' | 'kept' | 'broken', made_at: string, settled_at: string | null, owner: string | null, tip: string | null }} Promised */

export {};

// What is missing: after what most come back with it, and where a tip would be volunteered.
import { many } from '/assets/shell/words.js';

/** @typedef {{ after: string | null, n: number, of: number }} Follows */

/** What fewer come back with is kept back as too unlikely: `docs/foresight.md`. */
const LIKELY = 0.2;

/** @param {Follows} one */
const isLikely = ({ n, of }) => n >= LIKELY * of;

/** The issues after which a tip would be volunteered. @param {Follows[]} follows @returns {string[]} */
export const likelyAfter = (follows) => follows.filter(isLikely).flatMap(({ after }) => after ?? []);

/**
 * After which issue most come back; empty where that is not known.
 * @param {Follows[]} follows most customers first
 * @param {(issue: string) => string} called
 */
export function mostAfter(follows, called) {
  // The one to name is the one that a tip would be for, if there is one.
  const most = follows.find(isLikely) ?? follows[0];
  if (!most?.after) return '';
  const said = `most after “${called(most.after)}”, ${most.n.toLocaleString('en')} of its ${many(most.of, 'customer')}`;
  return isLikely(most) ? said : `${said}: too few to volunteer a tip, which would be listed with the others`;
}

// What was reported here is no news to whoever reported it: while it is about the same matter, it stays in the answer, ticked
// and in its place, though the server volunteers it to this customer no more; but never in place of what must be read.
import { WRONG } from '/assets/console/actions.js';
import { unlike } from '/assets/console/still.js';

/** @typedef {import('/assets/shell/types.js').Answer} Answer */
/** @typedef {import('/assets/console/list.js').Entry} Entry */
/** @typedef {{ entry: Entry, text: string, matter: string }} Own a tip as it was shown when it was reported, the words then, and what they were about */

/** What an answer is about: the first readings. @param {Answer} answer */
const matterOf = ({ situation: { products, issues } }) => [products[0]?.id, issues[0]?.id].filter(Boolean).join(' ');

/** Silences about what would be volunteered next. Any other is about the words themselves: danger, loss, another question. */
const NEXT = new Set(['already_told', 'unlikely', 'held_out']);

/** Whether the answer leaves a card where it was. @param {Answer} answer */
const leaves = ({ silence }) => !silence || (!silence.danger && NEXT.has(silence.code));

/** A tip as it is shown now. @param {Entry | undefined} entry @param {Answer | null} answer @param {unknown} text @returns {Own | undefined} */
export const ownOf = (entry, answer, text) => (entry && answer ? { entry, text: String(text ?? ''), matter: matterOf(answer) } : undefined);

/**
 * An answer's entries with those that were reported here; and which of these is the card.
 * @param {Entry[]} all
 * @param {Answer} answer
 * @param {unknown} asked its words
 * @param {import('/assets/console/actions.js').Given[]} given oldest first
 * @param {Entry[]} before what was shown until now
 * @returns {{ all: Entry[], card: Entry | null }}
 */
export function withOwn(all, answer, asked, given, before) {
  if (!leaves(answer)) return { all, card: null };
  const [matter, text] = [matterOf(answer), String(asked ?? '')];
  // Words in which nothing is recognised are about the same where one of them stayed.
  const same = (/** @type {Own} */ own) => own.matter === matter && (matter !== '' || own.text === text || !unlike(own.text, text));
  // What is wrong is out of sight.
  const reported = given.flatMap(({ own, reason }) => (own && !WRONG.has(reason ?? '') && same(own) ? [own.entry] : []));
  const shown = [...all];
  for (const entry of reported) {
    if (shown.some(({ suggestion }) => suggestion.id === entry.suggestion.id)) continue;
    shown.splice(Math.max(0, before.findIndex(({ suggestion }) => suggestion.id === entry.suggestion.id)), 0, entry);
  }
  const last = reported.at(-1)?.suggestion.id;
  return { all: shown, card: shown.find(({ suggestion }) => suggestion.id === last) ?? null };
}

// A balloon in few words: its beginning, how long it waits, and when it floats away.
import { age, dayName, many } from '/assets/shell/words.js';

/** @typedef {import('/assets/balloons/types.js').Balloon} Balloon */

/** Two lines or three of a text: the rest is read where it is open. @param {string} text */
export function teaser(text) {
  const letters = [...text];
  return letters.length > 160 ? `${letters.slice(0, 157).join('').trimEnd()}…` : text;
}

/** How long until a time: `3 hours`, `2 days`. @param {string} at @param {number} [now] */
export function until(at, now = Date.now()) {
  const left = Math.max(0, Date.parse(at) - now);
  const hours = Math.ceil(left / 3_600_000);
  return hours >= 48 ? many(Math.round(hours / 24), 'day') : many(hours, 'hour');
}

/** Whether the clock has run out. @param {Balloon} balloon @param {number} [now] */
export const floated = ({ floats_away_at: at }, now = Date.now()) => at !== null && Date.parse(at) <= now;

/** What the clock says; nothing where somebody has decided. @param {Balloon} balloon @param {number} [now] */
export function clock(balloon, now = Date.now()) {
  const { floats_away_at: at } = balloon;
  if (at === null) return '';
  return floated(balloon, now) ? `floated away ${ago(at, now)}` : `floats away in ${until(at, now)}`;
}

/** @param {string} at @param {number} [now] */
export function ago(at, now = Date.now()) {
  const passed = age(at, now);
  return passed === 'just now' ? passed : `${passed} ago`;
}

/** What somebody else did with it while it was on the screen. @param {Balloon} balloon @param {number} [now] */
export const meanwhile = ({ state, merged, changed }, now = Date.now()) => `${merged ? 'merged' : state} ${ago(changed ?? '', now)}`;

/** What became of it, to whoever gave it. @param {Balloon} balloon @param {number} [now] */
export function became({ state, given_at: given, acknowledged_at: seen, decided_at: decided, reason, tip }, now = Date.now()) {
  if (state === 'adopted') return `It was adopted on ${dayName(decided ?? given)}: a tip is being made of it${tip ? `, ${tip}` : ''}. Thank you.`;
  if (state === 'declined') return `It was declined on ${dayName(decided ?? given)}. The reason: ${reason ?? ''}`;
  if (state === 'acknowledged') return `Somebody has read it on ${dayName(seen ?? given)}. It is not decided yet.`;
  return `It has waited since ${dayName(given)}, ${ago(given, now)}. Nobody has read it yet.`;
}

// What was typed and not saved: kept in the browser, so that a reload or a crash loses nothing.
import { newKey } from '/assets/shell/api.js';

const PREFIX = 'stemwire.desk.';
/** Whose texts have no file yet. */
export const NEW = '(new)';

/** @typedef {{ text: string, tag: string | null, at: string, id?: string }} Kept what was typed, the version it began from, and when */
/** @typedef {Kept & { slot: string }} Left */

/** A place of its own for what is typed now: what was left before stays beside it. No id has a line break in it. @param {string} id */
export const newSlot = (id) => `${id}\n${newKey()}`;

/** What was left of a tip without being saved, newest first. @param {string} id @returns {Left[]} */
export function left(id) {
  try {
    const slots = Object.keys(localStorage).filter((name) => name.startsWith(`${PREFIX}${id}\n`)).map((name) => name.slice(PREFIX.length));
    return slots.flatMap((slot) => { const one = kept(slot); return one ? [{ ...one, slot }] : []; }).sort((one, other) => other.at.localeCompare(one.at));
  } catch {
    return [];
  }
}

/** @param {string} slot @returns {Kept | null} */
function kept(slot) {
  const read = JSON.parse(localStorage.getItem(PREFIX + slot) ?? 'null');
  return read && typeof read.text === 'string' ? { ...read, at: String(read.at) } : null;
}

/** @param {string} slot @param {Omit<Kept, 'at'>} typed */
export function keep(slot, typed) {
  try {
    localStorage.setItem(PREFIX + slot, JSON.stringify({ ...typed, at: new Date().toISOString() }));
  } catch {
    // Without storage what is typed lives as long as the page.
  }
}

/** @param {string} slot */
export function forget(slot) {
  try {
    localStorage.removeItem(PREFIX + slot);
  } catch {
    // Nothing was kept.
  }
}

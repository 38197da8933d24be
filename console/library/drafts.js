// What was typed and not saved: kept in the browser, so that a reload or a crash loses nothing.
import { newKey } from '/assets/shell/api.js';

const PREFIX = 'stemwire.desk.';
/** Texts that have no file yet; each has a slot of its own. */
const NEW = '(new)';

/** @typedef {{ text: string, tag: string | null, at: string, id?: string }} Kept what was typed, the version it began from, and when */

/** Where a new tip is kept while it has no file. */
export const newSlot = () => `${NEW} ${newKey()}`;

/** What is kept of tips without a file, newest first. @returns {(Kept & { slot: string })[]} */
export function keptNew() {
  try {
    const slots = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX + NEW)).map((name) => name.slice(PREFIX.length));
    return slots.flatMap((slot) => { const one = kept(slot); return one ? [{ ...one, slot }] : []; }).sort((one, other) => other.at.localeCompare(one.at));
  } catch {
    return [];
  }
}

/** @param {string} id @returns {Kept | null} */
export function kept(id) {
  try {
    const read = JSON.parse(localStorage.getItem(PREFIX + id) ?? 'null');
    return read && typeof read.text === 'string' ? read : null;
  } catch {
    return null;
  }
}

/** @param {string} id @param {Omit<Kept, 'at'>} typed */
export function keep(id, typed) {
  try {
    localStorage.setItem(PREFIX + id, JSON.stringify({ ...typed, at: new Date().toISOString() }));
  } catch {
    // Without storage what is typed lives as long as the page.
  }
}

/** @param {string} id */
export function forget(id) {
  try {
    localStorage.removeItem(PREFIX + id);
  } catch {
    // Nothing was kept.
  }
}

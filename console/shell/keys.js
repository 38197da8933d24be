// Keys: where they act, and where they keep quiet.

const OFF = 'stemwire.letter-keys-off';
/** What one may hold down: keys that move. Any other acts once for each press. */
const HELD = new Set(['j', 'k', 'ArrowDown', 'ArrowUp']);
/** The choice made on this page, where the browser keeps nothing. @type {boolean | null} */
let chosen = null;

/** Whether keys of one letter act; whoever speaks to their computer may switch them off (WCAG 2.1.4). */
export function lettersAct() {
  if (chosen !== null) return chosen;
  try {
    return localStorage.getItem(OFF) === null;
  } catch {
    return true;
  }
}

/** @param {boolean} act */
export function setLettersAct(act) {
  try {
    if (act) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, '1');
    chosen = null;
  } catch {
    chosen = act; // without storage the choice lasts as long as the page
  }
}

/** True while an input method puts a character together: its keys are its own. @param {KeyboardEvent} event */
export const composing = (event) => event.isComposing || event.keyCode === 229;

/** True where the event belongs to a field, an input method, or to no key at all. @param {KeyboardEvent} event */
export function isTyping(event) {
  // Autofill sends keydown without a key.
  if (!event.key || composing(event)) return true;
  const target = event.composedPath()[0];
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName) && !isSwitch(target));
}

/** @param {HTMLElement} target */
function isSwitch(target) {
  return target instanceof HTMLInputElement && ['checkbox', 'radio', 'button', 'submit'].includes(target.type);
}

/** The event's key, where no other key is held with it; letters in lower case. @param {KeyboardEvent} event */
export function plainKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return '';
  return event.key.length === 1 ? event.key.toLowerCase() : event.key;
}

/**
 * Keys that act while focus is inside an element. A letter acts only where letters act, and once while it is held, but
 * for those that move; a handler that returns false leaves the key to the browser.
 * @param {HTMLElement | Document} place
 * @param {Record<string, (event: KeyboardEvent) => unknown>} handlers by key: a letter in lower case, or a name as `Escape`
 */
export function keysIn(place, handlers) {
  place.addEventListener('keydown', (raw) => {
    const event = /** @type {KeyboardEvent} */ (raw);
    if (event.defaultPrevented || isTyping(event)) return;
    const key = plainKey(event);
    const handler = Object.hasOwn(handlers, key) ? handlers[key] : undefined;
    if (!handler || (key.length === 1 && !lettersAct()) || (event.repeat && !HELD.has(key))) return;
    if (handler(event) !== false) event.preventDefault();
  });
}

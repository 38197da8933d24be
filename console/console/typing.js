// Words that are typed while focus is outside of their field: letters in quick succession are no keys.
import { composing, isTyping, lettersAct } from '/assets/shell/keys.js';

/** Whoever presses keys one by one is slower than this between two; whoever types is not. */
const QUICK_MS = 250;
/** Whoever types goes on as quickly over a letter that is a key and opens a field; whoever means the key looks where it leads. */
const ON_MS = 150;
/** So many letters, of which one at least is no key of the page, are a word. */
const WORD = 3;
/** Places in which letters have a meaning of their own. */
const OWN = '.correction, .drawer';

const isLetter = (/** @type {KeyboardEvent} */ { key }) => /^\p{L}$/u.test(key);

/**
 * Watches for them. To be called after the page has its keys, so that what no key took is known by then.
 * @param {HTMLInputElement} field where the words belong
 * @param {() => (typed: string) => void} begin as things are before the first letter; what it returns brings that back and takes the words
 */
export function wordsOutside(field, begin) {
  /** @type {{ keys: KeyboardEvent[], take: (typed: string) => void } | null} */
  let now = null;
  /** Letters that did nothing are what tells a word from keys. @param {KeyboardEvent[]} keys */
  const isWord = (keys) => keys.filter(isLetter).length >= WORD && keys.some((one) => isLetter(one) && !one.defaultPrevented);

  /** Whether no key waited for what the one before did. @param {KeyboardEvent} event */
  const runsOn = (event) => [...(now?.keys ?? []), event].every(({ timeStamp }, at, all) => at === 0 || timeStamp - all[at - 1].timeStamp <= ON_MS);

  /** @param {KeyboardEvent} event */
  function taken(event) {
    const { keys, take } = /** @type {NonNullable<typeof now>} */ (now);
    now = null;
    event.preventDefault();
    event.stopImmediatePropagation();
    take(keys.map(({ key }) => key).join(''));
  }

  document.addEventListener('keydown', (event) => {
    if (['Shift', 'CapsLock', 'AltGraph'].includes(event.key) || event.repeat) return;
    const target = /** @type {Element} */ (event.composedPath()[0]);
    const last = now?.keys.at(-1);
    if (last && event.timeStamp - last.timeStamp > QUICK_MS) now = null;
    const plain = event.key?.length === 1 && !composing(event) && !event.ctrlKey && !event.metaKey && !event.altKey && lettersAct();
    // In another field it goes on only where what came before was no key that opens one: what is typed there after such a key is that field's.
    const elsewhere = isTyping(event) || Boolean(target.closest?.(OWN));
    const goesOn = now?.keys.some((one) => isLetter(one) && !one.defaultPrevented) ?? false;
    if (!plain || target === field || (elsewhere && !(goesOn && runsOn(event))) || (!now && !/[\p{L}\p{N}]/u.test(event.key))) {
      now = null;
      return;
    }
    now ??= { keys: [], take: begin() };
    now.keys.push(event);
    // Before it does what it would do as a key.
    if (goesOn && now.keys.filter(isLetter).length >= WORD) taken(event);
  }, true);
  document.addEventListener('keydown', (event) => {
    if (now?.keys.at(-1) === event && isWord(now.keys)) taken(event);
  });
}

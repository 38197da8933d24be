// What is known of the contact beside the words: the customer, an occasion, their mood, the stage.
import { byId } from '/assets/shell/dom.js';
import { composing } from '/assets/shell/keys.js';

const FIELDS = /** @type {const} */ (['customer', 'occasion', 'mood', 'stage']);

/** @param {string} id */
const value = (id) => /** @type {HTMLInputElement | HTMLSelectElement} */ (byId(id)).value.trim();

/** The names of occasions that were typed: the library may have its own beside those that are offered. @param {string} typed @returns {Record<string, true> | undefined} */
export function occasionsOf(typed) {
  const names = typed.split(',').map((one) => one.trim()).filter(Boolean);
  return names.length ? Object.fromEntries(names.map((one) => [one, true])) : undefined;
}

/** What goes with a question. @returns {{ customer?: string } & Record<string, unknown>} */
export function about() {
  return {
    customer: value('customer') || undefined,
    mood: value('mood') || undefined,
    stage: value('stage') || undefined,
    occasions: occasionsOf(value('occasion')),
  };
}

/** @param {string} customer */
export function setCustomer(customer) {
  /** @type {HTMLInputElement} */ (byId('customer')).value = customer;
  drawTitle();
}

/** What is set, to be set again. */
export const aboutNow = () => FIELDS.map((id) => [id, value(id)]);

/** @param {string[][]} before */
export function setAbout(before) {
  for (const [id, was] of before) /** @type {HTMLInputElement | HTMLSelectElement} */ (byId(id)).value = was;
  drawTitle();
}

/** Nothing is known of the next contact yet, and what was opened for the one before is shut: the answer has its room. */
export function clearAbout() {
  for (const id of FIELDS) /** @type {HTMLInputElement | HTMLSelectElement} */ (byId(id)).value = '';
  foldAbout();
  drawTitle();
}

const foldAbout = () => { /** @type {HTMLDetailsElement} */ (byId('about')).open = false; };

/** Opens the place for their number or name. */
export function openCustomer() {
  /** @type {HTMLDetailsElement} */ (byId('about')).open = true;
  /** @type {HTMLInputElement} */ (byId('customer')).select();
  byId('customer').focus();
}

/**
 * Calls back when any of it changes; for the customer once the name is whole, or others would be asked about on the way.
 * @param {(field: string) => void} then
 * @param {() => void} done Enter or Escape in any of its fields: on with the card, which takes the room
 */
export function watchAbout(then, done) {
  for (const id of FIELDS) {
    byId(id).addEventListener('keydown', (event) => {
      if (composing(event) || !['Enter', 'Escape'].includes(event.key)) return;
      event.preventDefault();
      byId(id).blur(); // what was typed is taken first
      foldAbout();
      done();
    });
  }
  /** @type {Promise<void> | null} while a button is held down that a click needs where it is */
  let pressing = null;
  document.addEventListener('pointerdown', () => {
    const released = new Promise((resolve) => { for (const end of ['pointerup', 'pointercancel']) addEventListener(end, () => setTimeout(resolve), { once: true }); });
    pressing = released.then(() => { pressing = null; });
  }, true);
  for (const id of FIELDS) {
    byId(id).addEventListener('change', () => {
      drawTitle();
      if (pressing) void pressing.then(() => then(id));
      else then(id);
    });
  }
}

/** What is set shows though it is folded. */
function drawTitle() {
  const set = FIELDS.map((id) => {
    const field = byId(id);
    return field instanceof HTMLSelectElement ? (field.value ? field.selectedOptions[0].text : '') : value(id);
  }).filter(Boolean);
  byId('about-title').textContent = set.length ? `About the customer: ${set.join(' · ')}` : 'About the customer';
}

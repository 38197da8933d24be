// Letting go a balloon: one field, Enter, a receipt.
import { Attempts, post, sentence } from '/assets/shell/api.js';
import { copy, el } from '/assets/shell/dom.js';
import { drawn, openDrawer } from '/assets/shell/drawer.js';
import { keysIn } from '/assets/shell/keys.js';
import { tell } from '/assets/shell/speak.js';

/** @typedef {{ text?: string, product?: string, issue?: string }} Known what the page knows already */

/** Words that were typed and not sent, by what they are about: they are there when the field is opened again. @type {Map<string, Known & { attempts: Attempts }>} */
const left = new Map();

/** The receipt of the last one: whoever shut it too soon finds it where the next is let go. */
let last = '';

/**
 * Opens the field.
 * @param {Known} [known] its words and what it is about
 * @param {string} [about] the tip that it is about, where it is about one
 * @param {string} [why] what is so by now; whoever shuts the field hears it again
 */
export function openBalloon(known = {}, about = '', why = '') {
  const { text = '', product, issue, attempts } = left.get(about) ?? { ...known, attempts: new Attempts() };
  const field = el('input', { id: 'balloon-text', type: 'text', maxlength: 20000, autocomplete: 'off', required: true });
  field.value = text;
  const keep = () => { if (field.value.trim()) left.set(about, { text: field.value, product, issue, attempts }); else left.delete(about); };
  field.addEventListener('input', keep);
  const given = el('p', { class: 'note' }, why || 'An idea, a wish, something that is missing. Everyone’s is read, the oldest first.');
  let busy = false;
  const form = el('form', {
    onsubmit: async (/** @type {Event} */ event) => {
      event.preventDefault();
      if (!field.value.trim() || busy) return;
      busy = true;
      keep(); // until it has arrived
      const balloon = { text: field.value, product, issue, role: 'agent' };
      try {
        const key = attempts.key(balloon);
        const receipt = await post('/v1/balloons', balloon, key);
        attempts.over(key);
        if (left.get(about)?.text === balloon.text) left.delete(about);
        showReceipt(receipt, form.isConnected);
      } catch (error) {
        const told = `${sentence(error)} Nothing is lost: your words are still here.`;
        given.className = 'note bad';
        given.textContent = told;
        if (!form.isConnected && !drawn()) openDrawer('Balloon', [el('p', { class: 'note bad' }, `Your balloon was not let go. ${told} B shows them again.`)], null);
        tell(told);
      } finally {
        busy = false;
      }
    },
  }, el('div', { class: 'field' }, el('label', { for: 'balloon-text' }, 'Your balloon'), field),
  el('button', { type: 'submit', class: 'strong-button' }, 'Let go ', el('kbd', {}, 'Enter')));
  openDrawer('Let go a balloon', [form, given, ...(last ? [receiptLine('Your last receipt is ', last)] : [])], field, () => { if (why) tell(why); });
  // The page's own guess at the words: whoever types replaces it.
  if (!about && !left.has(about)) field.select();
}

/** @param {{ receipt: string, joined: boolean }} receipt @param {boolean} awaited whether its giver still looks at the field */
function showReceipt({ receipt, joined }, awaited) {
  last = receipt;
  const line = receiptLine('Your receipt is ', last);
  openDrawer('Balloon', [el('p', {}, el('strong', {}, joined ? 'Somebody thought so before you: yours is with theirs. ' : 'It is on its way. '), 'The receipt tells you what became of it; B shows it again.'), line], awaited ? undefined : null);
  const place = line.closest('.drawer');
  if (place instanceof HTMLElement) keysIn(place, { c: () => line.querySelector('button')?.click() });
}

/** @param {string} words @param {string} receipt */
function receiptLine(words, receipt) {
  // Beside the page, which may hold more that is not sent; the inbox shows it itself.
  const target = location.pathname === '/balloons' ? null : '_blank';
  const label = el('span', {}, 'Copy');
  const copied = async () => {
    label.textContent = await copy(receipt) ? 'Copied' : 'Select it and press Ctrl+C';
    tell(label.textContent);
  };
  return el('p', {}, words, el('a', { href: `/balloons?receipt=${encodeURIComponent(receipt)}`, target, rel: target && 'noopener' }, receipt), ' ',
    el('button', { type: 'button', class: 'quiet-button', onclick: copied }, label, ' ', words.startsWith('Your receipt') ? el('kbd', { 'aria-hidden': 'true' }, 'C') : null));
}

// Letting go a balloon: one field, Enter, a receipt.
import { Attempts, post, sentence } from '/assets/shell/api.js';
import { el } from '/assets/shell/dom.js';
import { openDrawer } from '/assets/shell/drawer.js';
import { tell } from '/assets/shell/speak.js';

/** @typedef {{ text?: string, product?: string, issue?: string }} Known what the page knows already */

/** Words that were typed and not sent, by what they are about: they are there when the field is opened again. @type {Map<string, Known>} */
const left = new Map();

/**
 * Opens the field.
 * @param {Known} [known] its words and what it is about
 * @param {string} [about] the tip that it is about, where it is about one
 */
export function openBalloon(known = {}, about = '') {
  const { text = '', product, issue } = left.get(about) ?? known;
  const field = el('input', { id: 'balloon-text', type: 'text', maxlength: 20000, autocomplete: 'off', required: true });
  field.value = text;
  field.addEventListener('input', () => { if (field.value.trim()) left.set(about, { text: field.value, product, issue }); else left.delete(about); });
  const given = el('p', { class: 'note' }, 'An idea, a wish, something that is missing. Everyone’s is read, the oldest first.');
  const attempts = new Attempts();
  let busy = false;
  const form = el('form', {
    onsubmit: async (/** @type {Event} */ event) => {
      event.preventDefault();
      if (!field.value.trim() || busy) return;
      busy = true;
      const balloon = { text: field.value, product, issue, role: 'agent' };
      try {
        const receipt = await post('/v1/balloons', balloon, attempts.key(balloon));
        left.delete(about);
        showReceipt(receipt);
      } catch (error) {
        given.className = 'note bad';
        given.textContent = `${sentence(error)} Nothing is lost: your words are still here.`;
        tell(given.textContent);
      } finally {
        busy = false;
      }
    },
  }, el('div', { class: 'field' }, el('label', { for: 'balloon-text' }, 'Your balloon'), field),
  el('button', { type: 'submit', class: 'strong-button' }, 'Let go ', el('kbd', {}, 'Enter')));
  openDrawer('Let go a balloon', [form, given], field);
}

/** @param {{ receipt: string, joined: boolean }} receipt */
function showReceipt({ receipt, joined }) {
  const address = `/balloons?receipt=${encodeURIComponent(receipt)}`;
  openDrawer('Balloon', [el('p', {}, el('strong', {}, joined ? 'Somebody thought so before you: yours is with theirs. ' : 'It is on its way. '),
    'Your receipt is ', el('a', { href: address }, receipt), '. It tells you what became of it.')]);
  tell(`It is on its way. Your receipt is ${receipt}.`);
}

// Letting go a balloon: one field, Enter, a receipt.
import { post, sentence, newKey } from '/assets/shell/api.js';
import { el } from '/assets/shell/dom.js';
import { openDrawer } from '/assets/shell/drawer.js';
import { tell } from '/assets/shell/speak.js';

/** @typedef {{ text?: string, product?: string, issue?: string }} Known what the page knows already */

/**
 * Opens the field.
 * @param {Known} [known] its words and what it is about
 */
export function openBalloon({ text = '', product, issue } = {}) {
  const field = el('input', { id: 'balloon-text', type: 'text', maxlength: 20000, autocomplete: 'off', required: true });
  field.value = text;
  const given = el('p', { class: 'note' }, 'An idea, a wish, something that is missing. Everyone’s is read, the oldest first.');
  const key = newKey();
  const form = el('form', {
    onsubmit: async (/** @type {Event} */ event) => {
      event.preventDefault();
      if (!field.value.trim()) return;
      try {
        const receipt = await post('/v1/balloons', { text: field.value, product, issue, role: 'agent' }, key);
        showReceipt(receipt);
      } catch (error) {
        given.className = 'note bad';
        given.textContent = `${sentence(error)} Nothing is lost: your words are still here.`;
        tell(given.textContent);
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

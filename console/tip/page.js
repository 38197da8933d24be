// A tip's public page: whether it was what the customer needed, what is missing, and handing it on.
import { newKey, post, sentence } from '/assets/shell/api.js';
import { byId, copy } from '/assets/shell/dom.js';

const place = byId('helpful');
const tip = place.dataset.tip ?? '';
const thanks = byId('thanks');
const form = /** @type {HTMLFormElement} */ (byId('balloon'));
const wish = /** @type {HTMLTextAreaElement} */ (byId('wish'));
const buttons = { helped: byId('yes'), declined: byId('no') };

/** One key for each answer: pressing twice is one answer. */
const keys = { helped: newKey(), declined: newKey() };

/** @param {'helped' | 'declined'} outcome */
async function answer(outcome) {
  for (const [name, button] of Object.entries(buttons)) button.setAttribute('aria-pressed', String(name === outcome));
  form.hidden = outcome === 'helped';
  thanks.textContent = outcome === 'helped' ? 'Good to hear. Thank you.' : 'Thank you for saying so.';
  if (outcome === 'declined') wish.focus();
  await post('/v1/outcomes', { tip, outcome, channel: 'page' }, keys[outcome]).catch((error) => { thanks.textContent = `Your answer did not reach us. ${sentence(error)}`; });
}

let key = newKey();

/** @param {Event} event */
async function send(event) {
  event.preventDefault();
  const text = wish.value.trim();
  if (!text) return wish.focus();
  try {
    const { receipt } = await post('/v1/balloons', { text, role: 'customer', contact: `page of ${tip}` }, key);
    key = newKey();
    form.hidden = true;
    thanks.textContent = `Somebody will read it. Your receipt is ${receipt}: whoever sent you this page can tell you with it what became of your words.`;
  } catch (error) {
    thanks.textContent = `It did not reach us; your words are still here. ${sentence(error)}`;
  }
}

async function share() {
  const address = document.querySelector('link[rel="canonical"]')?.getAttribute('href') ?? location.href;
  if ('share' in navigator) {
    // Whoever changes their mind has shared nothing, and nothing is wrong.
    await navigator.share({ title: document.title, url: address }).catch(() => {});
  } else {
    byId('shared').textContent = (await copy(address)) ? 'The link is copied.' : `Copy it by hand: ${address}`;
  }
}

buttons.helped.addEventListener('click', () => void answer('helped'));
buttons.declined.addEventListener('click', () => void answer('declined'));
form.addEventListener('submit', (event) => void send(event));
const button = byId('share');
if ('share' in navigator) button.textContent = 'Share';
button.addEventListener('click', () => void share());

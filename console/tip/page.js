// A tip's public page: whether it was what the customer needed, what is missing, and handing it on.
import { Attempts, post, sentence, withdraw } from '/assets/shell/api.js';
import { byId, copy, el } from '/assets/shell/dom.js';

const place = byId('helpful');
const tip = place.dataset.tip ?? '';
const thanks = byId('thanks');
const form = /** @type {HTMLFormElement} */ (byId('balloon'));
const wish = /** @type {HTMLTextAreaElement} */ (byId('wish'));
const buttons = { helped: byId('yes'), declined: byId('no') };

const attempts = new Attempts();
/** What was sent, and by what name the server has it; none while nobody knows whether it has it. @type {{ outcome: string, id: string | null } | null} */
let sent = null;
/** What is being sent: one after the other, so that the last one pressed is the one that counts. */
let sending = Promise.resolve();
/** @type {string | undefined} */
let chosen;

/** @param {'helped' | 'declined'} outcome */
async function answer(outcome) {
  for (const [name, button] of Object.entries(buttons)) button.setAttribute('aria-pressed', String(name === outcome));
  form.hidden = outcome === 'helped';
  thanks.textContent = outcome === 'helped' ? 'Good to hear. Thank you.' : 'Thank you for saying so.';
  if (outcome === 'declined') wish.focus();
  chosen = outcome;
  sending = sending.then(settle).catch((error) => {
    if (chosen !== outcome) return; // another answer is on its way
    for (const button of Object.values(buttons)) button.setAttribute('aria-pressed', 'false');
    thanks.textContent = `Your answer did not reach us. ${sentence(error)}`;
  });
  await sending;
}

/** @param {string} outcome @returns {Promise<string>} what the server calls it; the same, however often it is sent */
async function send(outcome) {
  const body = { tip, outcome, channel: 'page' };
  return (await post('/v1/outcomes', body, attempts.key(body))).id;
}

/** Brings the server to what was chosen: who changes their mind has said one thing, not two. */
async function settle() {
  if (!chosen || (sent?.id && sent.outcome === chosen)) return;
  if (sent && sent.outcome !== chosen) {
    // One whose answer was lost is sent again, to learn its name: once.
    sent.id ??= await send(sent.outcome);
    await withdraw(sent.id);
    sent = null;
    attempts.over();
  }
  const outcome = chosen;
  sent = { outcome, id: null };
  sent = { outcome, id: await send(outcome) };
}

const wishes = new Attempts();
let wishing = false;

/** What they have to keep, where it can be taken; focus goes there, as the form that had it is gone. @param {string} receipt */
function showReceipt(receipt) {
  const [line, label] = [byId('receipt'), el('span', {}, 'Copy the receipt')];
  const copied = async () => { label.textContent = await copy(receipt) ? 'Copied' : 'Copy it by hand'; };
  line.replaceChildren('Somebody will read it. Your receipt is ', el('code', {}, receipt), ': whoever sent you this page can tell you with it what became of your words. ', el('button', { type: 'button', class: 'button', onclick: copied }, label));
  line.tabIndex = -1;
  line.focus();
}

/** @param {Event} event */
async function wished(event) {
  event.preventDefault();
  const text = wish.value.trim();
  if (!text) return wish.focus();
  if (wishing) return;
  wishing = true;
  const balloon = { text, role: 'customer', contact: `page of ${tip}` };
  try {
    const { receipt } = await post('/v1/balloons', balloon, wishes.key(balloon));
    wishes.over();
    if (wish.value.trim() === text) wish.value = '';
    form.hidden = true;
    thanks.textContent = '';
    showReceipt(receipt);
  } catch (error) {
    thanks.textContent = `It did not reach us; your words are still here. ${sentence(error)}`;
  } finally {
    wishing = false;
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
form.addEventListener('submit', (event) => void wished(event));
const button = byId('share');
if ('share' in navigator) button.textContent = 'Share';
button.addEventListener('click', () => void share());

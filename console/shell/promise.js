// Noting a promise: what was promised, by when, who keeps it, to whom; beside a list, or in the drawer of whoever makes it on a contact.
import { Attempts, post, sentence } from '/assets/shell/api.js';
import { el } from '/assets/shell/dom.js';
import { openDrawer } from '/assets/shell/drawer.js';
import { tell } from '/assets/shell/speak.js';

/** @typedef {{ what: string, due: string, owner: string, customer: string }} Written as the form holds it */
/** @typedef {{ id: string, question: string }} Tip */

const NAMES = /** @type {const} */ (['what', 'due', 'owner', 'customer']);

/** @param {string} id @param {string} label @param {Record<string, unknown>} how */
function field(id, label, how) {
  const input = el('input', { id, autocomplete: 'off', maxlength: 512, ...how });
  return { input, shown: el('div', { class: 'field' }, el('label', { for: id }, label), input) };
}

/**
 * The form.
 * @param {string} prefix of its ids: another form may be on the page
 * @param {object} does
 * @param {(what: string, empty: boolean) => unknown} does.noted `empty`: whether nobody has begun the next one meanwhile
 * @param {(told: string) => void} does.refused
 * @param {() => string | null} [does.tip] the tip that it came with
 * @param {Node | null} [more] what stands above its button
 */
export function promiseForm(prefix, { noted, refused, tip = () => null }, more = null) {
  const hint = el('p', { class: 'hint', id: `${prefix}customer-hint` }, 'Your own number for the customer. Only a keyed hash of it is kept.');
  const fields = {
    what: field(`${prefix}what`, 'What was promised?', { required: true, dir: 'auto', placeholder: 'Call back about the refund' }),
    due: field(`${prefix}due`, 'By when?', { type: 'datetime-local', required: true, max: '9999-12-31T23:59' }),
    owner: field(`${prefix}owner`, 'Who keeps it?', { dir: 'auto' }),
    customer: field(`${prefix}customer`, 'To whom?', { 'aria-describedby': hint.id }),
  };
  const written = () => /** @type {Written} */ (Object.fromEntries(NAMES.map((name) => [name, fields[name].input.value])));
  /** @param {Partial<Written>} values */
  const fill = (values) => { for (const name of NAMES) fields[name].input.value = values[name] ?? ''; };
  fields.customer.shown.append(hint);
  const attempts = new Attempts();
  let busy = false;
  const form = el('form', {
    class: 'acting promising',
    onsubmit: async (/** @type {Event} */ event) => {
      event.preventDefault();
      if (busy) return;
      busy = true;
      const { what, due, owner, customer } = written();
      try {
        const promise = { what, due: new Date(due).toISOString(), owner: owner || null, customer: customer || null, tip: tip() };
        await post('/v1/promises', promise, attempts.key(promise));
        attempts.over();
        const now = written();
        const empty = now.what === what && now.due === due && now.owner === owner && now.customer === customer;
        if (empty) fill({});
        noted(what, empty);
      } catch (error) {
        refused(`${sentence(error)} Nothing is lost: it is still in the form.`);
      } finally {
        busy = false;
      }
    },
  }, el('h2', {}, 'A new promise'), NAMES.map((name) => fields[name].shown), more, el('button', { type: 'submit', class: 'strong-button' }, 'Promise it ', prefix ? el('kbd', { 'aria-hidden': 'true' }, 'Enter') : null));
  return { form, written, fill, first: fields.what.input };
}

/** What was typed in the drawer and not sent: it is there when it is opened again for the same customer. @type {{ of: string, written: Written } | null} */
let left = null;
/** Whoever notes one will most likely keep the next one, too. */
let keeper = '';

/** Opens the form for a promise that is made on the contact at hand. @param {{ customer?: string, tip?: Tip }} [known] */
export function openPromise({ customer = '', tip } = {}) {
  const box = el('input', { type: 'checkbox', checked: true });
  const with_ = tip ? el('label', { class: 'switch' }, box, el('span', { dir: 'auto' }, `With the tip “${tip.question}”`)) : null;
  const told = el('p', { class: 'note' }, 'It is listed with the others: ', all());
  const { form, written, fill, first } = promiseForm('promise-', {
    tip: () => (tip && box.checked ? tip.id : null),
    noted: (what) => {
      left = null;
      openDrawer('Promise', [el('p', {}, el('strong', {}, `Promised: ${what}`)), el('p', {}, all())], form.isConnected ? undefined : null);
      tell(`Promised: ${what}`);
    },
    refused: (words) => {
      told.className = 'note bad';
      told.textContent = words;
      if (!form.isConnected) openDrawer('Promise', [el('p', { class: 'note bad' }, `Your promise was not noted. ${words} P shows it again.`)], null);
      tell(words);
    },
  }, with_);
  fill(left?.of === customer ? left.written : { customer, owner: keeper });
  form.addEventListener('input', () => { [left, keeper] = [{ of: customer, written: written() }, written().owner]; });
  openDrawer('Note a promise', [form, told], first);
}

const all = () => el('a', { href: '/balloons?show=promises', target: location.pathname === '/balloons' ? null : '_blank', rel: 'noopener' }, 'All promises');

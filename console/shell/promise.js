// Noting a promise: what was promised, by when, who keeps it, to whom; beside a list, or in the drawer of whoever makes it on a contact.
import { Attempts, post, sentence } from '/assets/shell/api.js';
import { el } from '/assets/shell/dom.js';
import { drawn, openDrawer } from '/assets/shell/drawer.js';
import { tell } from '/assets/shell/speak.js';

/** @typedef {{ what: string, due: string, owner: string, customer: string }} Written as the form holds it */
/** @typedef {{ id: string, question: string }} Tip */

const NAMES = /** @type {const} */ (['what', 'due', 'owner', 'customer']);

/** @param {Written} one @param {Written} other */
const same = (one, other) => NAMES.every((name) => one[name] === other[name]);

/** @param {string} id @param {string} label @param {Record<string, unknown>} how */
function field(id, label, how) {
  const input = el('input', { id, autocomplete: 'off', maxlength: 512, ...how });
  return { input, shown: el('div', { class: 'field' }, el('label', { for: id }, label), input) };
}

/**
 * The form.
 * @param {string} prefix of its ids: another form may be on the page
 * @param {object} does
 * @param {(sent: Written, empty: boolean) => unknown} does.noted `empty`: whether nobody has begun the next one meanwhile
 * @param {(told: string) => void} does.refused
 * @param {() => string | null} [does.tip] the tip that it came with
 * @param {Attempts} [does.attempts] those of its words, where the form was open before
 * @param {Node | null} [more] what stands above its button
 */
export function promiseForm(prefix, { noted, refused, tip = () => null, attempts = new Attempts() }, more = null) {
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
  let busy = false;
  const form = el('form', {
    class: 'acting promising',
    onsubmit: async (/** @type {Event} */ event) => {
      event.preventDefault();
      if (busy) return;
      busy = true;
      const sent = written();
      const { what, due, owner, customer } = sent;
      try {
        const promise = { what, due: new Date(due).toISOString(), owner: owner || null, customer: customer || null, tip: tip() };
        const key = attempts.key(promise);
        await post('/v1/promises', promise, key);
        attempts.over(key);
        const empty = same(written(), sent);
        if (empty) fill({});
        noted(sent, empty);
      } catch (error) {
        refused(`${sentence(error)} Nothing is lost: it is still in the form.`);
      } finally {
        busy = false;
      }
    },
  }, el('h2', {}, 'A new promise'), NAMES.map((name) => fields[name].shown), more, el('button', { type: 'submit', class: 'strong-button' }, 'Promise it ', prefix ? el('kbd', { 'aria-hidden': 'true' }, 'Enter') : null));
  return { form, written, fill, first: fields.what.input };
}

/** What was typed in the drawer and not sent, by customer: it is there when it is opened again. @type {Map<string, { written: Written, attempts: Attempts, tip?: Tip, checked: boolean, form: HTMLElement }>} */
const left = new Map();
/** Whoever notes one will most likely keep the next one, too. */
let keeper = '';

/** Opens the form for a promise that is made on the contact at hand. @param {{ customer?: string, tip?: Tip }} [known] */
export function openPromise({ customer = '', tip: here } = {}) {
  const kept = left.get(customer);
  const attempts = kept?.attempts ?? new Attempts();
  // What may have arrived already is sent again as it was.
  const tip = kept?.tip ?? here;
  const box = el('input', { type: 'checkbox', checked: kept?.checked ?? true });
  const with_ = tip ? el('label', { class: 'switch' }, box, el('span', { dir: 'auto' }, `With the tip “${tip.question}”`)) : null;
  const told = el('p', { class: 'note' }, 'It is listed with the others: ', all());
  const { form, written, fill, first } = promiseForm('promise-', {
    attempts,
    tip: () => (tip && box.checked ? tip.id : null),
    noted: (sent) => {
      const words = `Promised: ${sent.what}`;
      const now = left.get(customer);
      const over = !now || same(now.written, sent);
      if (over) left.delete(customer);
      // The form may have been shut and opened again meanwhile: what it says is noted all the same.
      const there = over && (now?.form ?? form).isConnected;
      if (there || !drawn()) openDrawer('Promise', [el('p', {}, el('strong', {}, words)), el('p', {}, all())], there ? undefined : null);
      else [told.className, told.textContent] = ['note', words];
      tell(words);
    },
    refused: (words) => {
      told.className = 'note bad';
      told.textContent = words;
      if (!form.isConnected && !drawn()) openDrawer('Promise', [el('p', { class: 'note bad' }, `Your promise was not noted. ${words} P shows it again.`)], null);
      tell(words);
    },
  }, with_);
  const keep = () => {
    const now = written();
    if (now.what || now.due || now.customer !== customer) left.set(customer, { written: now, attempts, tip, checked: Boolean(tip && box.checked), form });
    else left.delete(customer);
  };
  fill(kept?.written ?? { customer, owner: keeper });
  if (kept) keep();
  form.addEventListener('input', () => { keeper = written().owner; keep(); });
  openDrawer('Note a promise', [form, told], first);
}

const all = () => el('a', { href: '/balloons?show=promises', target: location.pathname === '/balloons' ? null : '_blank', rel: 'noopener' }, 'All promises');

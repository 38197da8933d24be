// The pulse: reads the measures, and draws what they say.
import { get, pages, sentence } from '/assets/shell/api.js';
import { byId, el, replaceAddress } from '/assets/shell/dom.js';
import { shell } from '/assets/shell/shell.js';
import { dayName } from '/assets/shell/words.js';
import { agesChart, causesChart, outcomesChart } from '/assets/pulse/counts.js';
import { effectChart } from '/assets/pulse/effect.js';
import { flowsChart } from '/assets/pulse/flows.js';
import { numbers } from '/assets/pulse/numbers.js';
import { gapsPart, partsChart } from '/assets/pulse/parts.js';
import { weeksChart } from '/assets/pulse/weeks.js';

/** @typedef {import('/assets/pulse/types.js').Pulse} Pulse */

/** Waiting shows after this long: what comes sooner needs no word. */
const STALLED_MS = 300;

shell();
const note = byId('note');
// The page came with the directive: it stands before anything is counted, so that nothing moves for it.
byId('goal').textContent = document.querySelector('.directive')?.textContent ?? 'The library has no directive yet: it is the first paragraph of the _index.md at its root.';

/** All items of a list. @param {string} path @param {Record<string, unknown>} [query] @returns {Promise<any[]>} */
const all = async (path, query) => (await pages(path, { ...query, limit: 200 })).items;

/** What issues and products are called. */
async function names() {
  const [issues, products] = await Promise.all([all('/v1/issues'), all('/v1/products')]);
  /** @type {Map<string, string>} */
  const titles = new Map([...issues.map(({ id, title }) => /** @type {[string, string]} */ ([`i ${id}`, title])), ...products.map(({ id, title }) => /** @type {[string, string]} */ ([`p ${id}`, title]))]);
  const plain = (/** @type {string} */ id) => (id.split(/[:/]/).pop() ?? id).replaceAll('-', ' ');
  return (/** @type {string | null} */ issue, /** @type {string | null} */ product = null) => {
    const what = issue === null ? 'no issue named' : titles.get(`i ${issue}`) ?? plain(issue);
    return product ? `${what} · ${titles.get(`p ${product}`) ?? plain(product)}` : what;
  };
}

/** @param {Pulse} pulse */
async function draw(pulse) {
  const [name, gaps, waiting, acknowledged] = await Promise.all([names(), get('/v1/gaps', { limit: 50 }), all('/v1/balloons', { state: 'waiting' }), all('/v1/balloons', { state: 'acknowledged' })]);
  const { horizon_days: days, right_first_time: right } = pulse;
  const followed = await flowsChart(right.by, name, days);
  const place = el('div', { class: 'broad' });
  const parts = () => {
    const product = new URLSearchParams(location.search).get('product') ?? '';
    const chosen = (/** @type {string} */ one) => {
      replaceAddress(one ? `/pulse?${new URLSearchParams({ product: one })}` : '/pulse');
      parts();
      byId('product').focus();
    };
    place.replaceChildren(partsChart(right.by, name, { product, chosen }));
  };
  parts();
  // Counted from the same balloons as their chart: the pulse may have counted them a while ago.
  const balloons = { ...pulse.balloons, waiting: waiting.length, acknowledged: acknowledged.length, oldest_waiting_at: waiting[0]?.given_at ?? null };
  byId('numbers').replaceChildren(...numbers({ ...pulse, balloons }));
  byId('numbers').hidden = false;
  byId('charts').replaceChildren(weeksChart(right.weeks, days, pulse.until), effectChart(pulse.experiment, days), followed, gapsPart(gaps.items, name), outcomesChart(pulse.tips.by), causesChart(pulse.causes, days), place, agesChart([...waiting, ...acknowledged]));
}

async function read() {
  const waiting = setTimeout(() => { note.textContent = 'Counting …'; }, STALLED_MS);
  try {
    const pulse = /** @type {Pulse} */ (await get('/v1/pulse'));
    await draw(pulse);
    clearTimeout(waiting);
    note.className = 'note';
    note.textContent = `From ${dayName(pulse.from)} to ${dayName(pulse.until)}. A further contact counts within ${pulse.horizon_days} days.`;
    if (pulse.simulated) note.append(' ', el('strong', {}, 'Simulated:'), ' ', el('code', {}, 'stemwire learn --sample'), ' made this past up.');
    if (!pulse.right_first_time.overall && !pulse.right_first_time.open) note.append(' No contacts are known yet. ', el('code', {}, 'stemwire learn FILE'), ' takes them from your helpdesk; ', el('code', {}, 'stemwire learn --sample'), ' fills a ledger with simulated ones.');
  } catch (error) {
    clearTimeout(waiting);
    byId('charts').replaceChildren();
    note.className = 'note warn';
    note.replaceChildren(sentence(error), ' ', el('button', { type: 'button', class: 'button', onclick: () => void read() }, 'Try again'));
  }
}

void read();

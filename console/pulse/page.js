// The pulse: reads the measures, and draws what they say.
import { get, pages, sentence } from '/assets/shell/api.js';
import { byId, el, replaceAddress } from '/assets/shell/dom.js';
import { onLive } from '/assets/shell/live.js';
import { shell } from '/assets/shell/shell.js';
import { dayName } from '/assets/shell/words.js';
import { anew } from '/assets/pulse/anew.js';
import { agesChart, causesChart, floated, outcomesChart } from '/assets/pulse/counts.js';
import { effectChart } from '/assets/pulse/effect.js';
import { flowsChart } from '/assets/pulse/flows.js';
import { numbers } from '/assets/pulse/numbers.js';
import { gapsPart, partsChart } from '/assets/pulse/parts.js';
import { weeksChart } from '/assets/pulse/weeks.js';

/** @typedef {import('/assets/pulse/types.js').Pulse} Pulse */

/** Waiting shows after this long: what comes sooner needs no word. */
const STALLED_MS = 300;
/** What happens elsewhere is counted in at most so often: a busy desk reports many a second. */
const AGAIN_MS = 60_000;
/** Contacts come without a word of it: they are looked for so often, while somebody may see it. */
const LOOK_MS = 300_000;

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
  const ofProduct = (/** @type {string} */ id) => titles.get(`p ${id}`) ?? plain(id);
  const name = (/** @type {string | null} */ issue, /** @type {string | null} */ product = null) => {
    const what = issue === null ? 'no issue named' : titles.get(`i ${issue}`) ?? plain(issue);
    return product ? `${what} · ${ofProduct(product)}` : what;
  };
  return Object.assign(name, { product: ofProduct });
}

/** @param {Pulse} pulse */
async function draw(pulse) {
  const [name, gaps, waiting, acknowledged] = await Promise.all([names(), get('/v1/gaps', { limit: 50 }), all('/v1/balloons', { state: 'waiting' }), all('/v1/balloons', { state: 'acknowledged' })]);
  const { horizon_days: days, right_first_time: right } = pulse;
  const contacts = Boolean(right.overall || right.open);
  const followed = await flowsChart(right.by, name, days);
  const parts = () => {
    const product = new URLSearchParams(location.search).get('product') ?? '';
    const chosen = (/** @type {string} */ one) => {
      replaceAddress(one ? `/pulse?${new URLSearchParams({ product: one })}` : '/pulse');
      parts();
      byId('product').focus();
    };
    place.replaceChildren(partsChart(right.by, name, { product, chosen }));
  };
  const place = el('div', { class: 'broad' });
  parts();
  // Counted from the same balloons as their chart: the pulse may have counted them a while ago.
  const balloons = { ...pulse.balloons, waiting: waiting.length, acknowledged: acknowledged.length, oldest_waiting_at: waiting[0]?.given_at ?? null };
  anew(byId('numbers'), numbers({ ...pulse, balloons }, floated([...waiting, ...acknowledged])));
  byId('numbers').hidden = false;
  anew(byId('charts'), [weeksChart(right.weeks, days, pulse.until, right.overall ? right.needed : 0), effectChart(pulse.experiment, days), followed, gapsPart(gaps.items, name, contacts), outcomesChart(pulse.tips.by), causesChart(pulse.causes, days, contacts), place, agesChart([...waiting, ...acknowledged])]);
}

/** When it was read last, whether it stands, and what is to be read anew. */
const now = { at: 0, stands: false, busy: false };
/** @type {ReturnType<typeof setTimeout> | undefined} */
let later;

/** Something changed: it is read anew, not too often and only for somebody who may see it. */
function changed() {
  if (!now.stands || document.visibilityState === 'hidden') return;
  later ??= setTimeout(() => {
    later = undefined;
    if (document.visibilityState !== 'hidden') void read();
  }, Math.max(0, now.at + AGAIN_MS - Date.now()));
}

/** @param {string} at */
const clock = (at) => new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });

async function read() {
  if (now.busy) return;
  now.busy = true;
  const waiting = setTimeout(() => { if (!now.stands) note.textContent = 'Counting …'; }, STALLED_MS);
  try {
    const pulse = /** @type {Pulse} */ (await get('/v1/pulse'));
    await draw(pulse);
    clearTimeout(waiting);
    now.stands = true;
    note.className = 'note';
    note.textContent = `From ${dayName(pulse.from)} to ${dayName(pulse.until)}`;
    // A reader of the screen is not told the time each time.
    note.append(el('span', { 'aria-live': 'off' }, `, ${clock(pulse.until)}`), `. A further contact counts within ${pulse.horizon_days} days.`);
    if (pulse.simulated) note.append(' ', el('strong', {}, 'Simulated:'), ' ', el('code', {}, 'stemwire learn --sample'), ' made this past up.');
    if (!pulse.right_first_time.overall && !pulse.right_first_time.open) note.append(' No contacts are known yet. ', el('code', {}, 'stemwire learn FILE'), ' takes them from your helpdesk; ', el('code', {}, 'stemwire learn --sample'), ' fills a ledger with simulated ones.');
  } catch (error) {
    clearTimeout(waiting);
    note.className = 'note warn';
    note.replaceChildren(now.stands ? 'What stands here is not read anew. ' : '', sentence(error), ' ', el('button', { type: 'button', class: 'button', onclick: () => void read() }, 'Try again'));
  } finally {
    [now.at, now.busy] = [Date.now(), false];
  }
}

for (const kind of /** @type {const} */ (['balloon', 'outcome', 'promise', 'library', 'reset'])) onLive(kind, changed);
setInterval(changed, LOOK_MS);
void read();

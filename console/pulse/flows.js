// What they come back with: from the commonest issues to those that follow, as bands as wide as there are contacts.
import { get, sentence } from '/assets/shell/api.js';
import { el, svg } from '/assets/shell/dom.js';
import { many, percent } from '/assets/shell/words.js';
import { bars, legend } from '/assets/pulse/bars.js';
import { chart, fitted, noChart } from '/assets/pulse/chart.js';

/** @typedef {import('/assets/pulse/types.js').RightOf} RightOf */
/** @typedef {import('/assets/pulse/types.js').Outlook} Outlook */
/** @typedef {((id: string | null, product?: string | null) => string) & { product: (id: string) => string }} Name what an issue is called, or a product alone */
/** @typedef {{ from: string, to: string, n: number, p: number, low: number, high: number, of: number, tip: string | null }} Link */

const TITLE = 'What they come back with';
/** Issues that are drawn, and the commonest ways from each: more would be a tangle. */
const [ISSUES, FOLLOW] = [6, 3];
/** The server gives first what is most worth telling; the commonest is found among as many as it gives at once. */
const ASKED = 50;
/** Narrower than this, bands have no room between their names. */
const WIDE = 560;
const [GAP, NODE, ROW] = [14, 10, 26];
/** What says without a colour that no tip is written, for any way that leads there or for some of them, and the room that it takes. */
const NO_TIP = { mark: ' (no tip)', room: 63 };
const FOR_SOME = { mark: ' (a tip for some)', room: 119 };

/** A chance; one that is there is never shown as none. @param {number} p */
const chance = (p) => (p > 0 && p < 0.005 ? 'under 1 %' : percent(p));

/** A server that has just started counts the contacts again: so long between two looks whether it is done, and so many looks. A million contacts take some ten seconds. */
const [AGAIN_MS, LOOKS] = [2000, 30];

/** The chart. Where the server is still counting, it says so and fills in by itself. @param {RightOf[]} by @param {Name} name @param {number} days @param {number} [looks] @returns {Promise<HTMLElement>} */
export async function flowsChart(by, name, days, looks = LOOKS) {
  const links = await flows(by, name);
  if (links) return drawing(links, days);
  if (!looks) return noChart(TITLE, 'The contacts are not counted yet. Reload the page to look again.', true);
  const place = noChart(TITLE, 'The contacts are still being counted. This fills in by itself.', true);
  setTimeout(() => void fill(place, by, name, days, looks - 1), AGAIN_MS);
  return place;
}

/** @param {HTMLElement} place @param {RightOf[]} by @param {Name} name @param {number} days @param {number} looks */
async function fill(place, by, name, days, looks) {
  if (!place.isConnected) return;
  try {
    place.replaceWith(await flowsChart(by, name, days, looks));
  } catch (error) {
    place.replaceWith(noChart(TITLE, `${sentence(error)} Reload the page to look again.`, true));
  }
}

/** Null where no contact is counted yet, though there are some. @param {RightOf[]} by @param {Name} name @returns {Promise<Link[] | null>} */
async function flows(by, name) {
  const commonest = by.filter(({ issue }) => issue).slice(0, ISSUES);
  const all = await Promise.all(commonest.map(async ({ product, issue }) => {
    /** @type {Outlook} */
    const { next, of, basis, contacts } = await get('/v1/foresight', { product, issue, limit: ASKED });
    if (!contacts) return null;
    const known = ['issue', 'first'].includes(basis) ? next : [];
    return known.filter(({ n }) => n > 0).sort((a, b) => b.n - a.n).slice(0, FOLLOW).map((one) => ({ from: name(issue, product), to: name(one.issue, one.product === product ? null : one.product), n: one.n, p: one.p, low: one.low, high: one.high, of, tip: one.tip }));
  }));
  return all.includes(null) ? null : all.flatMap((links) => links ?? []);
}

/** @param {Link[]} links @param {number} days */
function drawing(links, days) {
  const [most] = [...links].sort((a, b) => b.n - a.n);
  if (!most) return noChart(TITLE, 'Not enough data yet: nothing is known to follow the commonest issues.', true);
  const open = links.filter(({ tip }) => !tip).length;
  return chart({
    title: TITLE, broad: true,
    says: `Over all contacts that are kept: after “${most.from}”, ${chance(most.p)} come back with “${most.to}” within ${days} days (${percent(most.low)} to ${percent(most.high)}, of ${many(most.of, 'customer')}). ${open ? `${open} of the ${links.length} ways shown ${open === 1 ? 'leads' : 'lead'} to an issue that no tip prevents.` : `A tip prevents what each of the ${links.length} ways shown leads to.`}`,
    above: open ? [legend(['a tip prevents it', 'no tip is written for it'])] : [],
    draw: (width) => [width < WIDE ? list(links, width) : bands(links, width)],
    table: {
      caption: 'From an issue to the next',
      head: ['After', 'they come back with', 'Tip', 'Chance', '95 % interval', 'Customers'], numbers: 3,
      rows: links.map((one) => [one.from, one.to, one.tip ? el('a', { href: `/library?${new URLSearchParams({ tip: one.tip })}` }, one.tip) : 'none', chance(one.p), `${percent(one.low)} to ${percent(one.high)}`, `${one.n} of ${one.of.toLocaleString('en')}`]),
    },
    counted: `Drawn are the ${FOLLOW} commonest ways from each of the ${ISSUES} commonest issues, as wide as the customers who took them are many; on a narrow page, as long as the chance is. Counted are all contacts that are kept, however long ago, and not only those of the time at the top of the page. Of the customers whose first contact was about the first issue (of all who had it, where those are fewer than two), those who got in touch about the second within ${days} days. The same issue again is left out: that was not solved. Rates of small counts are drawn towards those of the product and of all.`,
  });
}

/** A bar each, as long as its label says. @param {Link[]} links @param {number} width */
const list = (links, width) => bars(links.map((one) => ({ label: `${one.from} → ${one.to}${one.tip ? '' : NO_TIP.mark}`, note: chance(one.p), parts: one.tip ? [one.p] : [0, one.p] })), width, Math.max(...links.map(({ p }) => p)));

/** Nodes of one side, from top to bottom. @param {Link[]} links @param {'from' | 'to'} side @param {number} scale */
function nodes(links, side, scale) {
  /** @type {Map<string, { name: string, n: number, y: number, high: number, used: number, open: typeof NO_TIP | null }>} */
  const all = new Map();
  let y = 0;
  for (const name of new Set(links.map((link) => link[side]))) {
    const mine = links.filter((link) => link[side] === name);
    const n = mine.reduce((sum, link) => sum + link.n, 0);
    const high = Math.max(4, n * scale);
    const without = side === 'to' ? mine.filter(({ tip }) => !tip).length : 0;
    all.set(name, { name, n, y, high, used: 0, open: without ? (without === mine.length ? NO_TIP : FOR_SOME) : null });
    y += Math.max(ROW, high) + GAP;
  }
  return { all, high: y };
}

/** @param {Link[]} links @param {number} width */
function bands(links, width) {
  const scale = 260 / links.reduce((sum, link) => sum + link.n, 0);
  const [left, right] = [nodes(links, 'from', scale), nodes(links, 'to', scale)];
  const high = Math.max(left.high, right.high);
  const label = Math.min(300, width * 0.32);
  const [x1, x2] = [label, width - label];
  const drawn = links.map((link) => {
    const [a, b] = [left.all.get(link.from), right.all.get(link.to)];
    if (!a || !b) return false;
    const wide = Math.max(1.5, link.n * scale);
    const [y1, y2] = [a.y + a.used + wide / 2, b.y + b.used + wide / 2];
    a.used += wide;
    b.used += wide;
    const middle = (x1 + x2) / 2;
    return svg('path', { d: `M${x1 + NODE},${y1} C${middle},${y1} ${middle},${y2} ${x2 - NODE},${y2}`, 'stroke-width': wide, class: link.tip ? 'flow' : 'flow open' });
  });
  const text = (/** @type {number} */ x, /** @type {'start' | 'end'} */ anchor, /** @type {{ name: string, y: number, high: number, open: typeof NO_TIP | null }} */ node) =>
    svg('text', { x, y: node.y + Math.min(node.high, ROW) / 2 + 5, 'text-anchor': anchor }, fitted(node.name, label - 12 - (node.open?.room ?? 0)) + (node.open?.mark ?? ''));
  return svg('svg', { width, height: high, viewBox: `0 0 ${width} ${high}` }, drawn,
    [...left.all.values()].flatMap((node) => [svg('rect', { x: x1, y: node.y, width: NODE, height: node.high, class: 'node' }), text(x1 - 8, 'end', node)]),
    [...right.all.values()].flatMap((node) => [svg('rect', { x: x2 - NODE, y: node.y, width: NODE, height: node.high, class: node.open === NO_TIP ? 'node open' : 'node' }), text(x2 + 8, 'start', node)]));
}

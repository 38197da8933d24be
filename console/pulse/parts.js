// Right first time by product and issue, and what no tip is there for.
import { el, svg } from '/assets/shell/dom.js';
import { likelyAfter, mostAfter } from '/assets/shell/gaps.js';
import { many, percent } from '/assets/shell/words.js';
import { chart, noChart } from '/assets/pulse/chart.js';

/** @typedef {import('/assets/pulse/types.js').RightOf} RightOf */
/** @typedef {import('/assets/pulse/types.js').Gap} Gap */
/** @typedef {import('/assets/pulse/flows.js').Name} Name */

/** As many as one looks at; the table beneath holds more. */
const [DRAWN, LISTED, GAPS] = [8, 40, 10];
/** Contacts from which on a share is known to ten points: `needed` in docs/pulse.md. */
const ENOUGH = 97;
/** So many have typed the same words before they stand on a page for everybody. */
const HEARD = 3;

/** A section and those around it, outermost first. @param {string} id */
const path = (id) => id.split('/').map((_, at, parts) => parts.slice(0, at + 1).join('/'));

/** The sections of some products, with those around them. @param {string[]} products */
const sections = (products) => [...new Set(products.flatMap(path))].sort();

/**
 * @param {RightOf[]} all
 * @param {Name} name
 * @param {{ product: string, chosen: (product: string) => void }} filter
 */
export function partsChart(all, name, { product, chosen }) {
  const title = 'Right first time, by issue';
  const products = sections(all.flatMap((one) => one.product ?? []));
  const mine = all.filter((one) => !product || `${one.product}/`.startsWith(`${product}/`));
  const known = mine.filter(({ needed }) => !needed);
  const called = (/** @type {RightOf} */ one) => name(one.issue, one.product);
  const worst = [...known].sort((a, b) => a.value - b.value).slice(0, DRAWN);
  const select = el('select', { id: 'product', onchange: () => chosen(select.value) }, el('option', { value: '' }, 'all products'), products.map((one) => el('option', { value: one, selected: one === product }, path(one).map((part) => name.product(part)).join(' › '))));
  const picker = el('div', { class: 'field picker' }, el('label', { for: 'product' }, 'Product'), select);
  if (!all.length) return noChart(title, 'No contacts are known yet.');
  const [first] = worst;
  const few = mine.length - known.length;
  const drawn = known.length > worst.length ? `Drawn are the ${worst.length} lowest of ${many(known.length, 'issue')} with ${ENOUGH} contacts or more` : `All ${known.length} with ${ENOUGH} contacts or more are drawn`;
  return chart({
    title,
    says: first ? `Lowest for “${called(first)}”: ${percent(first.value)} (${percent(first.low)} to ${percent(first.high)}). ${drawn}${few ? `; ${few.toLocaleString('en')} ${few === 1 ? 'has' : 'have'} fewer` : ''}.` : `Not enough data yet: each of these issues has fewer than ${ENOUGH} contacts. The table has what there is.`,
    above: [picker],
    draw: (width) => [first ? whiskers(worst, called, width) : ''],
    table: {
      caption: mine.length > LISTED ? `Right first time, the ${LISTED} commonest of ${mine.length.toLocaleString('en')}` : 'Right first time', head: ['Issue', 'Right first time', '95 % interval', 'Contacts'], numbers: 3,
      rows: mine.slice(0, LISTED).map((one) => [called(one), one.needed ? `${many(one.needed, 'more contact')} needed` : percent(one.value), `${percent(one.low)} to ${percent(one.high)}`, one.of.toLocaleString('en')]),
    },
    counted: `From ${ENOUGH} contacts on, a share is known to ten points either way at worst; fewer are not drawn. The lines are Wilson’s 95 % intervals. A product takes in its parts.`,
  });
}

/** @param {RightOf[]} rows @param {(one: RightOf) => string} called @param {number} width */
function whiskers(rows, called, width) {
  const x = (/** @type {number} */ share) => 6 + share * (width - 12);
  const marks = /** @type {const} */ ([[0, 'start'], [0.5, 'middle'], [1, 'end']]);
  const axis = svg('svg', { width, height: 16, viewBox: `0 0 ${width} 16` }, marks.map(([share, anchor]) => svg('text', { x: share * width, y: 12, 'text-anchor': anchor, class: 'axis' }, percent(share))));
  return el('div', { class: 'bars' }, rows.map((one) => el('div', {}, el('div', { class: 'bar-label' }, el('span', { dir: 'auto' }, called(one)), el('span', { class: 'number' }, percent(one.value))),
    svg('svg', { width, height: 18, viewBox: `0 0 ${width} 18` },
      svg('line', { x1: x(0), x2: x(1), y1: 9, y2: 9, class: 'grid' }),
      marks.map(([share]) => svg('line', { x1: x(share), x2: x(share), y1: 5, y2: 13, class: 'grid' })),
      svg('line', { x1: x(one.low), x2: x(one.high), y1: 9, y2: 9, class: 'whisker' }),
      svg('circle', { cx: x(one.value), cy: 9, r: 5, class: 'dot' })))), axis);
}

/** @param {Gap[]} gaps @param {Name} name @param {boolean} [contacts] whether any contact is known */
export function gapsPart(gaps, name, contacts = true) {
  const title = 'What is missing';
  // What one or two have typed is theirs: everybody looks at this page.
  const often = gaps.filter(({ kind, times }) => kind !== 'search' || times >= HEARD);
  if (!often.length && !contacts) return noChart(title, 'Not enough data yet: what is missing shows once contacts are known.', true);
  if (!often.length) return noChart(title, 'Nothing is known to be missing: a tip prevents what customers come back with, and what is looked for is found.', true);
  const row = (/** @type {Gap} */ gap) => {
    const search = gap.kind === 'search';
    const often = gap.contacts_a_month < 1 ? 'less than once a month' : `${Math.round(gap.contacts_a_month).toLocaleString('en')} a month${search ? '' : ', whatever came before'}`;
    const what = search ? `“${gap.words}” is looked for and not found` : `They come back with “${name(gap.issue, gap.product)}”, and no tip prevents it`;
    const query = new URLSearchParams(search ? { new: gap.words ?? '' } : { new: '', prevents: gap.issue ?? '', when: likelyAfter(gap.follows).join('\n'), section: gap.product ?? '' });
    return el('li', {}, el('span', { dir: 'auto' }, what), el('small', { class: 'number quiet' }, [often, mostAfter(gap.follows, (issue) => name(issue, gap.product))].filter(Boolean).join(' · ')), el('a', { href: `/library?${query}`, class: 'button' }, 'Write this tip'));
  };
  return el('section', { class: 'card broad' }, el('h2', {}, title), el('p', { class: 'says' }, 'Most contacts a month first: one tip for each could save so many at most. Who comes back to buy or to praise needs none.'),
    el('ul', { class: 'gaps' }, often.slice(0, GAPS).map(row)), gaps.length > GAPS ? el('p', { class: 'note' }, el('a', { href: '/library?filter=missing' }, 'All that is missing')) : null);
}

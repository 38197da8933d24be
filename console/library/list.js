// The list: filters with their counts, search as one types, and rows that come a page at a time.
import { sentence, get } from '/assets/shell/api.js';
import { byId, coded, el } from '/assets/shell/dom.js';
import { tellWhenQuiet } from '/assets/shell/speak.js';
import { many } from '/assets/shell/words.js';
import { FILTERS, found } from '/assets/library/sources.js';
import { allSections, learnTags } from '/assets/library/vocabulary.js';

/** @typedef {import('/assets/library/sources.js').Row} Row */
/** @typedef {{ filter: string, section: string, words: string }} Choice */

/** Typing that pauses this long is searched for. */
const SEARCH_MS = 60;

/** @param {{ chosen: (choice: Choice) => void, wanted: Choice }} how */
export function list({ chosen, wanted }) {
  const [rows, more, count, fresh, field] = [byId('rows'), byId('more'), byId('count'), byId('fresh'), /** @type {HTMLInputElement} */ (byId('q'))];
  const sections = /** @type {HTMLSelectElement} */ (byId('section'));
  const now = { ...wanted, cursor: '', shown: 0, open: /** @type {string | null} */ (null), stop: new AbortController(), growing: false };
  /** What the server counted last, and of it what is shown: other rows than those are offered, not put under the eye. */
  const counted = { work: /** @type {import('/assets/library/types.js').Work | null} */ (null), shown: /** @type {number | null | undefined} */ (undefined) };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;

  const filter = () => (now.words ? found(now.words) : FILTERS.find(({ name }) => name === now.filter) ?? FILTERS[0]);
  const links = () => /** @type {HTMLAnchorElement[]} */ ([...rows.querySelectorAll('a')]);

  /** @param {Partial<Choice>} choice */
  function choose(choice) {
    clearTimeout(waiting);
    Object.assign(now, choice);
    // What somebody types stays as it is typed: its words are what is looked for, not what the field shows.
    if (choice.words !== undefined && choice.words !== field.value.trim()) field.value = choice.words;
    chosen({ filter: now.filter, section: now.section, words: now.words });
    void read().then(() => tellWhenQuiet(() => count.textContent ?? ''));
    if (!now.words) void recount(false);
  }

  function typed() {
    const words = field.value.trim();
    if (words !== now.words) choose({ words });
  }

  /** Reads from the start; with `keep`, as many rows as are shown, so that nothing moves under the eye. */
  async function read(keep = false) {
    now.stop.abort();
    const stop = now.stop = new AbortController();
    const [source, until] = [filter(), keep ? now.shown : 1];
    sections.disabled = !source.sectioned;
    for (const button of byId('filters').querySelectorAll('button')) button.setAttribute('aria-pressed', String(!now.words && button.dataset.filter === source.name));
    try {
      const [{ all, cursor, total }] = await Promise.all([gather(source, until, stop.signal), counted.work ? null : recount(false)]);
      if (stop.signal.aborted) return;
      draw(all);
      settle(all, cursor, total);
    } catch (error) {
      if (stop.signal.aborted) return;
      rows.replaceChildren();
      more.hidden = true;
      count.textContent = `The list cannot be read. ${sentence(error)}`;
    }
  }

  /** Rows page by page, at least so many. @param {import('/assets/library/sources.js').Filter} source @param {number} until @param {AbortSignal} signal */
  async function gather(source, until, signal) {
    /** @type {Row[]} */
    const all = [];
    let [cursor, total] = ['', /** @type {number | null} */ (0)];
    do {
      const page = await source.read({ section: source.sectioned ? now.section : '', cursor, signal });
      all.push(...page.rows);
      [cursor, total] = [page.next ?? '', page.total];
    } while (cursor && all.length < until);
    return { all, cursor, total };
  }

  /** Draws the rows; focus stays on its row, or goes to the one that took its place. @param {Row[]} all */
  function draw(all) {
    const at = links().indexOf(/** @type {HTMLAnchorElement} */ (document.activeElement));
    const focused = at < 0 ? null : links()[at].dataset.key;
    rows.replaceChildren(...all.map(row));
    if (at < 0) return;
    const there = links();
    (there.find((link) => link.dataset.key === focused) ?? there[Math.min(at, there.length - 1)] ?? field).focus({ preventScroll: true });
  }

  /** Something changed elsewhere: rows follow where none would move under the eye; else it is offered. */
  async function follow() {
    await recount(false);
    if (now.growing) return;
    const [stop, source, shown] = [now.stop, filter(), now.shown];
    const found = await gather(source, now.shown || 1, stop.signal).catch(() => null);
    if (!found || stop.signal.aborted || stop !== now.stop || shown !== now.shown) return;
    const { all, cursor, total } = found;
    const keys = [...rows.children].map((one) => /** @type {HTMLElement} */ (one.firstElementChild).dataset.key);
    if (keys.length && (keys.length !== all.length || keys.some((key, at) => key !== all[at].key))) return offer();
    draw(all);
    settle(all, cursor, total);
  }

  function offer() {
    if (!fresh.hidden) return;
    fresh.hidden = false;
    tellWhenQuiet(() => 'The list has changed.');
  }

  /** Shows rather than tells where more could not be read. */
  async function grow() {
    if (now.growing) return;
    now.growing = true;
    const stop = now.stop;
    try {
      await readMore();
    } catch (error) {
      if (!stop.signal.aborted) count.textContent = `No more could be read. ${sentence(error)}`;
    } finally {
      now.growing = false;
    }
  }

  async function readMore() {
    const [stop, source] = [now.stop, filter()];
    const page = await source.read({ section: source.sectioned ? now.section : '', cursor: now.cursor, signal: stop.signal });
    if (stop.signal.aborted) return;
    const first = page.rows.map(row);
    rows.append(...first);
    learnTags(page.rows.flatMap(({ tags }) => tags ?? []));
    now.shown += page.rows.length;
    now.cursor = page.next ?? '';
    more.hidden = !now.cursor;
    first[0]?.querySelector('a')?.focus();
  }

  /** @param {Row[]} all @param {string} cursor @param {number | null} total */
  function settle(all, cursor, total) {
    fresh.hidden = true;
    counted.shown = counted.work ? filter().count(counted.work) : undefined;
    learnTags(all.flatMap(({ tags }) => tags ?? []));
    now.shown = all.length;
    now.cursor = cursor;
    more.hidden = !cursor;
    const { empty, sectioned } = filter();
    const said = bare() && !now.words ? 'The library has no tip yet: N begins the first.' : all.length ? many(total ?? all.length, 'row').replace(/rows?$/, now.filter === 'problems' && !now.words ? (total === 1 ? 'finding' : 'findings') : now.filter === 'missing' && !now.words ? 'missing' : total === 1 ? 'tip' : 'tips') + (sectioned ? '' : ' in all sections') : empty;
    const write = !all.length && now.words ? el('a', { href: `/library?${new URLSearchParams({ new: now.words })}`, class: 'write' }, 'Write this tip') : null;
    count.replaceChildren(said, ...(write ? [' ', write] : []));
    mark();
  }

  /** Whether there is nothing that anything could be said of. */
  const bare = () => counted.work !== null && !counted.work.tips && !counted.work.drafts && !counted.work.problems && !counted.work.missing;

  /** @param {Row} one */
  function row(one) {
    const inside = [el('span', { class: 'row-title', dir: 'auto' }, coded(one.title)), el('span', { class: 'row-note' }, one.chip ? el('span', { class: `chip ${one.tone ?? ''}` }, one.chip) : null, one.chip ? ' ' : '', one.note)];
    return el('li', {}, one.href ? el('a', { href: one.href, 'data-key': one.key, class: 'row' }, inside) : el('div', { class: 'row', 'data-key': one.key }, inside));
  }

  function mark() {
    for (const link of links()) {
      const here = now.open !== null && new URL(link.href).searchParams.get('tip') === now.open;
      link.parentElement?.classList.toggle('chosen', here);
      if (here) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  }

  /** Numbers beside the filters. @param {boolean} [offering] whether another number for what is shown is worth a word */
  async function recount(offering = true) {
    const work = await get('/v1/library/work').catch(() => null);
    for (const button of byId('filters').querySelectorAll('button')) {
      const one = work && FILTERS.find(({ name }) => name === button.dataset.filter)?.count(work);
      const shown = button.querySelector('small');
      if (shown) shown.textContent = typeof one === 'number' ? one.toLocaleString('en') : '';
    }
    if (!work) return;
    counted.work = work;
    const one = filter().count(work);
    if (offering && counted.shown !== undefined && one !== counted.shown) offer();
    else counted.shown = one;
  }

  byId('filters').append(...FILTERS.map(({ name, label }) => el('button', { type: 'button', class: 'button filter', 'data-filter': name, onclick: () => choose({ filter: name, words: '' }) }, label, el('small', { class: 'number' }))));
  field.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(typed, SEARCH_MS); });
  sections.addEventListener('change', () => choose({ section: sections.value }));
  more.addEventListener('click', () => void grow());
  fresh.addEventListener('click', () => void read(true).then(() => (links().find((link) => link.hasAttribute('aria-current')) ?? links()[0] ?? field).focus({ preventScroll: true })));
  field.value = now.words;
  const sectioned = allSections().then((all) => {
    sections.append(...all.map(({ id, title }) => el('option', { value: id }, `${title} (${id})`)));
    sections.value = now.section;
  }).catch(() => {});
  const first = Promise.all([sectioned, read()]);

  return {
    /** What the page opens with is there. */
    first,
    /** Reads anew what is shown: for what was done here. */
    refresh: () => Promise.all([read(true), recount(false)]),
    follow,
    recount,
    /** @param {string | null} id the tip that is open */
    opened: (id) => { now.open = id; mark(); },
    /** The tip of the row that one is at. */
    at: () => { const link = links().find((one) => one === document.activeElement); return link ? new URL(link.href).searchParams.get('tip') : null; },
    /** @param {1 | -1} step */
    move(step) {
      const all = links();
      const at = all.indexOf(/** @type {HTMLAnchorElement} */ (document.activeElement));
      const open = all.findIndex((link) => link.hasAttribute('aria-current'));
      const from = at >= 0 ? at : open >= 0 ? open : step > 0 ? -1 : all.length;
      all[Math.max(0, Math.min(all.length - 1, from + step))]?.focus();
    },
    focus: () => { const all = links(); (all.find((link) => link.hasAttribute('aria-current')) ?? all[0] ?? field).focus(); },
    bare,
    words: () => now.words,
    section: () => now.section,
  };
}

// The list of what is missing: all of it, however many pages that is, and of a section what is missing there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import './dom.mjs';

// Nobody looks at the page, so it follows nothing.
Object.defineProperty(document, 'visibilityState', { value: 'hidden' });
const { FILTERS } = await import('/assets/library/sources.js');

/** @param {string | null} product @param {string | null} issue */
const gap = (product, issue) => ({ kind: issue ? 'issue' : 'search', product, issue, words: issue ? null : 'parking', times: 3, contacts_a_month: 3, follows: [] });
const PAGES = [
  { items: [gap('flowers/gerbera', 'buying'), gap(null, 'buying'), gap(null, null)], next: 'two' },
  { items: [gap(null, 'flowers:mould'), gap(null, 'flowers/gerbera:drooping'), gap('phones', 'flowers:mould'), gap(null, 'flowershop:rent')], next: null },
];

/** What the filter shows of a section. @param {string} section */
async function missing(section) {
  globalThis.fetch = /** @type {any} */ (async (/** @type {string} */ address) => {
    const { pathname, searchParams } = new URL(address, 'http://shop.example');
    const body = pathname === '/v1/gaps' ? PAGES[searchParams.get('cursor') === 'two' ? 1 : 0] : { items: [], next: null };
    return new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } });
  });
  const filter = FILTERS.find(({ name }) => name === 'missing');
  const shown = await filter?.read({ section, cursor: '', signal: new AbortController().signal });
  assert.equal(shown?.total, shown?.rows.length);
  return shown?.rows ?? [];
}

test('all pages are read, and the total is of them', async () => {
  assert.equal((await missing('')).length, 7);
});

test('what is missing for any product of a section is missing there', async () => {
  const keys = async (/** @type {string} */ section) => (await missing(section)).map(({ key }) => key);
  assert.deepEqual(await keys('flowers'), ['issue flowers/gerbera buying', 'issue null flowers:mould', 'issue null flowers/gerbera:drooping']);
  assert.deepEqual(await keys('flowers/gerbera'), ['issue flowers/gerbera buying', 'issue null flowers/gerbera:drooping']);
  assert.deepEqual(await keys('phones'), ['issue phones flowers:mould']);
});

test('the tip that closes it is begun where the issue is', async () => {
  const into = (await missing('')).map(({ href }) => new URL(href ?? '', 'http://shop.example').searchParams.get('section'));
  assert.deepEqual(into, ['flowers/gerbera', '', null, 'flowers', 'flowers/gerbera', 'phones', 'flowershop']);
});

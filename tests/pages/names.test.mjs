// Which product or issue somebody means who types a part of its name: an exact name wins, a guess is shown.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import './dom.mjs';
import { choices } from '/assets/console/correcting.js';
import { everyName, kindOf, meant } from '/assets/console/names.js';

/** @param {string} id @param {string} title @param {string[]} [aliases] */
const named = (id, title, aliases) => ({ id, title, aliases, tips: 1 });
const ALL = {
  product: [
    named('cards', 'Bank cards', ['bank card', 'plastic']), named('cards/family-card', 'Cards for family', ['family card']),
    named('internet', 'Home internet', ['broadband', 'wifi', 'wi-fi']), named('internet/mesh', 'Mesh wifi', ['mesh', 'wifi booster']),
    named('phones', 'Mobile phones', ['phone', 'smartphone']), named('phones/easy-phones', 'Phones for older people', ['senior phone']),
  ],
  issue: [named('buying', 'Buying'), named('cards:lost-card', 'Card lost or stolen'), named('internet:slow', 'It is slow'), named('phones:slow', 'It is slow'), named('flowers/gerbera:drooping', 'Stems droop')],
};
/** @param {string} words @param {string} [product] */
const best = (words, product) => meant(words, ALL, product)[0]?.one.id;

test('an exact name wins, whatever else begins so: a title, an id, a folder, another name', () => {
  assert.equal(best('phone'), 'phones');
  assert.equal(best('wifi'), 'internet');
  assert.equal(best('Wi-Fi'), 'internet');
  assert.equal(best('cards'), 'cards');
  assert.equal(best('mesh wifi'), 'internet/mesh');
  assert.equal(best('phones/easy-phones'), 'phones/easy-phones');
  assert.equal(best('easy phones'), 'phones/easy-phones');
  assert.equal(best('Buying'), 'buying');
  assert.ok(meant('phone', ALL)[0].exact && !meant('phon', ALL)[0].exact);
});

test('of names that begin so, the one of which least is missing comes first; then words of a name, then its middle', () => {
  assert.equal(best('card'), 'cards');
  assert.equal(best('droop'), 'flowers/gerbera:drooping');
  assert.equal(best('lost'), 'cards:lost-card');
  assert.equal(best('older'), 'phones/easy-phones');
  assert.equal(best('roadban'), 'internet');
  assert.deepEqual(meant('phone', ALL).map(({ one }) => one.id), ['phones', 'phones/easy-phones']);
  assert.equal(best('phones/ea'), 'phones/easy-phones');
  assert.equal(best('phones:s'), 'phones:slow');
  assert.deepEqual(meant('xyzzy', ALL), []);
  assert.deepEqual(meant('  ', ALL), []);
});

test('an issue of the product at hand comes before its namesake', () => {
  assert.equal(best('it is slow', 'phones/easy-phones'), 'phones:slow');
  assert.equal(best('slow', 'internet'), 'internet:slow');
  assert.equal(best('it is slow', 'internet/mesh'), 'internet:slow');
  assert.equal(best('it is slow', 'phones'), 'phones:slow');
});

test('guesses are listed with the words as they are, which the server makes out; a name leaves nothing to make out', () => {
  const listed = (/** @type {string} */ words) => choices(words, ALL).map(({ field, one }) => [field, one.id]);
  assert.deepEqual(listed('smartphone'), [['product', 'phones']]);
  assert.deepEqual(listed('senior'), [['product', 'phones/easy-phones'], ['product', 'senior'], ['issue', 'senior']]);
  assert.deepEqual(listed('broadbnad'), [['product', 'broadbnad'], ['issue', 'broadbnad']]);
  assert.deepEqual(listed('droopnig'), [['issue', 'droopnig'], ['product', 'droopnig']]);
  assert.deepEqual(listed(''), []);
  assert.equal(kindOf('', ALL), 'product');
});

test('all names are read, page by page; without an answer the words as they are remain, and it is asked again', async () => {
  let away = true;
  globalThis.fetch = /** @type {any} */ (async (/** @type {string} */ address) => {
    if (away) throw new TypeError('no route');
    const page = address.startsWith('/v1/issues') ? { items: [], next: null } : address.includes('cursor') ? { items: [named('b', 'B')], next: null } : { items: [named('a', 'A')], next: 'x' };
    return new Response(JSON.stringify(page), { headers: { 'content-type': 'application/json' } });
  });
  assert.deepEqual(await everyName(), { product: [], issue: [] });
  away = false;
  assert.deepEqual((await everyName()).product.map(({ id }) => id), ['a', 'b']);
});

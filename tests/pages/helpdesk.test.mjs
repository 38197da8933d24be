// What is taken from a helpdesk: whose words, without what names a person, and from whom at all.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contextOf, isTrusted, redacted } from '/assets/console/helpdesk.js';
import { newsOf } from '/assets/console/panel.js';

/** @param {unknown} data */
const context = (data, event = 'appContext') => contextOf(JSON.stringify({ event, data }));
/** @param {number} id @param {string} content @param {Record<string, unknown>} [more] */
const message = (id, content, more = {}) => ({ id, content, message_type: 0, private: false, ...more });

test('what is no message of the helpdesk is none', () => {
  for (const data of [null, undefined, 7, { event: 'appContext' }, '', 'hello', '{"half', 'null', '[]', '"appContext"', '{"event":"appContext"}', '{"event":"other","data":{}}']) {
    assert.equal(contextOf(data), null, JSON.stringify(data));
  }
});

test('the customer’s last words count; private notes, answers and empty messages do not', () => {
  const said = Array.from({ length: 9 }, (_, at) => message(at, `line ${at}`));
  const found = context({ conversation: { id: 7, messages: [...said, message(10, 'a secret', { private: true }), message(11, 'sure!', { message_type: 1 }), message(12, '')] } });
  assert.equal(found?.text, 'line 3\nline 4\nline 5\nline 6\nline 7\nline 8');
  assert.deepEqual([found?.id, found?.last], ['7', '8']);
});

test('the conversation’s own attributes beat the contact’s; other types than words are nothing', () => {
  const found = context({
    conversation: { messages: [], custom_attributes: { product: 'gerbera', issue: { a: 1 } } },
    contact: { id: 2, identifier: 'C-9', custom_attributes: { product: 'rose', issue: 'buying' } }, theme: 'dark',
  });
  assert.deepEqual(found, { id: '', text: '', product: 'gerbera', issue: '', customer: 'C-9', theme: 'dark', last: '' });
  assert.equal(context({ contact: { id: 2 }, theme: 'url(x)' })?.customer, '2');
  assert.equal(context({ theme: 'url(x)' })?.theme, '');
});

test('what is oddly shaped is read as far as it goes', () => {
  for (const data of [{ conversation: null }, { contact: null }, { conversation: { messages: null } }, { conversation: { messages: 'x' } }, { conversation: { messages: [null, 3, message(1, 'hello')] } },
    { conversation: { messages: [{ message_type: 0, content: { a: 1 } }] } }, { conversation: [] }, { contact: { custom_attributes: 'x' } }]) {
    const found = context(data);
    assert.equal(typeof found?.text, 'string', JSON.stringify(data));
  }
  assert.equal(context({ conversation: { messages: [null, 3, message(1, 'hello')] } })?.text, 'hello');
});

test('what names a person is left out', () => {
  assert.equal(redacted('write to ana.b+c@mail.example.com, or call +49 170 1234567 now'), 'write to … or call … now');
  assert.equal(redacted('card 4111-1111-1111-1111.'), 'card ….');
  assert.equal(redacted('2 bunches of 12, order 1234'), '2 bunches of 12, order 1234');
});

test('what a customer writes cannot keep the panel busy, nor be too long to ask', () => {
  for (const text of ['a@'.repeat(20_000), 'a'.repeat(40_000), '1.'.repeat(20_000), '1 '.repeat(20_000)]) {
    assert.ok((context({ conversation: { messages: Array.from({ length: 9 }, (_, at) => message(at, text)) } })?.text.length ?? 0) <= 20_000);
  }
});

test('only the parent of an allowed origin is heard, or the app itself', () => {
  const parent = {};
  const self = {};
  const us = { parent, self, origin: 'https://tips.example' };
  const from = (/** @type {unknown} */ source, /** @type {string} */ origin, /** @type {string[]} */ allowed) => isTrusted({ source, origin }, us, allowed);
  assert.ok(from(parent, 'https://desk.example', ['https://desk.example']));
  assert.ok(!from(parent, 'https://desk.example.evil', ['https://desk.example']));
  assert.ok(!from(parent, 'http://desk.example', ['https://desk.example']));
  assert.ok(!from(parent, 'https://desk.example', []));
  assert.ok(!from({}, 'https://desk.example', ['https://desk.example']));
  assert.ok(from(self, 'https://tips.example', []));
  assert.ok(!from(self, 'https://other.example', ['https://other.example']));
});

test('a pattern stands for names and ports below it, and for no other place', () => {
  const parent = {};
  const may = (/** @type {string} */ pattern, /** @type {string} */ origin) => isTrusted({ source: parent, origin }, { parent, self: {}, origin: 'https://tips.example' }, [pattern]);
  assert.ok(may('https://*.desk.example', 'https://a.desk.example'));
  assert.ok(may('https://*.desk.example', 'https://a.b.desk.example'));
  assert.ok(may('http://127.0.0.1:*', 'http://127.0.0.1:8080'));
  for (const origin of ['https://desk.example', 'https://.desk.example', 'https://adesk.example', 'https://a.desk.example.evil', 'http://a.desk.example', 'https://a.desk.example:444']) {
    assert.ok(!may('https://*.desk.example', origin), origin);
  }
  assert.ok(!may('http://127.0.0.1:*', 'http://127.0.0.1:'));
});

/** @param {Partial<import('/assets/console/helpdesk.js').Context>} [more] */
const conversation = (more = {}) => ({ id: '7', text: 'gerberas droop', product: 'gerbera', issue: '', customer: 'C-1', theme: '', last: '1', ...more });

test('the first conversation sets everything but what the agent has typed', () => {
  assert.deepEqual(newsOf(null, conversation(), { customer: '', typed: false }), { other: false, news: { customer: 'C-1', text: 'gerberas droop', product: 'gerbera', issue: undefined } });
  assert.equal(newsOf(null, conversation(), { customer: '', typed: true }).news.text, undefined);
  assert.equal(newsOf(null, conversation(), { customer: 'C-typed', typed: false }).news.customer, undefined);
});

test('a new message in the same conversation leaves the agent’s words, and what was corrected', () => {
  const later = newsOf(conversation(), conversation({ text: 'and the vase', last: '2' }), { customer: 'C-1', typed: true });
  assert.deepEqual(later, { other: false, news: { customer: undefined, text: undefined, product: undefined, issue: undefined } });
  assert.equal(newsOf(conversation(), conversation({ text: 'and the vase' }), { customer: 'C-1', typed: false }).news.text, 'and the vase');
  assert.equal(newsOf(conversation(), conversation({ product: '' }), { customer: 'C-1', typed: false }).news.product, '');
});

for (const [what, more] of Object.entries({ conversation: { id: '8' }, customer: { customer: 'C-2' } })) {
  test(`another ${what} is another contact, whatever the agent has typed`, () => {
    const { other, news } = newsOf(conversation(), conversation({ text: 'roses', ...more }), { customer: 'C-1', typed: true });
    assert.ok(other);
    assert.equal(news.text, 'roses');
    assert.equal(news.product, 'gerbera');
  });
}

// What the console makes of slips: words or keys, other words or the same, keys that wait; and what a balloon's draft says.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import './dom.mjs';
import { Asking } from '/assets/console/asking.js';
import { Coming } from '/assets/console/coming.js';
import { changed } from '/assets/console/meanwhile.js';
import { unlike } from '/assets/console/still.js';
import { wordsOutside } from '/assets/console/typing.js';
import { understood } from '/assets/console/understood.js';
import { fitting } from '/assets/balloons/merging.js';
import { balloonText, isDraft, placeToWrite } from '/assets/library/front.js';
import { ApiProblem, sentence } from '/assets/shell/api.js';

/** Types keys, so many milliseconds apart; `handled` are those that the page has. @param {[key: string, after: number, more?: Record<string, unknown>][]} keys @param {string} handled */
function typed(keys, handled) {
  /** @type {[string, any, boolean][]} */
  const listeners = [];
  const before = document.addEventListener;
  document.addEventListener = /** @type {any} */ ((/** @type {string} */ kind, /** @type {any} */ then, capture = false) => listeners.push([kind, then, capture]));
  /** @type {string[]} */
  const taken = [];
  wordsOutside(/** @type {any} */ (document.createElement('input')), () => (words) => { taken.push(words); });
  document.addEventListener = before;
  let at = 0;
  /** @type {string[]} */
  const acted = [];
  for (const [key, after, more] of keys) {
    at += after;
    let stopped = false;
    const on = document.createElement('article');
    const event = { key, timeStamp: at, repeat: false, isComposing: false, keyCode: 0, defaultPrevented: false, composedPath: () => [on], preventDefault() { this.defaultPrevented = true; }, stopImmediatePropagation() { stopped = true; }, ...more };
    for (const capture of [true, false]) {
      for (const [, then, when] of listeners) if (when === capture && !stopped) then(event);
      if (capture && !stopped && handled.includes(key) && !event.repeat) { acted.push(key); event.preventDefault(); }
    }
  }
  return { taken, acted };
}

/** @param {string} keys @param {number} apart @returns {[string, number][]} */
const each = (keys, apart) => Array.from(keys, (key) => [key, apart]);
const KEYS = 'thdmwzscb';

test('the third letter in quick succession makes a word, where one of them is no key', () => {
  assert.deepEqual(typed(each('and', 100), KEYS), { taken: ['and'], acted: [] });
  assert.deepEqual(typed(each('the', 100), KEYS), { taken: ['the'], acted: ['t', 'h'] });
  assert.deepEqual(typed(each('I am', 100), KEYS), { taken: ['I am'], acted: [] });
  assert.deepEqual(typed(each('2 th', 100), KEYS).taken, []);
});

test('keys are keys: pressed one by one, two of them, all of them known, held, with others, away from letters', () => {
  assert.deepEqual(typed(each('the', 300), KEYS).taken, []);
  assert.deepEqual(typed(each('mf', 20), KEYS), { taken: [], acted: ['m'] });
  assert.deepEqual(typed(each('tht', 20), KEYS), { taken: [], acted: ['t', 'h', 't'] });
  assert.deepEqual(typed([['a', 20], ['a', 30, { repeat: true }], ['a', 30, { repeat: true }]], KEYS).taken, []);
  assert.deepEqual(typed([['a', 20], ['b', 30, { ctrlKey: true }], ['c', 30], ['d', 30]], KEYS).taken, []);
  assert.deepEqual(typed([['a', 20], ['Enter', 30], ['n', 30], ['d', 30]], KEYS).taken, []);
  assert.deepEqual(typed([['a', 20], ['Shift', 30], ['N', 30], ['d', 30]], KEYS).taken, ['aNd']);
});

test('what is typed in a field that a key opened is that field’s, though a letter before it did nothing', () => {
  const customer = document.createElement('input');
  const there = { composedPath: () => [customer] };
  assert.deepEqual(typed([['f', 180], ['c', 180], ['A', 160, there], ['n', 120, there], ['n', 120, there]], KEYS).taken, []);
  assert.deepEqual(typed([['i', 60], ['c', 60], ['e', 160, there]], KEYS).taken, []);
  // Nobody who types a word waits for what one of its letters did.
  assert.deepEqual(typed([['i', 60], ['c', 60], ['e', 60, there]], KEYS).taken, ['ice']);
});

test('words are others where none that says what it is about is kept', () => {
  assert.ok(unlike('a dozen tulips please', 'the parcel came all smashed'));
  assert.ok(!unlike('a dozen tulips please', 'a dozen roses'));
  assert.ok(unlike('tulips', 't'));
});

test('a key that waits acts where the card is the one it was meant for, and is told of where it is not', async () => {
  /** @type {string[]} */
  const told = [];
  const coming = new Coming(() => told.push('waits'), (key) => told.push(`other ${key}`));
  coming.then(() => told.push('now'), 't');
  for (const [theirs, telling] of [[true, true], [false, true], [false, false]]) {
    const card = coming.wait(Promise.resolve(theirs), telling);
    coming.then(() => told.push('then'), 't');
    await card;
    await null;
  }
  const card = coming.wait(Promise.resolve(true));
  coming.then(() => told.push('never'), 't');
  coming.forget();
  await card;
  await null;
  assert.deepEqual(told, ['now', 'waits', 'then', 'waits', 'other t', 'waits', 'waits']);
});

test('what is being asked is not asked twice', async () => {
  let requests = 0;
  globalThis.fetch = /** @type {any} */ (async () => { requests += 1; return new Response('{}', { headers: { 'content-type': 'application/json' } }); });
  const asking = new Asking({ answered: () => {}, failed: () => {}, stalled: () => {} });
  await Promise.all([asking.now({ text: 'a' }), asking.once({ text: 'a' })]);
  assert.equal(requests, 1);
  await Promise.all([asking.now({ text: 'b' }), asking.once({ text: 'c' })]);
  await asking.once({ text: 'c' });
  assert.equal(requests, 4);
});

test('what changed in the library is said as it is', () => {
  assert.deepEqual([[], [false], [false, false, true], [true]].map(changed), ['The library changed.', 'The library changed: 1 tip is new or edited.', 'The library changed: 2 tips are new or edited, 1 tip is gone.', 'The library changed: 1 tip is gone.']);
});

test('a guess that is not shown is not what a contact is about', () => {
  const part = (/** @type {string} */ id, /** @type {number} */ confidence) => ({ id, title: id, confidence, from: /** @type {const} */ ('text') });
  const none = { product: null, issue: null };
  assert.deepEqual(understood({ products: [part('a', 0.1)], issues: [part('i', 0.5)], unknown: [] }, none), { product: undefined, issue: 'i' });
  assert.deepEqual(understood({ products: [part('a', 0.1)], issues: [], unknown: [] }, { ...none, product: { id: 'a', title: 'A', tips: 0 } }), { product: 'a', issue: undefined });
  assert.deepEqual(understood(undefined, none), { product: undefined, issue: undefined });
});

test('a problem is told in sentences, and nothing is undefined', () => {
  const told = (/** @type {Record<string, unknown>} */ more) => sentence(new ApiProblem(/** @type {any} */ ({ type: 'x', title: 'Something broke', status: 500, ...more })));
  assert.equal(told({}), 'Something broke.');
  assert.equal(told({ detail: 'it is looked into', request_id: 'r' }), 'Something broke. It is looked into. (request r)');
  assert.equal(told({ status: 422, detail: 'No.', errors: [{ detail: 'there is no tip a' }] }), 'There is no tip a.');
});

test('candidates to merge with are those that hold all that is typed', () => {
  const all = /** @type {any[]} */ ([['Where do I park?', null], ['A map', 'flowers']].map(([text, product]) => ({ balloon: { text, product }, shared: [] })));
  const found = (/** @type {string} */ words) => fitting(all, words).map(({ balloon }) => balloon.text);
  assert.deepEqual([found(' '), found('PARK where'), found('flow'), found('park map')], [['Where do I park?', 'A map'], ['Where do I park?'], ['A map'], []]);
});

test('a balloon’s draft is a draft, with its words, once each, and who gave them', () => {
  const giver = { from: 'Dana', text: 'Tulips lean. They do.\n\n# Always' };
  const text = balloonText({ text: giver.text, issue: 'flowers/tulip:leaning', rose_by_itself: false, givers: [giver, giver, { from: null, text: 'So do mine' }] }, () => true);
  assert.equal(text, `---
draft: true # take this line out, and it is given
when: [flowers/tulip:leaning]
# prevents: the issue it saves the customer from
---
# Tulips lean

Write here what to say aloud, in 30 words or fewer.

> Tulips lean. They do.
>
> \\# Always
>
> — Dana

> So do mine
`);
  // Neither words nor a name leads out of the quote, or means anything.
  const eve = { from: 'Eve\n\n# Call now', text: '.NET <b>bills</b> [here](no.md)! 1\n2. *all* snake_case a&amp;b' };
  const drafted = balloonText({ text: eve.text, issue: null, rose_by_itself: false, givers: [eve] }, () => true);
  assert.match(drafted, /\n# \.NET \\<b>bills\\<\/b> \\\[here\\\]\(no\.md\)\n/);
  assert.ok(drafted.endsWith('> 2\\. \\*all\\* snake_case a\\&amp;b\n>\n> — Eve  \\# Call now\n'), drafted);
  assert.ok(isDraft(text));
  assert.equal(text.slice(...placeToWrite(text)), 'Write here what to say aloud, in 30 words or fewer.');
  // An issue that the library does not know would keep the file from being read.
  assert.match(balloonText({ text: 'Why?', issue: 'x', rose_by_itself: false, givers: [] }, () => false), /^---\ndraft: true.*\n# when: [^]*\n# Why\?\n[^]*\n> Why\?\n$/);
  // What customers come back about is what the tip prevents, where it follows often enough.
  const rose = { text: 'Customers come back about it.', issue: 'mould', rose_by_itself: true, givers: [] };
  assert.match(balloonText(rose, (issue) => issue !== 'x', ['buying', 'x', 'too big']), /\nwhen: \[buying, "too big"\]\nprevents: mould\n---\n/);
  assert.match(balloonText(rose, () => false, ['buying']), /\n# when: [^]*\n# prevents: [^]*\n---\n/);
  assert.ok(!isDraft('---\n# draft: true\n---\n# A\n\ndraft: true\n'));
  assert.ok(!isDraft('draft: true'));
});

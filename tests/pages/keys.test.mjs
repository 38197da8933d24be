// Where keys act, and where they keep quiet.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Store } from './dom.mjs';
import { isTyping, keysIn, lettersAct, plainKey, setLettersAct } from '/assets/shell/keys.js';

beforeEach(() => { Object.defineProperty(globalThis, 'localStorage', { value: new Store(), configurable: true }); });

/** A keydown as the browser sends it. @param {string} key @param {Record<string, unknown>} [more] @returns {any} */
const pressed = (key, { on = document.createElement('p'), ...more } = {}) => ({
  key, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, keyCode: 0, defaultPrevented: false,
  composedPath: () => [on], preventDefault() { this.defaultPrevented = true; }, ...more,
});

/** @param {string} name @param {Record<string, string>} [attributes] */
function made(name, attributes = {}) {
  const one = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value);
  return one;
}

/** A place that hands its listener over. */
function place() {
  /** @type {(event: any) => void} */
  let heard = () => {};
  const node = /** @type {any} */ ({ addEventListener: (/** @type {string} */ _kind, /** @type {any} */ listener) => { heard = listener; } });
  return { node, press: (/** @type {any} */ event) => { heard(event); return event.defaultPrevented; } };
}

test('in a field, in an input method and in autofill a key belongs to what is typed', () => {
  for (const name of ['input', 'select', 'textarea']) assert.ok(isTyping(pressed('t', { on: made(name) })), name);
  assert.ok(!isTyping(pressed('t', { on: made('button') })));
  assert.ok(!isTyping(pressed('t')));
  assert.ok(isTyping(pressed('t', { isComposing: true })));
  assert.ok(isTyping(pressed('t', { keyCode: 229 })));
  assert.ok(isTyping(pressed('')));
});

test('a switch is no field', () => {
  for (const type of ['checkbox', 'radio', 'submit']) assert.ok(!isTyping(pressed('t', { on: made('input', { type }) })), type);
});

test('a key is plain where no other is held; letters know no case, Shift makes signs', () => {
  assert.equal(plainKey(pressed('T', { shiftKey: true })), 't');
  assert.equal(plainKey(pressed('?', { shiftKey: true })), '?');
  assert.equal(plainKey(pressed('Escape')), 'Escape');
  for (const held of ['ctrlKey', 'metaKey', 'altKey']) assert.equal(plainKey(pressed('t', { [held]: true })), '', held);
});

test('a handler takes its key, unless it hands it back or somebody took it before', () => {
  const { node, press } = place();
  /** @type {string[]} */
  const done = [];
  keysIn(node, { t: () => { done.push('t'); }, Enter: () => false });
  assert.equal(press(pressed('T')), true);
  assert.equal(press(pressed('Enter')), false);
  assert.equal(press(pressed('x')), false);
  assert.equal(press(pressed('constructor')), false);
  press(pressed('t', { defaultPrevented: true }));
  press(pressed('t', { ctrlKey: true }));
  press(pressed('t', { on: made('input') }));
  assert.deepEqual(done, ['t']);
});

test('letters can be switched off; names of keys act all the same', () => {
  const { node, press } = place();
  keysIn(node, { t: () => {}, 1: () => {}, Escape: () => {} });
  setLettersAct(false);
  assert.ok(!lettersAct());
  assert.deepEqual(['t', '1', 'Escape'].map((key) => press(pressed(key))), [false, false, true]);
  setLettersAct(true);
  assert.deepEqual(['t', '1', 'Escape'].map((key) => press(pressed(key))), [true, true, true]);
});

test('without a storage letters act, until somebody chooses otherwise on this page', () => {
  Object.defineProperty(globalThis, 'localStorage', { get() { throw new Error('refused'); }, configurable: true });
  assert.ok(lettersAct());
  setLettersAct(false);
  assert.ok(!lettersAct());
  setLettersAct(true);
  assert.ok(lettersAct());
});

test('a key that is held acts once, unless it moves', () => {
  const { node, press } = place();
  /** @type {string[]} */
  const done = [];
  keysIn(node, { t: () => { done.push('t'); }, j: () => { done.push('j'); }, ArrowDown: () => { done.push('down'); } });
  for (const key of ['t', 'j', 'ArrowDown']) for (const repeat of [false, true, true]) press(pressed(key, { repeat }));
  assert.deepEqual(done, ['t', 'j', 'j', 'j', 'down', 'down', 'down']);
});

// Elements from text: nothing is ever read as HTML, links lead only where links may.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import './dom.mjs';
import { byId, copy, el, link, prose } from '/assets/shell/dom.js';

const ATTACK = '<img src=x onerror="alert(1)">';

beforeEach(() => document.body.replaceChildren());

test('text stays text wherever it is put', () => {
  const made = el('p', { title: ATTACK, 'data-x': ATTACK }, ATTACK, [ATTACK, el('b', {}, ATTACK)]);
  assert.equal(made.querySelectorAll('img').length, 0);
  assert.equal(made.textContent, ATTACK.repeat(3));
  assert.equal(made.getAttribute('title'), ATTACK);
});

test('what is absent leaves no trace; zero is a number', () => {
  const made = el('p', { hidden: false, id: null, lang: undefined, tabindex: 0, inert: true }, null, undefined, false, 0, '');
  assert.deepEqual([...made.attributes].map((one) => `${one.name}=${one.value}`).sort(), ['inert=', 'tabindex=0']);
  assert.equal(made.textContent, '0');
});

test('a function is a listener', () => {
  let heard = 0;
  el('button', { onclick: () => { heard += 1; } }).click();
  assert.equal(heard, 1);
});

test('a page without what a module needs says so', () => {
  document.body.append(el('p', { id: 'there' }));
  assert.equal(byId('there').id, 'there');
  assert.throws(() => byId('missing'), /#missing/);
});

test('a link leads to the web, a mail or a telephone; anything else is text', () => {
  for (const url of ['https://a.example/x', '/t/a', 'mailto:a@b.example', 'tel:+491701234567']) {
    const made = link(url, 'label');
    assert.ok(made instanceof HTMLElement, url);
    assert.equal(made.textContent, 'label');
    assert.match(made.getAttribute('rel') ?? '', /noopener/);
  }
  assert.equal(/** @type {HTMLElement} */ (link('/t/a', 'x')).getAttribute('href'), 'http://shop.example/t/a');
  for (const url of ['javascript:alert(1)', ' JaVaScRiPt:alert(1)', 'java\nscript:alert(1)', 'data:text/html,x', 'vbscript:x', 'blob:x', 'file:///etc/passwd', 'http://', '', null, undefined]) {
    assert.equal(link(url, 'label'), 'label', String(url));
  }
});

test('prose has paragraphs and code, and no more', () => {
  const made = prose(`One \`code\` two.\n\n\n${ATTACK}\n\n`);
  assert.deepEqual(made.map((one) => one.textContent), ['One code two.', ATTACK]);
  assert.deepEqual([...made[0].children].map((one) => one.tagName), ['CODE']);
  assert.equal(made[1].children.length, 0);
});

/** @param {any} clipboard */
const clipboardIs = (clipboard) => Object.defineProperty(globalThis, 'navigator', { value: { clipboard }, configurable: true });

test('text is copied by the clipboard', async () => {
  /** @type {string[]} */
  const written = [];
  clipboardIs({ writeText: async (/** @type {string} */ text) => { written.push(text); } });
  assert.ok(await copy('the line'));
  assert.deepEqual(written, ['the line']);
});

test('where the clipboard is refused or missing, a selection is copied and leaves nothing behind', async () => {
  for (const clipboard of [{ writeText: () => Promise.reject(new Error('refused')) }, undefined]) {
    clipboardIs(clipboard);
    /** @type {string[]} */
    const copied = [];
    const page = /** @type {any} */ (document);
    // A selection is more than this document has; what would be copied is what it was made on.
    Object.getPrototypeOf(el('textarea')).select = function select() { page.chosen = this; };
    page.execCommand = (/** @type {string} */ what) => { copied.push(what, page.chosen.value); return true; };
    assert.ok(await copy('the line'));
    assert.deepEqual(copied, ['copy', 'the line']);
    assert.equal(document.body.childNodes.length, 0);
    page.execCommand = () => false;
    assert.equal(await copy('the line'), false);
  }
});

// The main act without sight: what stands in the accessibility tree at each step, where focus is, and what is announced.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browser, open, serve } from './server.mjs';

let server, chrome;
before(async () => { [server, chrome] = await Promise.all([serve(), browser()]); });
after(async () => { await chrome?.close(); await server?.stop(); });

/** Runs in the page before anything else: keeps what the two status nodes say, in order. */
function listen() {
  window.heard = [];
  addEventListener('DOMContentLoaded', () => new MutationObserver((all) => {
    for (const { target } of all) {
      const node = target.nodeType === 1 ? target.closest('[role=status]') : target.parentElement?.closest('[role=status]');
      if (node?.textContent) window.heard.push(node.textContent);
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true }));
}

/** What a reader finds at a place, and what it would say of where focus is. */
const tree = (page, place) => page.locator(place).ariaSnapshot();
const focus = (page) => page.evaluate(() => {
  const at = document.activeElement;
  const option = document.getElementById(at.getAttribute('aria-activedescendant') ?? '');
  return [at.getAttribute('role') ?? at.tagName.toLowerCase(), at.getAttribute('aria-label') ?? at.labels?.[0]?.textContent, option?.textContent].filter(Boolean).join(': ');
});
const heard = (page, count) => page.waitForFunction((wanted) => window.heard.length >= wanted && window.heard.slice(), count).then((said) => said.jsonValue());

const CARD = `- article "The tip":
  - paragraph: They did not ask
  - heading "What do I do when my gerberas droop?" [level=2]
  - paragraph: Say
  - paragraph: They hang their heads after a few days. Coil a little wire round the stem.
  - paragraph: Hand over
  - list:
    - listitem: Two pieces of wire
  - button "Copy what to hand over"
  - paragraph: Because
  - list:
    - listitem: They got in touch about “buying” (Gerbera daisies); “Stems droop” often follows within 3 days.
    - listitem: The editor expects this in about 6 of 10 such contacts.
  - paragraph: Nobody has checked it yet.`;
const REST = `  - group:
    - text: More about it
    - paragraph:
      - text: Stems are
      - strong: soft
      - text: .
    - paragraph:
      - link "The customer’s page":
        - /url: /t/flowers/gerbera/wire
  - group: How it was weighed`;
const buttons = (...names) => names.map((name) => `  - button ${name}`).join('\n');
const card = (...names) => `${CARD}\n${buttons(...names)}\n${REST}`;
const list = (first, second) => `- listbox "Questions worth knowing the answer to":\n  - option ${first}\n  - option ${second}`;

test('type, Enter, speak, T, Z, without sight', async () => {
  const page = await open(chrome, `${server.address}/`, { init: listen, permissions: ['clipboard-read', 'clipboard-write'] });
  await page.locator('.examples button').first().waitFor();
  assert.equal(await focus(page), 'combobox: What is the contact about?');
  assert.equal(await tree(page, '#text'), '- combobox "What is the contact about?"');

  await page.keyboard.type('a bunch of gerberas please');
  assert.deepEqual(await heard(page, 1), ['They did not ask: What do I do when my gerberas droop? Enter copies what to say. 1 more question.'], 'once, when typing pauses');
  assert.equal(await focus(page), 'combobox: What is the contact about?: What do I do when my gerberas droop?');
  assert.equal(await tree(page, '#text'), '- combobox "What is the contact about?" [expanded]: a bunch of gerberas please');
  assert.equal(await tree(page, '#tips'), list('"What do I do when my gerberas droop?" [selected]', '"How much water do gerberas want?"'));
  assert.equal(await tree(page, '#card'), card('"Copy"', '"Told"', '"Helped"', '"Declined"', '"More"'));

  await page.keyboard.press('ArrowDown');
  assert.equal(await focus(page), 'combobox: What is the contact about?: How much water do gerberas want?');
  assert.equal(await tree(page, '#tips'), list('"What do I do when my gerberas droop?"', '"How much water do gerberas want?" [selected]'));
  await page.keyboard.press('ArrowUp');

  await page.keyboard.press('Enter');
  await page.getByText('Copied', { exact: true }).waitFor();
  assert.equal(await focus(page), 'article: The tip');
  await page.keyboard.press('t');
  await page.locator('#note', { hasText: 'Told.' }).waitFor();
  assert.equal(await focus(page), 'article: The tip', 'focus stays though the card is drawn anew');
  assert.equal(await tree(page, '#card'), card('"Copy"', '"Told ✓" [pressed]', '"Helped"', '"Declined"', '"More"', '"Undo"'));
  assert.equal(await tree(page, '#tips'), list('"What do I do when my gerberas droop? ✓ done" [selected]', '"How much water do gerberas want?"'));

  await page.keyboard.press('z');
  assert.deepEqual((await heard(page, 4)).slice(1), ['Copied: They hang their heads after a few days. Coil a little wire round the stem.', 'Told. Z takes it back. No customer is named, so it may be suggested to them again.', 'Taken back.']);
  assert.equal(await tree(page, '#card'), card('"Copy"', '"Told"', '"Helped"', '"Declined"', '"More"'));
  await page.keyboard.press('Escape');
  assert.equal(await focus(page), 'combobox: What is the contact about?: What do I do when my gerberas droop?');
});

test('silence is announced with its reason', async () => {
  const page = await open(chrome, `${server.address}/`, { init: listen });
  await page.locator('.examples button').first().waitFor();
  await page.keyboard.type('zzz qqq');
  const [said] = await heard(page, 1);
  assert.match(said, /^Nothing worth interrupting for\. \S.*\.$/);
  assert.equal(await tree(page, '#text'), '- combobox "What is the contact about?": zzz qqq');
  assert.match(await tree(page, '#card'), /^- region "Silence":\n {2}- heading "Nothing worth interrupting for" \[level=2\]/);
});

test('the same sentence is announced twice where it is said twice', async () => {
  const page = await open(chrome, `${server.address}/?text=a+bunch+of+gerberas+please`, { init: listen, permissions: ['clipboard-read', 'clipboard-write'] });
  await page.locator('.card .say').waitFor();
  await page.keyboard.press('Enter');
  await heard(page, 1);
  await page.keyboard.press('Enter');
  const [first, second] = await heard(page, 2);
  assert.match(first, /^Copied: /);
  assert.equal(first, second);
});

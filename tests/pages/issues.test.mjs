// What `when:` and `prevents:` are completed with.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitting } from '/assets/library/complete.js';
import { issuesFor, sectionOf } from '/assets/library/issues.js';

/** @param {string} id */
const named = (id) => ({ id, title: `Title of ${id}`, tips: 0 });
const ALL = ['buying', 'complaint', 'ebike:battery-dead', 'brakes:squealing', 'kids:outgrown', 'kids/balance:wobbles', 'kids:complaint'].map(named);

test('issues of the section come first, then those around it by name; of others the whole id', () => {
  const told = (/** @type {string} */ section) => [...issuesFor(section, ALL)].sort((a, b) => (b.boost ?? 0) - (a.boost ?? 0)).map(({ label, apply }) => apply ?? label);
  assert.deepEqual(told('kids/balance'), ['wobbles', 'outgrown', 'complaint', 'buying', 'complaint', '"ebike:battery-dead"', '"brakes:squealing"']);
  assert.deepEqual(told('kids').slice(0, 3), ['outgrown', 'complaint', 'buying']);
  assert.ok(told('kids').includes('"kids/balance:wobbles"'));
  assert.deepEqual(told('').slice(0, 2), ['buying', 'complaint']);
  assert.ok(!issuesFor('kids', ALL).some(({ label }) => label === 'squealing' || label === 'battery-dead'));
});

test('whose issues they are is said by the product of the text, else by where its file is', () => {
  const sections = ['kids', 'kids/balance', 'brakes'].map(named);
  assert.equal(sectionOf('kids/helmet', '---\nwhen: buying\n---\n# Helmet?\n', sections), 'kids');
  assert.equal(sectionOf('helmet', '# Helmet?\n', sections), '');
  assert.equal(sectionOf('helmet', '---\nproduct: kids/balance # the small ones\n---\n', sections), 'kids/balance');
  assert.equal(sectionOf('helmet', '---\nproducts: [brakes, kids]\n---\n', sections), 'brakes');
  assert.equal(sectionOf('kids/helmet', '---\nproduct: nothing-known\n---\n', sections), 'kids');
});

test('they fit where an issue is named', () => {
  const text = '---\nwhen: [squ\n---\n';
  const found = fitting(text, text.indexOf('squ') + 3, { products: [], tags: [], issues: issuesFor('kids', ALL) });
  assert.deepEqual(found?.options.filter(({ label }) => label.includes('squ')).map(({ apply }) => apply), ['"brakes:squealing"']);
});

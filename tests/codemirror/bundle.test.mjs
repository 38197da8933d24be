// The bundle that is kept is the one that these packages make: nobody edited it by hand.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { bundle, VENDOR } from './build.mjs';

const made = await bundle();

test('building it again gives the same file', async () => {
  assert.ok(made.script === await readFile(new URL('codemirror.js', VENDOR), 'utf8'), 'console/vendor/codemirror.js is another one: npm run build');
});

test('the licences of all that is in it are kept', async () => {
  assert.equal(await readFile(new URL('NOTICE', VENDOR), 'utf8'), made.notice);
  assert.match(made.notice, /@codemirror\/view/);
});

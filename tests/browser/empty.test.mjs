// An empty library: no page claims what nobody can know yet.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { axed, sideways } from './looks.mjs';
import { browser, open, serve } from './server.mjs';

let server, chrome;
before(async () => {
  [server, chrome] = await Promise.all([serve({}, async (folder) => {
    await mkdir(join(folder, 'nothing'));
    return join(folder, 'nothing');
  }), browser()]);
});
after(async () => { await chrome?.close(); await server?.stop(); });

test('the console says that the library is empty, before and after somebody asks', async () => {
  for (const [width, colorScheme] of [[1280, 'light'], [320, 'dark']]) {
    const page = await open(chrome, `${server.address}/`, { width, colorScheme });
    await page.getByRole('link', { name: 'write its first tip' }).waitFor();
    await page.locator('#text').fill('flowers');
    await page.locator('#card .silence').getByText('The library is empty: it has no tip to volunteer yet.').waitFor();
    assert.deepEqual([...await axed(page), ...await sideways(page)], []);
    await page.context().close();
  }
});

test('the desk claims nothing of tips that are not there', async () => {
  const page = await open(chrome, `${server.address}/library`);
  await page.locator('#tip-pane').getByText('Nothing is written yet.').waitFor();
  for (const filter of ['All', 'Overdue', 'Unused', 'Duplicates', 'Missing']) {
    await page.getByRole('button', { name: new RegExp(`^${filter}`) }).click();
    await page.getByText('The library has no tip yet: N begins the first.').waitFor();
  }
  assert.equal(await page.getByText(/Every tip/).count(), 0);
});

test('the pulse says that it has not enough data yet', async () => {
  const page = await open(chrome, `${server.address}/pulse`);
  await page.getByText('Not enough data yet: what is missing shows once contacts are known.').waitFor();
  for (const claim of ['All have been read', 'Nothing is known to be missing', 'Nobody has come back']) assert.equal(await page.getByText(claim).count(), 0, claim);
});

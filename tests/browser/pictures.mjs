// Takes the documents' pictures anew, of the program as it is, with the sample library and a simulated past: `npm run pictures`.
import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BINARY, browser, open, serve } from './server.mjs';

const top = new URL('../../', import.meta.url).pathname;
const into = process.env.PICTURES ?? join(top, 'docs/pictures');
/** A picture in a document is read over the same lines as a page. */
const BYTES = 150 * 1024;

const asked = `?text=${encodeURIComponent('a bunch of gerberas for our anniversary please')}`;
const wide = { width: 1280, height: 860 };
/** By name: the address, the mark that says it is drawn, whether that is pressed, and the window. */
const PICTURES = {
  console: { path: `/${asked}`, mark: '.card .say', ...wide },
  'console-dark': { path: `/${asked}`, mark: '.card .say', ...wide, colorScheme: 'dark' },
  panel: { path: `/embed${asked}`, mark: '.card .say', width: 380, height: 860 },
  library: { path: '/library?tip=flowers/gerbera/wire&edit=1', mark: '.cm-content', width: 1180, height: 720 },
  balloons: { path: '/balloons', mark: '#rows .row', ...wide, first: true },
  pulse: { path: '/pulse', mark: '.plot svg', width: 1280, height: 900 },
  tip: { path: '/t/flowers/gerbera/wire', mark: 'h1', width: 760, height: 860 },
};

const server = await serve({}, async (folder) => {
  const library = join(top, 'tips');
  await promisify(execFile)(BINARY, ['learn', '--sample', '--library', library, '--index', join(folder, 'index'), '--ledger', `sqlite:${join(folder, 'ledger.db')}`], { env: { ...process.env, STEMWIRE_CUSTOMER_KEY: join(folder, 'ledger.key') } });
  return library;
});
const chrome = await browser();
try {
  // What is shown where a tip's link is sent.
  const preview = await open(chrome, new URL('../../console/art/preview.svg', import.meta.url).href, { width: 1200, height: 630 });
  await preview.screenshot({ path: join(top, 'console/art/preview.png') });
  await preview.context().close();
  for (const [name, { path, mark, first, ...window }] of Object.entries(PICTURES)) {
    const page = await open(chrome, server.address + path, { ...window, reducedMotion: 'reduce' });
    await page.locator(mark).first().waitFor();
    if (first) await page.locator(mark).first().click();
    // The caret blinks, and would make each picture another one.
    await page.screenshot({ path: join(into, `${name}.png`), caret: 'hide' });
    const { size } = await stat(join(into, `${name}.png`));
    console.log(`${name}.png: ${Math.round(size / 1024)} KB`);
    if (size > BYTES) process.exitCode = 1;
    await page.context().close();
  }
} finally {
  await chrome.close();
  await server.stop();
}

// Takes the documents' pictures anew, of the program as it is, with the sample library: `npm run pictures`.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browser, open } from './server.mjs';

const top = new URL('../../', import.meta.url).pathname;
const BINARY = process.env.STEMWIRE ?? join(top, 'target/debug/stemwire');
const SAID = 'a bunch of gerberas for our anniversary please';
const PICTURES = [
  { name: 'console', width: 1280, height: 860, colorScheme: 'light' },
  { name: 'console-dark', width: 1280, height: 860, colorScheme: 'dark' },
  { name: 'console-narrow', width: 360, height: 900, colorScheme: 'light' },
];

const folder = await mkdtemp(join(tmpdir(), 'stemwire-pictures-'));
const server = spawn(BINARY, ['serve', '--library', join(top, 'tips'), '--index', join(folder, 'index'), '--ledger', `sqlite:${join(folder, 'ledger.db')}`, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, STEMWIRE_CUSTOMER_KEY: join(folder, 'ledger.key') } });
let said = '';
const address = await new Promise((resolve, reject) => {
  server.stderr.on('data', (bytes) => {
    said += bytes;
    const found = said.match(/http:\/\/127\.0\.0\.1:\d+/);
    if (found) resolve(found[0]);
  });
  server.on('exit', (code) => reject(new Error(`it ended with ${code}: ${said}`)));
});
const chrome = await browser();
for (const { name, ...size } of PICTURES) {
  const page = await open(chrome, `${address}/?text=${encodeURIComponent(SAID)}`, size);
  await page.locator('.card .say').waitFor();
  await page.screenshot({ path: join(process.env.PICTURES ?? join(top, 'docs/pictures'), `${name}.png`) });
}
await chrome.close();
server.kill('SIGTERM');
await once(server, 'exit');
await rm(folder, { recursive: true, force: true });

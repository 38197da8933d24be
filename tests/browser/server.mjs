// Starts the real binary on a free port over a library made for the test, and opens pages in Debian's chromium.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';

export const BINARY = process.env.STEMWIRE ?? new URL('../../target/debug/stemwire', import.meta.url).pathname;
const BROWSER = process.env.CHROMIUM ?? '/usr/bin/chromium';

const ATTACK = `<img src=x onerror="window.hacked=1"><script>window.hacked=1</script><svg onload="window.hacked=1">`;
const FILES = {
  '_index.md': '---\nissues:\n  buying: [a bunch of, I would like to buy]\n---\nNobody has to come back with a question we could have answered.\n',
  'flowers/gerbera/_index.md': '---\ntitle: Gerbera daisies\naliases: [gerbera, gerberas]\nissues:\n  drooping:\n    title: Stems droop\n    says: [flopping over, heads hang down, gone limp]\n---\nSoft stems.\n',
  'flowers/gerbera/wire.md': '---\nwhen: buying\nprevents: drooping\nafter: 3 days\nexpected: 0.6\nwire: Two pieces of wire\n---\n# What do I do when my gerberas droop?\n\nThey hang their heads after a few days. Coil a little wire round the stem.\n\nStems are **soft**.\n',
  'flowers/gerbera/water.md': '---\nwhen: buying\nexpected: 0.5\n---\n# How much water do gerberas want?\n\nTwo fingers of water are plenty for gerberas.\n',
  'attack/_index.md': `---\ntitle: 'Attack ${ATTACK.replaceAll("'", '')}'\naliases: [attack]\n---\n`,
  'attack/script.md': `---\nwire: 'Click ${ATTACK.replaceAll("'", '')}'\nexpected: 0.9\nsays: [attack, attack me]\n---\n# What does an attack do? ${ATTACK}\n\nIt does nothing at all. ${ATTACK}\n\n${ATTACK}\n\n[link](javascript:window.hacked=1) ![x](https://evil.example/x.png)\n\n<a href="javascript:window.hacked=1" onclick="window.hacked=1">a</a><iframe src="https://evil.example"></iframe><style>body{display:none}</style>\n`,
};

/** The lot holds nobody out: one customer in ten would be met with silence, another one in each run. */
const NO_LOT = { STEMWIRE_EXPERIMENT_HELD_OUT: '0' };

/** Starts the binary over a folder; tells its address once it listens. */
function start(folder, library, listen, settings) {
  const child = spawn(BINARY, ['serve', '--library', library, '--index', join(folder, 'index'), '--ledger', `sqlite:${join(folder, 'ledger.db')}`, '--listen', listen], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, STEMWIRE_CUSTOMER_KEY: join(folder, 'ledger.key'), ...NO_LOT, ...settings } });
  let said = '';
  const address = new Promise((resolve, reject) => {
    const hear = (bytes) => {
      said += bytes;
      const found = said.match(/http:\/\/127\.0\.0\.1:\d+/);
      if (found) resolve(found[0]);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('exit', (code) => reject(new Error(`it ended with ${code}: ${said}`)));
  });
  return { child, address };
}

/**
 * A server with its library, or that which `prepare` makes in its folder; `stop()` ends it and removes the folder. `away()`
 * ends it as an outage does, and `back()` starts it again where it was.
 */
export async function serve(settings = {}, prepare = async (folder) => join(folder, 'tips')) {
  const folder = await mkdtemp(join(tmpdir(), 'stemwire-browser-'));
  for (const [file, text] of Object.entries(FILES)) {
    const path = join(folder, 'tips', file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  const library = await prepare(folder);
  let running = start(folder, library, '127.0.0.1:0', settings);
  const address = await running.address;
  const away = async () => {
    running.child.kill('SIGTERM');
    await once(running.child, 'exit');
  };
  const back = async () => {
    running = start(folder, library, new URL(address).host, settings);
    await running.address;
  };
  const stop = async () => {
    if (running.child.exitCode === null) await away();
    await rm(folder, { recursive: true, force: true });
  };
  const write = async (file, text) => {
    await mkdir(dirname(join(folder, 'tips', file)), { recursive: true });
    await writeFile(join(folder, 'tips', file), text);
  };
  return { address, folder, stop, away, back, write };
}

export function browser() {
  return chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox', '--disable-background-networking'] });
}

/**
 * A page that remembers what it complained about and whom it called; `init` runs in it before anything else. Its `live`
 * resolves once it hears what happens elsewhere: what happens before that, it reads with the rest.
 */
export async function open(browser, url, { width = 1280, height = 900, colorScheme = 'light', init, ...more } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, ...more });
  if (init) await context.addInitScript(init);
  const page = await context.newPage();
  page.complaints = [];
  page.hosts = new Set();
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && page.complaints.push(message.text()));
  page.on('pageerror', (error) => page.complaints.push(error.message));
  page.on('request', (request) => page.hosts.add(new URL(request.url()).host));
  page.live = page.waitForResponse((response) => new URL(response.url()).pathname === '/v1/live').catch(() => null);
  await page.goto(url);
  return page;
}

/** The console of a server with a question typed and answered. */
export async function answered(browser, { address }, text, options = {}, path = '/') {
  const page = await open(browser, address + path, options);
  await page.locator('#text').fill(text);
  await page.locator('#card .card').waitFor();
  return page;
}

/** Names the customer as agents do: C, the name, Enter. */
export async function name(page, customer) {
  await page.keyboard.press('c');
  await page.locator('#customer:focus').waitFor();
  await page.keyboard.press('Control+a');
  await page.keyboard.type(customer);
  await page.keyboard.press('Enter');
  await page.locator('#about-title', { hasText: customer }).waitFor();
}

/** What the server does without anybody hearing of it, once: the request arrives, its answer is lost. */
export async function unheard(page, address, method) {
  let lost = false;
  await page.route(address, async (route) => {
    if (lost || route.request().method() !== method) return route.continue();
    lost = true;
    await route.fetch();
    await route.abort();
  });
}

/** The outcomes that the page sends, as they come. */
export function sent(page) {
  const bodies = [];
  page.on('request', (request) => request.url().endsWith('/v1/outcomes') && request.method() === 'POST' && bodies.push(request.postDataJSON()));
  return bodies;
}

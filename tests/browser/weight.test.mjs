// What a page weighs on the wire, and how strictly it is kept at home.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { weighed } from './looks.mjs';
import { browser, serve } from './server.mjs';

const CONSOLE = new URL('../../console', import.meta.url).pathname;
/** The one that the pages' own checks are pinned to. */
const typescript = createRequire(new URL('../pages/package.json', import.meta.url))('typescript');

/** A first load, so that a slow line of 1 Mbit/s shows the page within about a second. */
const PAGE_BYTES = 150 * 1024;
/** What the console's modules may come to, compressed, with the headers they come with. */
const SCRIPT_BYTES = 60 * 1000;
/** The editor ships a component of its own. */
const HEAVY = ['/library'];

let server, chrome, paths;
before(async () => {
  [server, chrome] = await Promise.all([serve(), browser()]);
  const start = await (await fetch(`${server.address}/`)).text();
  const bar = [...start.slice(0, start.indexOf('<main')).matchAll(/href="(\/[^"]*)"/g)].map(([, path]) => path).filter((path) => !path.startsWith('/assets/'));
  const known = [...new Set([...bar, '/embed', '/problems', '/problems/SW001', '/t/flowers/gerbera/wire'])];
  const there = await Promise.all(known.map(async (path) => (await fetch(server.address + path)).status === 200));
  paths = known.filter((_, at) => there[at]);
  for (const path of ['/', '/embed', '/docs']) assert.ok(paths.includes(path), `${path} is not among ${paths}`);
});
after(async () => { await chrome?.close(); await server?.stop(); });

const sum = (parts) => parts.reduce((total, part) => total + part.bytes, 0);
const told = (parts) => parts.sort((a, b) => b.bytes - a.bytes).slice(0, 5).map((part) => `${part.url} ${part.bytes}`).join(', ');

test('no page is heavy', async (report) => {
  for (const path of paths.filter((one) => !HEAVY.includes(one))) {
    const parts = await weighed(chrome, server.address + path);
    report.diagnostic(`${path}: ${sum(parts)} bytes in ${parts.length} requests`);
    assert.ok(parts.length > 1 && parts.every((part) => part.bytes > 0), `${path}: not all of it was weighed`);
    assert.ok(sum(parts) <= PAGE_BYTES, `${path} weighs ${sum(parts)} bytes: ${told(parts)}`);
  }
});

test('the console’s modules are small', async (report) => {
  const scripts = (await weighed(chrome, `${server.address}/`)).filter((part) => part.type === 'Script');
  report.diagnostic(`${sum(scripts)} bytes in ${scripts.length} modules`);
  assert.ok(scripts.length > 5, 'they are modules');
  assert.ok(sum(scripts) <= SCRIPT_BYTES, `they weigh ${sum(scripts)} bytes: ${told(scripts)}`);
});

test('a module goes out without its comments, and is what its file is', async () => {
  const bare = (text) => typescript.transpileModule(text, { compilerOptions: { removeComments: true, target: 'esnext', module: 'esnext' } }).outputText;
  const files = (await readdir(CONSOLE, { recursive: true })).filter((path) => path.endsWith('.js') && !path.startsWith('vendor'));
  assert.ok(files.length > 30, `${files}`);
  for (const path of files) {
    const [served, file] = await Promise.all([fetch(`${server.address}/assets/${path}`).then((answer) => answer.text()), readFile(`${CONSOLE}/${path}`, 'utf8')]);
    assert.equal(bare(served), bare(file), path);
    assert.equal(served.split('\n').length, file.split('\n').length, path);
    assert.doesNotMatch(served, /^\s*(\/\/|\/\*\*[^/]*\*\/$)/m, path);
  }
});

test('no page runs or loads what is not its own', async () => {
  for (const path of paths) {
    const policy = (await fetch(server.address + path)).headers.get('content-security-policy') ?? '';
    const rules = new Map(policy.split(';').map((rule) => rule.trim().split(/\s+/)).map(([name, ...from]) => [name, from]));
    assert.match(String(rules.get('default-src')), /^'(self|none)'$/, `${path}: ${policy}`);
    for (const [name, from] of rules) assert.ok(!from.some((one) => /unsafe-|^\*|^https?:/.test(one)), `${path}: ${name} ${from}`);
    for (const name of ['script-src', 'style-src', 'connect-src']) assert.match(String(rules.get(name) ?? "'self'"), /^'(self|none)'$/, `${path}: ${policy}`);
    for (const name of ['base-uri', 'form-action', 'frame-ancestors']) assert.ok(rules.has(name), `${path} has no ${name}: ${policy}`);
    assert.deepEqual(rules.get('frame-ancestors'), ["'none'"], path);
  }
});

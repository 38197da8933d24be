// Nothing moves while a page loads, in whatever order and however late the server's answers come.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { countShifts, shifted } from './looks.mjs';
import { browser, serve } from './server.mjs';

/** Path, and the mark that the page is drawn. */
const PAGES = {
  start: ['/', '.examples button'],
  tip: ['/?text=a+bunch+of+gerberas+please', '.card .say'],
  silence: ['/?text=zzz+qqq', '.silence'],
  library: ['/library', '#rows li'],
  'a tip at the desk': ['/library?tip=flowers/gerbera/wire', '.sheet .card'],
  writing: ['/library?tip=flowers/gerbera/wire&edit=1', '.preview .card'],
  'a new tip': ['/library?new=Is+it+new', '.found h3'],
  balloons: ['/balloons', '#rows .row'],
  'a balloon': ['/balloons?balloon=', '#open h2'],
  promises: ['/balloons?show=promises', '.promise'],
  pulse: ['/pulse', '#numbers .value'],
  reference: ['/docs', '.operation'],
};
/** How late answers come, in milliseconds; which comes when is drawn from the seed. */
const LATE = [0, 30, 120, 350, 600, 900];

/** A generator of its own for each test: the same delays in each run. */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return LATE[Math.floor(state / 2147483648 * LATE.length)];
  };
}

let server, chrome, balloon;
before(async () => {
  [server, chrome] = await Promise.all([serve(), browser()]);
  const send = async (path, json) => (await fetch(server.address + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) })).json();
  balloon = (await send('/v1/balloons', { text: 'Tulips lean to the window', role: 'agent' })).id;
  await send('/v1/promises', { what: 'Call Mrs Lind', due: '2020-01-01T00:00:00Z', owner: 'Dana' });
});
after(async () => { await chrome?.close(); await server?.stop(); });

for (const [name, [path, mark]] of Object.entries(PAGES)) {
  for (const width of [1280, 320]) {
    for (const seed of [1, 2, 3]) {
      test(`${name}, ${width} px, answers late by ${seed}`, async (t) => {
        const context = await chrome.newContext({ viewport: { width, height: 900 } });
        t.after(() => context.close());
        await context.addInitScript(countShifts);
        const page = await context.newPage();
        const late = seeded(seed * 7919 + width);
        let open = 0;
        const hold = async (route) => {
          open += 1;
          await new Promise((resolve) => { setTimeout(resolve, late()); });
          await route.continue().catch(() => {});
          open -= 1;
        };
        await page.route((url) => url.pathname.startsWith('/v1/') && url.pathname !== '/v1/live' || url.pathname === '/openapi.json', hold);
        await page.goto(server.address + (path.endsWith('balloon=') ? path + balloon : path));
        await page.locator(mark).first().waitFor();
        await page.waitForFunction(() => !document.querySelector('[data-waiting]'));
        while (open) await new Promise((resolve) => { setTimeout(resolve, 50); });
        await page.evaluate(() => new Promise((resolve) => { setTimeout(resolve, 100); }));
        assert.deepEqual(await shifted(page), []);
      });
    }
  }
}

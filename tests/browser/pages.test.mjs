// Every page in every width, colour and setting: readable, reachable, still, at home.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axed, borderless, clipped, countShifts, moving, shifted, sideways, small, unfocused } from './looks.mjs';
import { browser, open, serve } from './server.mjs';

/**
 * Name, path, and the mark that says it is drawn: `h1` where only the path is given. `few` is what a page repeats without
 * end. */
const PAGES = {
  start: { path: '/', mark: '.examples button' },
  tip: { path: '/?text=a+bunch+of+gerberas+please', mark: '.card .say' },
  silence: { path: '/?text=zzz+qqq', mark: '.silence' },
  panel: { path: '/embed?text=a+bunch+of+gerberas+please', mark: '.card .say' },
  library: { path: '/library', mark: '#rows li' },
  'a tip at the desk': { path: '/library?tip=flowers/gerbera/wire', mark: '.sheet h2' },
  writing: { path: '/library?tip=flowers/gerbera/wire&edit=1', mark: '.cm-content' },
  balloons: { path: '/balloons', mark: '#rows .row' },
  promises: { path: '/balloons?show=promises', mark: '.promise' },
  pulse: { path: '/pulse', mark: '#numbers .value' },
  style: { path: '/style', mark: '#card-place .card' },
  reference: { path: '/docs', mark: '.operation', few: '.operation' },
  problems: '/problems',
  problem: '/problems/invalid-query',
  finding: '/problems/SW001',
  'customer page': '/t/flowers/gerbera/wire',
};
/** Of what a page repeats, so many are looked at: the next fifty are made by the same lines. */
const FEW = 4;

let server, chrome;
before(async () => {
  [server, chrome] = await Promise.all([serve(), browser()]);
  const send = (path, json) => fetch(server.address + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) });
  await send('/v1/balloons', { text: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft 🌼 زهور', role: 'agent' });
  await send('/v1/promises', { what: 'Call Mrs Lind about her Donaudampfschifffahrtselektrizitätenhauptbetriebswerk', due: '2020-01-01T00:00:00Z', owner: 'Dana' });
});
after(async () => { await chrome?.close(); await server?.stop(); });

/** A page as it stands once it is drawn. */
async function drawn(row, settings) {
  const { path, mark, few } = typeof row === 'string' ? { path: row, mark: 'h1' } : row;
  const page = await open(chrome, server.address + path, { init: countShifts, ...settings });
  await page.locator(mark).first().waitFor();
  page.shifts = await shifted(page);
  if (few) await page.locator(few).evaluateAll((all, most) => all.slice(most).forEach((one) => one.remove()), FEW);
  return page;
}

/** What is folded is looked at too. */
const unfold = (page) => page.locator('main details').evaluateAll((all) => all.forEach((one) => { one.open = true; }));

const SETTINGS = {
  'reduced motion': { reducedMotion: 'reduce' },
  'forced colours': { forcedColors: 'active' },
};

for (const [name, row] of Object.entries(PAGES)) {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [1280, 420, 320]) {
      test(`${name}, ${colorScheme}, ${width} px`, async () => {
        const page = await drawn(row, { width, colorScheme });
        await unfold(page);
        assert.deepEqual(await axed(page), []);
        assert.deepEqual(await sideways(page), []);
        assert.deepEqual(await small(page), []);
        assert.equal(page.shifts.reduce((sum, one) => sum + parseFloat(one), 0), 0, `it shifts while it loads: ${page.shifts}`);
        assert.deepEqual(page.complaints, []);
        assert.deepEqual([...page.hosts], [new URL(server.address).host]);
        await page.context().close();
      });
    }
  }

  test(`${name}, reduced motion`, async () => {
    const page = await drawn(row, SETTINGS['reduced motion']);
    assert.deepEqual(await moving(page), []);
    await page.context().close();
  });

  test(`${name}, forced colours`, async () => {
    const page = await drawn(row, SETTINGS['forced colours']);
    await unfold(page);
    assert.deepEqual(await borderless(page), []);
    assert.deepEqual(await axed(page), []);
    await page.context().close();
  });

  for (const width of [1280, 420]) {
    test(`${name}, text spaced out, ${width} px`, async () => {
      const page = await drawn(row, { width });
      await unfold(page);
      assert.deepEqual(await clipped(page), []);
      await page.context().close();
    });
  }

  test(`${name} by Tab alone`, async () => {
    const page = await drawn(row);
    assert.deepEqual(await unfocused(page), []);
    await page.context().close();
  });
}

test('the bar stands in one place on every page', async () => {
  for (const width of [1280, 1600]) {
    const places = {};
    for (const path of ['/', '/library', '/balloons', '/pulse']) {
      const page = await open(chrome, server.address + path, { width });
      places[path] = await page.locator('.brand').evaluate((node) => node.getBoundingClientRect().left);
      await page.context().close();
    }
    assert.equal(new Set(Object.values(places)).size, 1, `${width} px: ${JSON.stringify(places)}`);
  }
});

test('the console’s main act shifts nothing', async () => {
  for (const width of [1280, 420]) {
    const page = await open(chrome, `${server.address}/`, { width, init: countShifts, permissions: ['clipboard-read', 'clipboard-write'] });
    await page.locator('.examples button').first().waitFor();
    await page.locator('#text').pressSequentially('a bunch of gerberas please');
    await page.locator('.card .say').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Copied', { exact: true }).waitFor();
    await page.keyboard.press('t');
    await page.getByRole('button', { name: /Told/, pressed: true }).waitFor();
    await page.keyboard.press('z');
    await page.getByText('Taken back.').first().waitFor();
    assert.deepEqual(await shifted(page), [], `${width} px`);
    await page.context().close();
  }
});

// Tips that are written from right to left, on the console, in the panel and at the desk; and chips of any length.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axed, sideways } from './looks.mjs';
import { answered, browser, open, serve } from './server.mjs';

let server, chrome;
before(async () => {
  [server, chrome] = await Promise.all([serve(), browser()]);
  await server.write('odd/_index.md', '---\ntitle: A-product-with-a-name-that-goes-on-and-on-and-on-for-ever\naliases: [jarbara]\n---\n');
  await server.write('odd/rtl.md', '---\nlang: ar\nexpected: 0.9\nsays: [jarbara]\nwire: سلك رفيع (gerbera 3).\n---\n# ماذا أفعل إذا ذبلت الزهور؟\n\nلف سلكا رفيعا حول الساق (gerbera 3).\n\nالساق لينة.\n');
  while ((await fetch(`${server.address}/v1/tips/odd/rtl`)).status !== 200) await new Promise((resolve) => { setTimeout(resolve, 50); });
});
after(async () => { await chrome?.close(); await server?.stop(); });

const direction = (page, place) => page.locator(place).first().evaluate((node) => getComputedStyle(node).direction);

test('a tip that is written from right to left is read so', async () => {
  for (const [path, width, colorScheme] of [['/', 1280, 'light'], ['/', 360, 'dark'], ['/embed', 320, 'light']]) {
    const page = await answered(chrome, server, 'jarbara', { width, colorScheme }, path);
    await page.locator('.card .say').waitFor();
    for (const place of ['.card h2', '.card .say', '.card .wire li', '.prose', '#tips [role=option]']) assert.equal(await direction(page, place), 'rtl', `${path}: ${place}`);
    assert.equal(await direction(page, '.card'), 'ltr');
    const [say, bar] = await page.locator('.card .say').evaluate((node) => [getComputedStyle(node).borderLeftWidth, getComputedStyle(node).borderRightWidth]);
    assert.deepEqual([say, bar], ['0px', '3px'], path);
    assert.deepEqual([...await axed(page), ...await sideways(page)], [], `${path} ${width}`);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/rtl${path.replaceAll('/', '-')}-${width}-${colorScheme}.png` });
    await page.context().close();
  }
});

test('the desk’s preview says the language, too', async () => {
  const page = await open(chrome, `${server.address}/library?tip=odd/rtl`);
  await page.locator('.card .say').waitFor();
  assert.deepEqual(await page.locator('.card .say').evaluate((node) => [node.lang, getComputedStyle(node).direction]), ['ar', 'rtl']);
  await page.context().close();
});

test('a long name leaves the number beside it whole', async () => {
  const page = await answered(chrome, server, 'jarbara', { width: 320 });
  const [height, line] = await page.locator('.chip small').first().evaluate((node) => [node.getBoundingClientRect().height, parseFloat(getComputedStyle(node).lineHeight)]);
  assert.ok(height < 1.5 * line, `${height} of ${line}`);
  await page.context().close();
});

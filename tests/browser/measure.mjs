// Measures the console over a library of 10,000 tips: `npm run measure`. Prints a line for people and one of JSON.
// Takes a release build; STEMWIRE names another binary, TIPS another number of tips, PHRASES of phrases.
process.env.STEMWIRE ??= new URL('../../target/release/stemwire', import.meta.url).pathname;
const { countShifts, weighed } = await import('./looks.mjs');
const { phrases, writeTips } = await import('./many-tips.mjs');
const { browser, open, serve } = await import('./server.mjs');

const TIPS = Number(process.env.TIPS ?? 10_000);
const PHRASES = Number(process.env.PHRASES ?? 40);
/** A practised typist's pace: 100 words a minute. */
const KEY_MS = 120;
const LOADS = 15;

/** Runs in the page before anything else: from a key that changed the field to the frame that shows its answer. */
function watchKeys() {
  window.taken = [];
  window.superseded = 0;
  let pressed = null;
  let answering = null;
  document.addEventListener('keydown', (event) => {
    if (event.target.id === 'text' && event.key.length === 1) pressed = { at: event.timeStamp, words: null };
  }, true);
  document.addEventListener('input', (event) => {
    if (!pressed) return;
    if (window.last && !window.last.done) window.superseded += 1;
    pressed.words = event.target.value.trim();
    window.last = pressed;
    pressed = null;
  }, true);
  // Which words an answer belongs to is known where it is asked for: a late one must not count for a later key.
  const ask = window.fetch;
  window.fetch = async (address, asked) => {
    const response = await ask(address, asked);
    if (!String(address).startsWith('/v1/suggest')) return response;
    const text = response.text.bind(response);
    response.text = async () => {
      const read = await text();
      answering = JSON.parse(asked.body).text;
      return read;
    };
    return response;
  };
  addEventListener('DOMContentLoaded', () => new MutationObserver(() => {
    const key = window.last;
    if (!key || key.done || key.words !== answering) return;
    key.done = true;
    // The frame that is drawn next holds the change; the frame after it begins once that one is on its way to the screen.
    requestAnimationFrame(() => requestAnimationFrame((now) => window.taken.push(now - key.at)));
  }).observe(document.getElementById('card'), { childList: true }));
}

/** Runs in the page: the moment from which on typing asks. The console takes focus once it listens. */
function watchStart() {
  addEventListener('focusin', (event) => { if (event.target.id === 'text') window.interactive ??= performance.now(); }, true);
}

const share = (all, part) => all.toSorted((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * part))];
const rounded = (number) => Math.round(number * 10) / 10;

const server = await serve({}, async (folder) => {
  await writeTips(`${folder}/many`, TIPS);
  return `${folder}/many`;
});
const chrome = await browser();
try {
  const parts = await weighed(chrome, `${server.address}/`);
  const starts = [];
  for (let load = 0; load < LOADS; load++) {
    const page = await open(chrome, `${server.address}/`, { init: watchStart });
    starts.push(await (await page.waitForFunction(() => window.interactive)).jsonValue());
    await page.context().close();
  }
  const page = await open(chrome, `${server.address}/`, { init: `(${watchKeys})(); (${countShifts})();` });
  await page.locator('.examples button').first().waitFor();
  let keys = 0;
  for (const phrase of phrases(PHRASES)) {
    await page.locator('#text').fill('');
    await page.keyboard.type(phrase, { delay: KEY_MS });
    keys += phrase.length;
    await page.waitForFunction(() => window.last?.done);
  }
  const { taken, superseded, shifts } = await page.evaluate(() => ({ taken: window.taken, superseded: window.superseded, shifts: window.shifts }));
  const measured = {
    tips: TIPS, keys, painted: taken.length, superseded,
    keystroke_to_paint_ms: { p50: rounded(share(taken, 0.5)), p95: rounded(share(taken, 0.95)), max: rounded(Math.max(...taken)) },
    interactive_ms: { median: rounded(share(starts, 0.5)), max: rounded(Math.max(...starts)) },
    first_load: { bytes: parts.reduce((sum, part) => sum + part.bytes, 0), requests: parts.length },
    shift: rounded(shifts.reduce((sum, one) => sum + parseFloat(one), 0)),
  };
  const { keystroke_to_paint_ms: paint, interactive_ms: start, first_load: load } = measured;
  console.log(`${measured.tips} tips, ${keys} keys: keystroke to paint ${paint.p50} ms (p95 ${paint.p95}, max ${paint.max}; ${superseded} keys superseded); interactive after ${start.median} ms (max ${start.max}); first load ${load.bytes} bytes in ${load.requests} requests; shift ${measured.shift}`);
  console.log(JSON.stringify(measured));
} finally {
  await chrome.close();
  await server.stop();
}

// What is looked at on every page: each function returns what is wrong, a line each; nothing where all is well.
import axe from 'axe-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** WCAG 2.5.8: smaller targets are hit by chance. */
const TARGET_PX = 24;
/** A page of so many stops has shown how its focus looks. */
const STOPS = 120;
/** WCAG 1.4.12, word for word: what a reader may set without losing anything. */
const SPACING = '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }';

/** What axe finds. */
export async function axed(page) {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async (tags) => (await window.axe.run(document, { runOnly: tags, resultTypes: ['violations'] })).violations.map(({ id, nodes }) => [id, nodes.slice(0, 3).map((node) => node.html)]), TAGS);
  return violations.map(([id, nodes]) => `${id}: ${nodes.join(' | ')}`);
}

/** Whether one has to scroll sideways, and for what. */
export function sideways(page) {
  return page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const wide = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > room + 0.5);
    return [`${document.documentElement.scrollWidth} px in ${room}: ${wide.slice(-3).map((one) => one.outerHTML.slice(0, 120)).join(' | ')}`];
  });
}

/** What moves though the reader asked for stillness. */
export function moving(page) {
  return page.evaluate(() => {
    const seconds = (times) => Math.max(...times.split(',').map((time) => parseFloat(time) * (time.trim().endsWith('ms') ? 0.001 : 1)));
    const told = document.getAnimations().map((one) => `it runs: ${one.animationName ?? one.transitionProperty ?? one.id}`);
    for (const one of document.querySelectorAll('*')) {
      const style = getComputedStyle(one);
      const animated = style.animationName !== 'none' && seconds(style.animationDuration) > 0;
      // A duration that nothing uses is no movement: `all 0s` is the preset.
      const changing = style.transitionProperty !== 'none' && seconds(style.transitionDuration) > 0;
      if (animated || changing || style.scrollBehavior === 'smooth') told.push(one.outerHTML.slice(0, 120));
    }
    return told;
  });
}

/** Buttons and fields whose border nobody sees where colours are the reader's own. */
export function borderless(page) {
  return page.evaluate(() => [...document.querySelectorAll('button, input:not([type=checkbox], [type=radio], [type=range]), select, textarea')].filter((one) => {
    if (!one.checkVisibility({ visibilityProperty: true })) return false;
    const style = getComputedStyle(one);
    const side = (name) => parseFloat(style[`border${name}Width`]) > 0 && style[`border${name}Style`] !== 'none' && style[`border${name}Color`] !== style.backgroundColor && !/^rgba.*, 0\)$/.test(style[`border${name}Color`]);
    return !['Top', 'Right', 'Bottom', 'Left'].every(side);
  }).map((one) => one.outerHTML.slice(0, 120)));
}

/** Text that is cut off or runs out of its box once lines, words and letters stand further apart. */
export async function clipped(page) {
  await page.evaluate((spacing) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(spacing);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }, SPACING);
  const cut = await page.evaluate(() => [...document.querySelectorAll('body *:not(svg, svg *)')].filter((one) => {
    // What only a screen reader hears is cut on purpose; a field scrolls what it holds.
    if (one.closest('.unseen') || /^(INPUT|TEXTAREA|SELECT|OPTION|DATALIST)$/.test(one.tagName) || !one.checkVisibility({ visibilityProperty: true })) return false;
    const style = getComputedStyle(one);
    if (style.display === 'inline') return false;
    const hides = (axis) => /hidden|clip/.test(style[`overflow${axis}`]);
    const box = /^(BUTTON|A|SUMMARY|LABEL|KBD|TD|TH|LI)$/.test(one.tagName);
    const across = one.scrollWidth > one.clientWidth + 1 && (hides('X') || (box && style.overflowX === 'visible'));
    const down = one.scrollHeight > one.clientHeight + 1 && hides('Y');
    return across || down;
  }).map((one) => one.outerHTML.slice(0, 160)));
  return [...cut, ...await sideways(page)];
}

/** What can be pressed and is too small to be hit. A link inside a sentence is as high as its line (WCAG 2.5.8). */
export function small(page) {
  return page.evaluate((least) => [...document.querySelectorAll('button, a[href], input, select, textarea, summary, [role=option], [role=tab], [role=button]')].filter((one) => {
    if (!one.checkVisibility({ visibilityProperty: true }) || one.closest('.unseen, .skip')) return false;
    const style = getComputedStyle(one);
    if (one.tagName === 'A' && style.display === 'inline') return false;
    // A box is pressed by its label too.
    const { width, height } = (one.closest('label') ?? one).getBoundingClientRect();
    return width < least || height < least;
  }).map((one) => `${Math.round(one.getBoundingClientRect().width)} × ${Math.round(one.getBoundingClientRect().height)}: ${one.outerHTML.slice(0, 120)}`), TARGET_PX);
}

/** Tabs through the page: each stop is seen, lies in sight and under nothing; no stop is lost, none is left out. */
export async function unfocused(page) {
  const wrong = [];
  let ends = 0;
  for (let stop = 0; stop < STOPS; stop++) {
    await page.keyboard.press('Tab');
    const { end, again, told } = await page.evaluate(look);
    ends += end ? 1 : 0;
    if (told) wrong.push(told);
    if (again || ends > 1) return [...wrong, ...await page.evaluate(left)];
  }
  return wrong;
}

/** Runs in the page: the element that has focus. */
function look() {
  const one = document.activeElement;
  if (!one || one === document.body || one === document.documentElement) return { end: true };
  window.stopped ??= new Set();
  // A field for a time has a stop for each of its parts.
  if (window.stopped.has(one) && window.stoppedLast === one) return {};
  if (window.stopped.has(one)) return { again: true };
  window.stopped.add(one);
  window.stoppedLast = one;
  const name = one.outerHTML.slice(0, 120);
  const style = getComputedStyle(one);
  const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 && !/^rgba.*, 0\)$/.test(style.outlineColor);
  if (!outlined && style.boxShadow === 'none') return { told: `its focus is not seen: ${name}` };
  const box = one.getClientRects()[0];
  if (!box?.width || box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) return { told: `it has focus out of sight: ${name}` };
  const [x, y] = [(Math.max(0, box.left) + Math.min(innerWidth, box.right)) / 2, (Math.max(0, box.top) + Math.min(innerHeight, box.bottom)) / 2];
  const over = document.elementFromPoint(x, y);
  return over && (one.contains(over) || over.contains(one) || over.closest('label')?.contains(one)) ? {} : { told: `it has focus under ${over?.outerHTML.slice(0, 80)}: ${name}` };
}

/** Runs in the page: what can have focus and was never reached. */
function left() {
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')];
  return all.filter((one) => one.tabIndex >= 0 && !one.disabled && one.type !== 'radio' && one.checkVisibility({ visibilityProperty: true }) && !window.stopped?.has(one)).map((one) => `Tab never reaches ${one.outerHTML.slice(0, 120)}`);
}

/** Counts what shifts, from before the first paint on: for `page.addInitScript`. */
export function countShifts() {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.hadRecentInput) continue; // the reader's own doing, as the measure has it
      const nodes = entry.sources.map(({ node }) => node?.nodeType === 1 ? node.outerHTML.slice(0, 100) : node?.parentElement?.outerHTML.slice(0, 100));
      window.shifts.push(`${entry.value.toFixed(4)}: ${nodes.join(' | ')}`);
    }
  }).observe({ type: 'layout-shift', buffered: true });
}

/** What has shifted by now, the frame that is being drawn included. */
export function shifted(page) {
  return page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(window.shifts), 0)))));
}

/** Loads a page with nothing in the cache, and returns what came over the wire, by address. */
export async function weighed(browser, url) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  await wire.send('Network.enable');
  const came = new Map();
  wire.on('Network.responseReceived', ({ requestId, response, type }) => came.set(requestId, { url: response.url, type, bytes: 0 }));
  wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => { came.get(requestId).bytes = encodedDataLength; });
  // The stream of what happens elsewhere never ends, and is no part of a load.
  await page.route('**/v1/live', (route) => route.abort());
  await page.goto(url, { waitUntil: 'networkidle' });
  await context.close();
  return [...came.values()];
}

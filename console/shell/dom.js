// Building elements without ever handing text to the HTML parser.

/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * An element with attributes and children; strings become text, nothing else is read as HTML.
 * `on…` attributes are listeners; null, undefined and false leave an attribute out.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, unknown>} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  decorate(made, attributes);
  made.append(...present(children));
  return made;
}

/**
 * The same for pictures.
 * @param {string} name
 * @param {Record<string, unknown>} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {SVGElement}
 */
export function svg(name, attributes = {}, ...children) {
  const made = /** @type {SVGElement} */ (document.createElementNS('http://www.w3.org/2000/svg', name));
  decorate(made, attributes);
  made.append(...present(children));
  return made;
}

/** @param {Element} made @param {Record<string, unknown>} attributes */
function decorate(made, attributes) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') made.addEventListener(key.slice(2), /** @type {EventListener} */ (value));
    else made.setAttribute(key, value === true ? '' : String(value));
  }
}

/** @param {(Child | Child[])[]} children @returns {(Node | string)[]} */
function present(children) {
  const there = children.flat().filter((child) => child !== null && child !== undefined && child !== false);
  return there.map((child) => (child instanceof Node ? child : String(child)));
}

/** Whether focus is this page's to move: in a frame, whoever types beside it keeps theirs. */
export const attended = () => globalThis.parent === globalThis.self || document.hasFocus();

/**
 * Draws a place anew; where focus was inside, it goes to what `selector` finds there then, or elsewhere: never nowhere.
 * @param {HTMLElement} place
 * @param {string} selector
 * @param {() => void} draw
 * @param {HTMLElement} elsewhere
 */
export function refocused(place, selector, draw, elsewhere) {
  const inside = attended() && place.contains(document.activeElement);
  draw();
  if (!inside) return;
  const found = place.querySelector(selector);
  (found instanceof HTMLElement ? found : elsewhere).focus({ preventScroll: true });
}

/**
 * Draws the rows of a list anew; focus stays on its row, or goes to the one that took its place, or elsewhere: never nowhere.
 * @param {HTMLElement} rows whose children have a `data-id`
 * @param {HTMLElement} elsewhere
 * @param {() => void} draw
 */
export function redrawn(rows, elsewhere, draw) {
  const all = () => /** @type {HTMLElement[]} */ ([...rows.children]);
  const at = all().findIndex((row) => row.contains(document.activeElement));
  const id = at < 0 ? '' : all()[at].dataset.id;
  const within = at < 0 ? 0 : [...all()[at].querySelectorAll('a, button')].indexOf(/** @type {Element} */ (document.activeElement));
  draw();
  if (at < 0) return;
  const there = all();
  const places = (there.find((row) => row.dataset.id === id && row.querySelector('a, button')) ?? there[Math.min(at, there.length - 1)])?.querySelectorAll('a, button');
  const place = places && (places[Math.max(0, within)] ?? places[0]);
  (place instanceof HTMLElement ? place : elsewhere).focus({ preventScroll: true });
}

/** The page's address, without a step back for it. @param {string} to */
export function replaceAddress(to) {
  try {
    history.replaceState(history.state, '', to);
  } catch {
    // Some browsers allow so many in so many seconds: the address follows with the next change.
  }
}

/**
 * The element with this id; a page without it is broken, and says so.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/**
 * Copies text; where the clipboard is refused (as in a foreign frame), by way of a selection.
 * @param {string} text
 * @returns {Promise<boolean>} whether it worked
 */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const active = document.activeElement;
    const area = el('textarea', { readonly: true, class: 'unseen', 'aria-hidden': 'true', tabindex: -1 });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    if (active instanceof HTMLElement) active.focus();
    return done;
  }
}

/** A sentence with `code` in it. @param {string} text */
export const coded = (text) => text.split('`').map((part, at) => (at % 2 ? el('code', {}, part) : part));

/**
 * Paragraphs with `code` in them: as much markdown as the descriptions use.
 * @param {string} text
 */
export function prose(text) {
  return text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim()).map((paragraph) =>
    el('p', {}, coded(paragraph)));
}

/**
 * A link only to what a link may lead to; anything else is shown as text.
 * @param {string | null | undefined} url
 * @param {string} label
 * @returns {HTMLElement | string}
 */
export function link(url, label) {
  const target = url && URL.canParse(url, location.href) ? new URL(url, location.href) : null;
  if (!target || !['http:', 'https:', 'mailto:', 'tel:'].includes(target.protocol)) return label;
  return el('a', { href: target.href, rel: 'noopener noreferrer', target: '_blank' }, label);
}

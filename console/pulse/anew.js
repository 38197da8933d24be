// A part of the page drawn anew under somebody's eyes: what is the same stays, what was unfolded stays so, and focus stays where it was.

const FOCUSABLE = 'a, button, select, summary';

/** What a node shows, whatever is unfolded in it. @param {Node} node */
const shows = (node) => (node instanceof Element ? node.outerHTML.replaceAll(' open=""', '') : node.textContent);

/** @param {Element} old @param {Element} fresh */
function takeOver(old, fresh) {
  const before = [...old.querySelectorAll('details')];
  [...fresh.querySelectorAll('details')].forEach((one, at) => { one.open = before[at]?.open ?? false; });
  const at = [...old.querySelectorAll(FOCUSABLE)].indexOf(/** @type {Element} */ (document.activeElement));
  old.replaceWith(fresh);
  if (at < 0) return;
  const places = fresh.querySelectorAll(FOCUSABLE);
  /** @type {HTMLElement | undefined} */ (places[Math.min(at, places.length - 1)])?.focus({ preventScroll: true });
}

/** @param {HTMLElement} place @param {HTMLElement[]} fresh one for each child there is, or all of them at first */
export function anew(place, fresh) {
  const old = [...place.children];
  if (old.length !== fresh.length) return place.replaceChildren(...fresh);
  old.forEach((one, at) => { if (shows(one) !== shows(fresh[at])) takeOver(one, fresh[at]); });
}

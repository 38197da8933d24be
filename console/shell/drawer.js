// The bar at the lower edge: opened by a key, shut by Escape, never over what is read.
import { el } from '/assets/shell/dom.js';
import { composing } from '/assets/shell/keys.js';

/** @type {{ node: HTMLElement, back: Element | null, left: () => void } | null} */
let open = null;

/** Whether one is open. */
export const drawn = () => open !== null;

/**
 * Opens a drawer; one at a time. Focus goes into it, and back where it came from.
 * @param {string} name what it is, for screen readers
 * @param {(Node | string)[]} content
 * @param {HTMLElement | null} [focus] what gets focus; the drawer itself where nothing is named, and null leaves focus where it is
 * @param {() => void} [left] when it is shut by whoever reads it
 */
export function openDrawer(name, content, focus, left = () => {}) {
  const back = open ? open.back : document.activeElement;
  shutDrawer(false);
  const shut = el('button', { type: 'button', class: 'quiet-button shut', onclick: () => shutDrawer() }, 'Close ', el('kbd', {}, 'Esc'));
  const node = el('section', { class: 'drawer', role: 'dialog', 'aria-label': name, tabindex: -1 }, el('div', {}, shut, ...content));
  node.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || composing(event)) return;
    event.preventDefault();
    event.stopPropagation();
    shutDrawer();
  });
  document.body.append(node);
  open = { node, back, left };
  document.body.classList.add('drawn');
  document.body.style.setProperty('--drawer-height', `${node.offsetHeight}px`);
  if (focus !== null) (focus ?? node).focus();
}

/** @param {boolean} [giveBack] whether focus goes back */
export function shutDrawer(giveBack = true) {
  if (!open) return;
  const { node, back, left } = open;
  const inside = node.contains(document.activeElement);
  open = null;
  node.remove();
  document.body.classList.remove('drawn');
  if (giveBack && inside && back instanceof HTMLElement && back !== document.body) (back.isConnected ? back : mainPlace()).focus({ preventScroll: true });
  if (giveBack) left();
}

/** Where focus goes when what it came from was drawn anew meanwhile. @returns {HTMLElement} */
function mainPlace() {
  const main = document.querySelector('main') ?? document.body;
  const place = main.querySelector('[tabindex="-1"]') ?? main;
  if (!place.hasAttribute('tabindex')) place.setAttribute('tabindex', '-1');
  return /** @type {HTMLElement} */ (place);
}

// A name that was mistyped: whoever names another customer after reports begins another contact, unless it was a slip.
import { byId, el } from '/assets/shell/dom.js';

/** Offers to say so; null takes that back. @param {(() => void) | null} then */
export function slip(then) {
  const line = byId('slip');
  line.hidden = then === null;
  const said = () => { slip(null); then?.(); };
  line.replaceChildren(...(then ? ['What you reported stays with the name before. ', el('button', { type: 'button', class: 'quiet-button', onclick: said }, 'That was a slip')] : []));
}

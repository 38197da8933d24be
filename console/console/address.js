// What the console is about stands in its address: a reload or a copied link shows the same. Never the customer.
import { replaceAddress } from '/assets/shell/dom.js';

/** @typedef {import('/assets/console/understood.js').Given} Given */

/** @returns {{ text: string, given: Given, customer: string }} */
export function addressed() {
  const query = new URLSearchParams(location.search);
  /** @param {string} name */
  const named = (name) => {
    const id = query.get(name);
    return id ? { id, title: id, tips: 0 } : null;
  };
  return { text: query.get('text') ?? query.get('q') ?? '', given: { product: named('product'), issue: named('issue') }, customer: query.get('customer') ?? query.get('ref') ?? '' };
}

/** @param {string} text @param {Given} given */
export function remember(text, given) {
  const query = new URLSearchParams();
  // An address may be so long: a pasted chat stands there with its beginning.
  for (const [name, value] of [['text', text.trim().slice(0, 2000)], ['product', given.product?.id], ['issue', given.issue?.id]]) if (value) query.set(String(name), value);
  replaceAddress(location.pathname + (query.size ? `?${query}` : ''));
}

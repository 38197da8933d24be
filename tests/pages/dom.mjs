// A document for modules that make elements: as much of one as they need, without a browser.
import { parseHTML } from 'linkedom';

const window = parseHTML('<!doctype html><html><body></body></html>');
for (const name of ['document', 'Node', 'Element', 'HTMLElement', 'HTMLInputElement', 'Event']) {
  Object.defineProperty(globalThis, name, { value: /** @type {any} */ (window)[name], configurable: true, writable: true });
}
Object.defineProperty(globalThis, 'location', { value: new URL('http://shop.example/'), configurable: true, writable: true });

/** A storage as the browser's, in memory. */
export class Store {
  constructor() {
    /** @type {Map<string, string>} */
    this.kept = new Map();
  }

  /** @param {string} name */
  getItem(name) {
    return this.kept.get(name) ?? null;
  }

  /** @param {string} name @param {string} value */
  setItem(name, value) {
    this.kept.set(name, value);
  }

  /** @param {string} name */
  removeItem(name) {
    this.kept.delete(name);
  }
}

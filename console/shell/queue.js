// Reports of what became of tips: sent in order, kept while the server cannot be reached, each counted once.
import { ApiProblem, call, newKey, passing, sentence, unreached, withdraw } from '/assets/shell/api.js';

/**
 * @typedef {object} Waiting
 * @property {string} key its idempotency key
 * @property {Record<string, unknown>} body
 * @property {boolean} [tried] it went out once and no answer came: the server may have it
 * @property {boolean} [withdrawn] taken back: withdrawn as soon as the server answers
 * @property {string} [id] what the server calls it, where it is known to have it
 */
/** @typedef {{ key: string, body?: Record<string, unknown>, id?: string }} Known what a page knows of a report of its own */
/** @typedef {{ key: string, id: string | null }} Report what was sent; `id` is null while it waits */
/** @typedef {{ send: (body: Record<string, unknown>, key: string) => Promise<{ id: string }>, withdraw: (id: string) => Promise<unknown> }} Server */

const STORE = 'stemwire.reports';
/** Long enough not to knock in vain, short enough that a restart is hardly noticed. */
const AGAIN_MS = 4000;

/** A queue over a storage that all pages of a browser share; the page's own is `pageQueue()`. */
export class Queue {
  /**
   * @param {Pick<Storage, 'getItem' | 'setItem'> | null} storage without one, what waits lasts as long as the page
   * @param {Server} server
   */
  constructor(storage, server) {
    this.storage = storage;
    this.server = server;
    /** @type {Map<string, string>} ids of what was taken, by key */
    this.taken = new Map();
    /** @type {((waiting: number, why: string) => void)[]} */
    this.watchers = [];
    /** @type {(told: string, key: string) => void} called where the server refuses what nobody on this page waits for */
    this.refusedLater = () => {};
    /** @type {Promise<void> | null} */
    this.sending = null;
    /** @type {Set<string>} keys whose reporter waits for what comes of it */
    this.awaited = new Set();
    /** @type {Map<string, ApiProblem>} what was refused, for those who wait, by key */
    this.refused = new Map();
    /** @type {Set<string>} keys that stand in the storage: where one is gone from it, another page has sent it or taken it back */
    this.stored = new Set();
    /** @type {Set<string>} keys of what is settled: another page's copy of them is out of date */
    this.over = new Set();
    /** @type {Map<string, Record<string, unknown>>} what was reported on this page, by key: another page may send it */
    this.own = new Map();
    /** What the server said of those it does not take now. */
    this.why = '';
    this.watched = '';
    /** @type {Waiting[]} */
    this.waiting = [];
    this.meet();
  }

  /** @returns {Waiting[] | null} null where the storage cannot be read, or somebody emptied it */
  read() {
    try {
      const read = JSON.parse(this.storage?.getItem(STORE) ?? 'null');
      return Array.isArray(read) ? read.filter((one) => typeof one?.key === 'string') : null;
    } catch {
      return null;
    }
  }

  /** Takes over what other pages of this browser left in the storage, and leaves what they settled. */
  meet() {
    const read = this.read();
    if (!read) return;
    const there = new Map(read.map((one) => [one.key, one]));
    const here = new Set(this.waiting.map(({ key }) => key));
    this.waiting = this.waiting.filter(({ key }) => there.has(key) || !this.stored.has(key));
    for (const own of this.waiting) Object.assign(own, flags(own, there.get(own.key)));
    this.waiting.push(...[...there.values()].filter(({ key }) => !here.has(key) && !this.over.has(key)));
    this.stored = new Set([...there.keys()].filter((key) => !this.over.has(key)));
  }

  /** Writes down what waits. */
  keep() {
    this.meet();
    try {
      this.storage?.setItem(STORE, JSON.stringify(this.waiting));
      if (this.storage) this.stored = new Set(this.waiting.map(({ key }) => key));
    } catch {
      // A full or forbidden storage: it is still sent from memory.
    }
    const watched = `${this.count} ${this.why}`;
    if (watched === this.watched) return;
    this.watched = watched;
    for (const watcher of this.watchers) watcher(this.count, this.why);
  }

  /** How many wait; one that is taken back waits for nobody. */
  get count() {
    return this.waiting.filter(({ withdrawn }) => !withdrawn).length;
  }

  /**
   * Takes a report, and sends it if somebody answers.
   * @param {Record<string, unknown>} body
   * @param {string} [key] by which it can be taken back, also before the server has answered
   * @returns {Promise<Report>}
   * @throws {ApiProblem} where the server refuses it; then it is not kept
   */
  async report(body, key = newKey()) {
    // The time counts when it happened, not when it could be sent.
    const dated = { at: new Date().toISOString(), ...body };
    this.waiting.push({ key, body: dated });
    this.own.set(key, dated);
    this.awaited.add(key);
    this.keep();
    await this.flush();
    this.awaited.delete(key);
    const refusal = this.refused.get(key);
    this.refused.delete(key);
    if (refusal) throw refusal;
    return { key, id: this.taken.get(key) ?? null };
  }

  /** Sends what waits, oldest first, until nobody answers. */
  async flush() {
    while (this.sending) await this.sending;
    this.sending = this.sendAll();
    await this.sending;
    this.sending = null;
  }

  async sendAll() {
    /** @type {Set<string>} what the server cannot take now, for a fault with this one alone */
    const left = new Set();
    this.why = '';
    for (;;) {
      this.meet(); // another page may have sent it, or taken it back
      const next = this.waiting.find(({ key }) => !left.has(key));
      if (!next) break;
      try {
        await this.settle(next);
        this.forget(next.key);
      } catch (error) {
        if (!passing(error)) {
          this.refuse(next, /** @type {ApiProblem} */ (error));
          continue;
        }
        if (error instanceof ApiProblem) this.why = sentence(error);
        this.keep();
        // A fault over one report must not hold up the others; where nobody answers, or all are refused, trying on is knocking in vain.
        if (unreached(error) || /** @type {ApiProblem} */ (error).problem.status < 500) return;
        left.add(next.key);
      }
    }
  }

  /** @param {Waiting} one */
  async settle(one) {
    const { key, body, id: before } = one;
    one.tried = true; // before it goes: a page that takes it back meanwhile must know
    this.keep();
    const id = this.taken.get(key) ?? before ?? (await this.server.send(body, key)).id;
    this.taken.set(key, id);
    this.meet();
    if (this.waiting.find((there) => there.key === key)?.withdrawn) await this.server.withdraw(id);
  }

  /** @param {Waiting} one @param {ApiProblem} error */
  refuse({ key, withdrawn }, error) {
    this.forget(key);
    if (withdrawn && !this.taken.has(key)) return; // what the server never took is as good as taken back
    if (this.awaited.has(key)) this.refused.set(key, error);
    else this.refusedLater(sentence(error), key);
  }

  /** @param {string} key */
  forget(key) {
    this.over.add(key);
    this.waiting = this.waiting.filter((one) => one.key !== key);
    this.keep();
  }

  /**
   * Takes back a report, which is as good as done: also one that waits here, is on its way, or is known to the server, which
   * is told as soon as it answers, by whichever page is open then.
   * @param {string} key
   */
  drop(key) {
    this.meet();
    let waits = this.waiting.find((one) => one.key === key);
    const [id, body] = [this.taken.get(key), this.own.get(key)];
    // The server has it, or another page has sent it: the same key is answered with the same report.
    if (!waits && (id !== undefined || (body && !this.over.has(key)))) this.waiting.push(waits = { key, body: body ?? {}, id, tried: true });
    if (!waits?.tried) return this.forget(key);
    waits.withdrawn = true;
    this.over.delete(key);
    this.keep();
    void this.flush();
  }

  /** Whether the server has been told, once it was tried. @param {string} key @returns {Promise<boolean>} */
  async settled(key) {
    await this.flush();
    return !this.waiting.some((one) => one.key === key);
  }

  /** What is known of a report of this page: enough for a page that is loaded anew to take it back. @param {string} key @returns {Known} */
  known(key) {
    return { key, body: this.own.get(key), id: this.taken.get(key) };
  }

  /** Takes over what this page knew before it was loaded anew. @param {Known} known */
  recall({ key, body, id }) {
    if (body) this.own.set(key, body);
    if (id) this.taken.set(key, id);
  }

  /** Calls back with how many wait, and why if the server said so, now and whenever that changes. @param {(waiting: number, why: string) => void} then */
  watch(then) {
    this.watchers.push(then);
    then(this.count, this.why);
  }
}

/** What either page knows of a report. @param {Waiting} own @param {Waiting} [there] */
function flags(own, there) {
  const known = /** @type {Pick<Waiting, 'tried' | 'withdrawn'>} */ ({});
  if (own.tried || there?.tried) known.tried = true;
  if (own.withdrawn || there?.withdrawn) known.withdrawn = true;
  return known;
}

/** The page's queue; it knocks again while something waits. */
export function pageQueue() {
  const queue = new Queue(storage(), {
    send: async (body, key) => (await call('POST', '/v1/outcomes', { json: body, key })).body,
    withdraw,
  });
  const again = () => { if (queue.waiting.length && !queue.sending) queue.flush().catch(() => {}); };
  addEventListener('online', again);
  setInterval(again, AGAIN_MS);
  again();
  return queue;
}

function storage() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

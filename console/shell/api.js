// The public API: one way to call it, one kind of error.

/** @typedef {{ type: string, title: string, status: number, detail: string, errors?: Fault[], request_id: string }} Problem */
/** @typedef {{ detail: string, pointer?: string, code?: string | null, line?: number | null, column?: number | null, help?: string | null }} Fault */

/** An answer that is a problem (RFC 9457). */
export class ApiProblem extends Error {
  /** @param {Problem} problem */
  constructor(problem) {
    super(problem.title);
    this.problem = problem;
  }
}

/** Whoever has not answered by then will not: a proxy that hangs must not hold what waits behind the request. */
const PATIENCE_MS = 30_000;

/**
 * @typedef {object} Asked
 * @property {Record<string, unknown>} [query] lists repeat their name; empty values are left out
 * @property {unknown} [json]
 * @property {string} [markdown]
 * @property {Record<string, string>} [headers]
 * @property {string} [key] the write's idempotency key
 * @property {AbortSignal} [signal]
 */

/**
 * Calls the API and reads its answer.
 * @param {string} method
 * @param {string} path
 * @param {Asked} [asked]
 * @returns {Promise<{ status: number, headers: Headers, body: any }>} the body is parsed JSON, text, or null
 * @throws {ApiProblem} where the server refuses; TypeError where it cannot be reached; DOMException where it takes too long
 */
export async function call(method, path, { query, json, markdown, headers = {}, key, signal } = {}) {
  const sent = { ...headers };
  let body;
  if (json !== undefined) {
    sent['content-type'] = 'application/json';
    body = JSON.stringify(json);
  } else if (markdown !== undefined) {
    sent['content-type'] = 'text/markdown';
    body = markdown;
  }
  if (key) sent['idempotency-key'] = `"${key}"`;
  const response = await fetch(path + search(query), { method, headers: sent, body, signal: limited(signal) });
  const type = response.headers.get('content-type') ?? '';
  const text = await response.text();
  const read = type.includes('json') && text ? JSON.parse(text) : text || null;
  if (!response.ok) throw new ApiProblem(read?.title ? read : { type: '', title: `The server answered ${response.status}`, status: response.status, detail: '', request_id: response.headers.get('x-request-id') ?? '' });
  return { status: response.status, headers: response.headers, body: read };
}

/** Older browsers cannot join two signals: there the caller's own is the only one. @param {AbortSignal} [signal] */
function limited(signal) {
  if (!('timeout' in AbortSignal)) return signal;
  const late = AbortSignal.timeout(PATIENCE_MS);
  if (!signal) return late;
  return 'any' in AbortSignal ? AbortSignal.any([signal, late]) : signal;
}

/** @param {string} path @param {Record<string, unknown>} [query] @param {AbortSignal} [signal] @returns {Promise<any>} */
export const get = async (path, query, signal) => (await call('GET', path, { query, signal })).body;

/**
 * A list page by page, from its start until there are so many items or no more.
 * @param {string} path
 * @param {Record<string, unknown>} query
 * @param {number} [until]
 * @param {AbortSignal} [signal]
 * @returns {Promise<{ items: any[], next: string | null }>}
 */
export async function pages(path, query, until = Infinity, signal = undefined) {
  const items = [];
  /** @type {string | null} */
  let next = null;
  do {
    const page = await get(path, { ...query, cursor: next }, signal);
    items.push(...page.items);
    next = page.next;
  } while (next && items.length < until);
  return { items, next };
}

/** Takes a report back; what is not there any more is taken back already. @param {string} id of an outcome */
export async function withdraw(id) {
  try {
    await call('DELETE', `/v1/outcomes/${encodeURIComponent(id)}`);
  } catch (error) {
    if (!(error instanceof ApiProblem && error.problem.status === 404)) throw error;
  }
}

/** @param {string} path @param {unknown} json @param {string} [key] @returns {Promise<any>} */
export const post = async (path, json, key = newKey()) => (await call('POST', path, { json, key })).body;

/** @param {Record<string, unknown>} [query] */
function search(query) {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one) => [name, one]));
  const there = pairs.filter(([, value]) => value !== undefined && value !== null && value !== '');
  return there.length ? '?' + new URLSearchParams(there.map(([name, value]) => [name, String(value)])) : '';
}

/** A key for one write: its repetitions are answered with the first answer. */
export function newKey() {
  // randomUUID is for secure contexts only; a console on plain http in a shop's own network is none.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Keys for what is sent again after a lost answer: the same words go under the same key, others under another. */
export class Attempts {
  sent = '';
  last = '';

  /** @param {unknown} body */
  key(body) {
    const now = JSON.stringify(body);
    if (now !== this.sent) [this.sent, this.last] = [now, newKey()];
    return this.last;
  }

  /** It arrived: the same words are another one now. @param {string} [key] what it was sent under, where others may have been sent since */
  over(key = this.last) {
    if (key === this.last) this.sent = '';
  }
}

/**
 * A sentence for people about what went wrong.
 * @param {unknown} error
 */
export function sentence(error) {
  if (error instanceof ApiProblem) {
    const { title, detail, errors, request_id: id } = error.problem;
    // What is wrong with a field says it all; where nothing is, the title does, and whatever the server adds.
    const told = errors?.length ? errors.map((fault) => fault.detail) : [title, detail];
    return told.filter(Boolean).map(whole).join(' ') + (id ? ` (request ${id})` : '');
  }
  if (error instanceof DOMException && error.name === 'TimeoutError') return 'The server did not answer in time.';
  return 'The server cannot be reached.';
}

/** Words as a sentence of their own. @param {string} words */
const whole = (words) => words[0].toUpperCase() + words.slice(1) + (/[.!?…]$/.test(words) ? '' : '.');

/** True where nobody answered. @param {unknown} error */
export function unreached(error) {
  return !(error instanceof ApiProblem) || [502, 503, 504].includes(error.problem.status);
}

/** What may be answered otherwise later: a key that is put right, a rush that is over, a fault that is mended. */
const PASSING = [401, 403, 408, 425, 429];

/** True where trying again later may help. @param {unknown} error */
export function passing(error) {
  return !(error instanceof ApiProblem) || error.problem.status >= 500 || PASSING.includes(error.problem.status);
}

// Reading and writing tips' files over the API.
import { ApiProblem, call, get, pages, post } from '/assets/shell/api.js';

/** @typedef {import('/assets/library/types.js').Source} Source */
/** @typedef {import('/assets/library/types.js').Tip} Tip */
/** @typedef {import('/assets/library/types.js').Tried} Tried */

/** @param {string} id */
export const addressOf = (id) => `/v1/tips/${id.split('/').map(encodeURIComponent).join('/')}`;

/** The page of the desk with this tip open. @param {string} id */
export const placeOf = (id) => `/library?tip=${encodeURIComponent(id).replaceAll('%2F', '/')}`;

/** Whether it can be an id at all: `..` in an address would lead elsewhere. @param {string} id */
const isId = (id) => id.split('/').every((part) => part && part !== '.' && part !== '..');

/** The file as it lies on the disk; null where there is none. @param {string} id @returns {Promise<Source | null>} */
export async function readSource(id) {
  if (!isId(id)) return null;
  try {
    const { headers, body } = await call('GET', addressOf(id), { headers: { accept: 'text/markdown' } });
    return { id, text: body ?? '', tag: headers.get('etag') };
  } catch (error) {
    if (error instanceof ApiProblem && error.problem.status === 404) return null;
    throw error;
  }
}

/** The tip as it is served, or its draft; null where its file is broken or gone. @param {string} id @returns {Promise<Tip | null>} */
export async function readTip(id) {
  if (!isId(id)) return null;
  try {
    return await get(addressOf(id));
  } catch (error) {
    if (error instanceof ApiProblem && error.problem.status < 500) return null;
    throw error;
  }
}

/** What `check` finds in a text, and the tip it would be. @param {string} id @param {string} text @returns {Promise<Tried>} */
export const tryText = (id, text) => post('/v1/check', id ? { id, text } : { text });

/**
 * Saves a text in place of the version that was read; as a new file where there was none.
 * @param {Source} source
 * @returns {Promise<{ tag: string | null, created: boolean }>} the version it is now
 */
export async function save({ id, text, tag }) {
  /** @type {Record<string, string>} */
  const headers = tag === null ? { 'if-none-match': '*' } : { 'if-match': tag };
  const { status, headers: told } = await call('PUT', addressOf(id), { markdown: text, headers });
  return { tag: told.get('etag'), created: status === 201 };
}

/** @param {Source} source */
export async function remove({ id, tag }) {
  await call('DELETE', addressOf(id), { headers: tag === null ? {} : { 'if-match': tag } });
}

/** True where somebody else was faster. @param {unknown} error */
export const isConflict = (error) => error instanceof ApiProblem && error.problem.status === 412;

/** All items of a list: for products and issues, which are few beside tips. @param {string} path @returns {Promise<any[]>} */
export const everything = async (path) => (await pages(path, { limit: 1000 })).items;

// The API reference, drawn from /openapi.json, with a form that tries each operation out.
import { get, sentence } from '/assets/shell/api.js';
import { byId, el, prose } from '/assets/shell/dom.js';
import { shell } from '/assets/shell/shell.js';
import { fields, named, typeOf } from '/assets/docs/schema.js';
import { trial } from '/assets/docs/trial.js';

/** @typedef {import('/assets/docs/schema.js').Api} Api */
/** @typedef {import('/assets/docs/schema.js').Operation} Operation */

const METHODS = ['get', 'post', 'put', 'delete'];
/** Deeper than this, a schema is only named. */
const DEPTH = 4;

shell();
try {
  draw(await get('/openapi.json'));
} catch (error) {
  byId('wait').textContent = `${sentence(error)} Load this page again to try once more.`;
}
byId('columns').removeAttribute('data-waiting');
// The page is drawn after the browser looked for the place in it.
if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();

/** @param {Api} api */
function draw(api) {
  const operations = Object.entries(api.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => ({ path, method, ...item[method] })));
  const sections = api.tags.map((tag) => ({ ...tag, operations: operations.filter((one) => one.tags?.includes(tag.name)) }));
  const contents = el('details', {}, el('summary', {}, 'All operations'), sections.flatMap((tag) => [
    el('h2', {}, tag.description),
    el('ul', {}, tag.operations.map((one) => el('li', {}, el('a', { href: `#${one.operationId}` }, method(one), el('span', {}, breakable(one.path)))))),
  ]));
  // Beside the text they stand open; above it, on a phone, they would be two screens of addresses before a word.
  const wide = matchMedia('(min-width: 60rem)');
  const unfold = () => { contents.open = wide.matches; };
  wide.addEventListener('change', unfold);
  unfold();
  byId('contents').replaceChildren(contents);
  byId('reference').replaceChildren(
    el('h1', {}, 'API reference'),
    ...prose(api.info.description),
    el('p', { class: 'quiet' }, `Version ${api.info.version}, licensed ${api.info.license.name}. `, el('a', { href: '/problems' }, 'All problems and findings')),
    ...sections.flatMap((tag) => [el('h2', {}, tag.description), ...tag.operations.map((one) => operation(api, one))]),
  );
}

/** A path that a narrow column breaks at its slashes. @param {string} path */
function breakable(path) {
  return path.split(/(?=\/)/).flatMap((part) => [el('wbr'), part]);
}

/** @param {Operation} one */
function method(one) {
  return el('span', { class: 'method' }, one.method.toUpperCase());
}

/** @param {Api} api @param {Operation} one */
function operation(api, one) {
  const body = one.requestBody?.content ?? {};
  return el('section', { class: 'operation', id: one.operationId, 'aria-label': one.summary },
    el('h3', {}, one.summary),
    el('p', { class: 'path' }, method(one), el('code', {}, one.path)),
    ...prose(one.description ?? ''),
    one.parameters?.length ? el('h4', {}, 'Parameters') : null,
    one.parameters?.length ? el('dl', { class: 'fields' }, one.parameters.flatMap((parameter) => field(api, parameter))) : null,
    ...Object.entries(body).flatMap(([type, { schema }]) => [el('h4', {}, `Body: ${type}`), fields(api, schema, DEPTH)]),
    el('h4', {}, 'Answers'),
    ...Object.entries(one.responses).sort().map(([status, found]) => answer(api, status, found)),
    trial(one),
  );
}

/** @param {Api} api @param {import('/assets/docs/schema.js').Parameter} parameter */
function field(api, parameter) {
  return [
    el('dt', {}, el('code', {}, parameter.name), el('span', { class: 'type' }, `${parameter.in}, ${typeOf(api, parameter.schema)}`),
      parameter.required ? el('span', { class: 'must' }, 'required') : null),
    el('dd', {}, ...prose(parameter.description ?? '')),
  ];
}

/** @param {Api} api @param {string} status @param {import('/assets/docs/schema.js').Answer} found */
function answer(api, status, found) {
  const response = found.$ref ? api.components.responses[named(found.$ref)] : found;
  const content = Object.entries(response.content ?? {});
  return el('details', {},
    el('summary', {}, el('span', { class: 'status' }, status), ` ${response.description}`),
    ...content.flatMap(([type, { schema }]) => [el('p', { class: 'quiet' }, type), fields(api, schema, DEPTH)]));
}

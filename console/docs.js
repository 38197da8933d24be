// The API reference, drawn from /openapi.json, with a form that tries each operation out.
import { el, prose } from '/assets/dom.js';
import { fields, typeOf } from '/assets/schema.js';
import { trial } from '/assets/trial.js';

const METHODS = ['get', 'post', 'put', 'delete'];
/** Deeper than this, a schema is only named. */
const DEPTH = 4;

const response = await fetch('/openapi.json');
const api = await response.json();
draw(api);
// The page is drawn after the browser looked for the place in it.
if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();

function draw(api) {
  const operations = Object.entries(api.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => ({ path, method, ...item[method] })));
  const sections = api.tags.map((tag) => ({ ...tag, operations: operations.filter((one) => one.tags?.includes(tag.name)) }));
  document.getElementById('contents').replaceChildren(...sections.flatMap((tag) => [
    el('h2', {}, tag.description),
    el('ul', {}, tag.operations.map((one) => el('li', {}, el('a', { href: `#${one.operationId}` }, method(one), el('span', {}, one.path))))),
  ]));
  document.getElementById('reference').replaceChildren(
    el('h1', {}, 'API reference'),
    ...prose(api.info.description),
    el('p', { class: 'quiet' }, `Version ${api.info.version}, licensed ${api.info.license.name}. `, el('a', { href: '/problems' }, 'All problems and findings')),
    ...sections.flatMap((tag) => [el('h2', {}, tag.description), ...tag.operations.map((one) => operation(api, one))]),
  );
}

function method(one) {
  return el('span', { class: 'method' }, one.method.toUpperCase());
}

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

function field(api, parameter) {
  return [
    el('dt', {}, el('code', {}, parameter.name), el('span', { class: 'type' }, `${parameter.in}, ${typeOf(api, parameter.schema)}`),
      parameter.required ? el('span', { class: 'must' }, 'required') : null),
    el('dd', {}, ...prose(parameter.description ?? '')),
  ];
}

function answer(api, status, found) {
  const response = found.$ref ? api.components.responses[found.$ref.split('/').pop()] : found;
  const content = Object.entries(response.content ?? {});
  return el('details', {},
    el('summary', {}, el('span', { class: 'status' }, status), ` ${response.description}`),
    ...content.flatMap(([type, { schema }]) => [el('p', { class: 'quiet' }, type), fields(api, schema, DEPTH)]));
}

// Trying an operation out: a form for its parameters and body, the request as a command, and what came back.
import { el } from '/assets/shell/dom.js';

/** @typedef {import('/assets/docs/schema.js').Operation} Operation */
/** @typedef {import('/assets/docs/schema.js').Parameter} Parameter */
/** @typedef {Parameter & { input: HTMLInputElement }} Filled */
/** @typedef {{ url: string, method: string, headers: Record<string, string>, body?: string }} Sent */

/** A stream never ends by itself: what comes in this time is shown. */
const STREAM_MS = 3000;

/** The form. @param {Operation} operation */
export function trial(operation) {
  const parameters = (operation.parameters ?? []).map((parameter) => ({ ...parameter, input: inputFor(operation, parameter) }));
  const bodies = Object.entries(operation.requestBody?.content ?? {});
  const type = bodies.length > 1 ? el('select', { id: `${operation.operationId}-type` }, bodies.map(([name]) => el('option', {}, name))) : null;
  const body = bodies.length ? el('textarea', { spellcheck: 'false' }, exampleOf(bodies[0][1])) : null;
  const result = el('div', { class: 'result', 'aria-live': 'polite' });
  type?.addEventListener('change', () => {
    const chosen = bodies.find(([name]) => name === type.value);
    if (body && chosen) body.value = exampleOf(chosen[1]);
  });
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const media = type?.value ?? bodies[0]?.[0];
    send(requestOf(operation, parameters, body && { media, text: body.value }), result);
  };
  return el('details', { class: 'try' }, el('summary', {}, 'Try it'),
    el('form', { onsubmit: submit },
      parameters.map((parameter) => el('label', {}, parameter.name, parameter.input)),
      type ? el('label', {}, 'Type of the body', type) : null,
      body ? el('label', {}, 'Body', body) : null,
      el('button', { type: 'submit' }, 'Send')),
    result);
}

/** @param {Operation} operation @param {Parameter} parameter @returns {HTMLInputElement} */
function inputFor(operation, { name, required, example, schema }) {
  // Only what is needed is filled in: the other examples stay hints.
  const hint = example ?? schema?.example;
  return el('input', { name, required, value: required ? hint : null, placeholder: hint, autocomplete: 'off', id: `${operation.operationId}-${name}` });
}

/** @param {import('/assets/docs/schema.js').Content[string]} content @returns {string} */
function exampleOf({ example, schema }) {
  const found = example ?? schema?.example ?? (schema?.$ref?.endsWith('SuggestRequest') ? { text: 'a bunch of gerberas for our anniversary please' } : undefined);
  if (found === undefined) return schema?.$ref ? '{\n  "text": "# What do I do when my gerberas droop?\\n\\nCoil a little wire round the stem.\\n"\n}' : '# What do I do when my gerberas droop?\n\nCoil a little wire round the stem.\n';
  return typeof found === 'string' ? found : JSON.stringify(found, null, 2);
}

/** @param {Operation} operation @param {Filled[]} parameters @param {{ media: string, text: string } | null} body @returns {Sent} */
function requestOf(operation, parameters, body) {
  let path = operation.path;
  const query = new URLSearchParams();
  /** @type {Record<string, string>} */
  const headers = {};
  for (const { name, in: place, input, schema } of parameters) {
    const value = input.value;
    if (!value) continue;
    if (place === 'path') path = path.replace(`{${name}}`, value.split('/').map(encodeURIComponent).join('/'));
    else if (place === 'header') headers[name] = value;
    else if ([schema?.type].flat().includes('array')) value.split(',').forEach((part) => query.append(name, part.trim()));
    else query.append(name, value);
  }
  if (body) headers['Content-Type'] = body.media;
  const url = path + (query.size ? `?${query}` : '');
  return { url, method: operation.method.toUpperCase(), headers, body: body?.text };
}

/** @param {Sent} request @param {HTMLElement} result */
async function send(request, result) {
  const started = performance.now();
  const stop = new AbortController();
  result.replaceChildren(el('pre', {}, command(request)));
  try {
    const response = await fetch(request.url, { ...request, signal: stop.signal });
    const streaming = response.headers.get('content-type')?.startsWith('text/event-stream');
    if (streaming) setTimeout(() => stop.abort(), STREAM_MS);
    const text = streaming ? await readSome(response) : await response.text();
    const took = Math.round(performance.now() - started);
    const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
    result.append(el('p', {}, el('strong', {}, String(response.status)), ` ${response.statusText} in ${took} ms`),
      el('details', {}, el('summary', {}, 'Headers'), el('pre', {}, headers)),
      el('pre', { tabindex: '0', 'aria-label': 'Body of the answer' }, pretty(text)));
  } catch (error) {
    result.append(el('p', {}, `It could not be sent: ${error instanceof Error ? error.message : error}`));
  }
}

/** @param {Response} response */
async function readSome(response) {
  if (!response.body) return '';
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      text += value;
    }
  } catch {
    // The time is up.
  }
  return text;
}

/** @param {string} text */
function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text || '(empty)';
  }
}

/** The same request for a terminal. @param {Sent} request */
function command({ url, method, headers, body }) {
  const quoted = (/** @type {string} */ text) => `'${text.replaceAll("'", "'\\''")}'`;
  const parts = ['curl', method === 'GET' ? null : `-X ${method}`, quoted(location.origin + url)];
  for (const [name, value] of Object.entries(headers)) parts.push(`-H ${quoted(`${name}: ${value}`)}`);
  if (body !== undefined) parts.push(`--data-binary ${quoted(body)}`);
  return parts.filter(Boolean).join(' ');
}

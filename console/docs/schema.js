// JSON Schemas, as lists of fields that people read.
import { el, prose } from '/assets/shell/dom.js';

/**
 * As much of JSON Schema as the document uses.
 * @typedef {{ $ref?: string, type?: string | string[], enum?: (string | null)[], oneOf?: Schema[], anyOf?: Schema[], allOf?: Schema[], items?: Schema,
 *   properties?: Record<string, Schema>, required?: string[], description?: string, minimum?: number, maximum?: number, default?: unknown, example?: unknown }} Schema
 */
/** @typedef {Record<string, { schema?: Schema, example?: unknown }>} Content by media type */
/** @typedef {{ name: string, in: string, required?: boolean, description?: string, schema?: Schema, example?: unknown }} Parameter */
/** @typedef {{ $ref?: string, description: string, content?: Content }} Answer */
/**
 * @typedef {{ path: string, method: string, operationId: string, summary: string, description?: string, tags?: string[],
 *   parameters?: Parameter[], requestBody?: { content: Content }, responses: Record<string, Answer> }} Operation
 */
/** @typedef {{ schemas: Record<string, Schema>, responses: Record<string, Answer> }} Components */
/**
 * @typedef {{ components: Components, paths: Record<string, Record<string, Omit<Operation, 'path' | 'method'>>>,
 *   tags: { name: string, description: string }[], info: { description: string, version: string, license: { name: string } } }} Api
 */

/** The last part of a reference: what it names. @param {string} reference */
export function named(reference) {
  return reference.slice(reference.lastIndexOf('/') + 1);
}

/** @param {Api} api @param {Schema | undefined} schema */
function resolve(api, schema) {
  return schema?.$ref ? api.components.schemas[named(schema.$ref)] : schema;
}

/** @param {Schema} schema */
function alternatives(schema) {
  return schema.oneOf ?? schema.anyOf ?? schema.allOf;
}

/** The type in a few words: `string or null`, `array of Suggestion`, `one of fresh, due`. @param {Api} api @param {Schema | undefined} schema @returns {string} */
export function typeOf(api, schema) {
  if (!schema) return 'anything';
  if (schema.$ref) return named(schema.$ref);
  if (schema.enum) return `one of ${schema.enum.filter((word) => word !== null).join(', ')}`;
  const parts = alternatives(schema);
  if (parts) return parts.map((part) => typeOf(api, part)).join(' or ');
  const types = [schema.type ?? 'anything'].flat();
  const names = types.map((type) => (type === 'array' ? `array of ${typeOf(api, schema.items)}` : type));
  const bounds = schema.maximum !== undefined ? `, ${schema.minimum ?? 0} to ${schema.maximum}` : '';
  const preset = schema.default !== undefined ? `, default ${schema.default}` : '';
  return names.join(' or ') + bounds + preset;
}

/** The object inside a schema, through references, arrays and "or null". @param {Api} api @param {Schema | undefined} schema @returns {Schema | null} */
function inner(api, schema) {
  const found = resolve(api, schema);
  if (!found) return null;
  if (found.properties) return found;
  if (found.items) return inner(api, found.items);
  for (const part of alternatives(found) ?? []) {
    const object = inner(api, part);
    if (object) return object;
  }
  return null;
}

/** The fields of a schema; what lies deeper is folded. @param {Api} api @param {Schema | undefined} schema @param {number} depth @returns {HTMLElement} */
export function fields(api, schema, depth) {
  const object = inner(api, schema);
  if (!object) return el('p', { class: 'quiet' }, typeOf(api, schema));
  const required = new Set(object.required ?? []);
  return el('dl', { class: 'fields' }, Object.entries(object.properties ?? {}).flatMap(([name, property]) => {
    const deeper = depth > 1 && inner(api, property);
    const about = property.description ?? resolve(api, property)?.description;
    return [
      el('dt', {}, el('code', {}, name), el('span', { class: 'type' }, typeOf(api, property)), required.has(name) ? null : el('span', { class: 'type' }, 'optional')),
      el('dd', {}, ...(about ? prose(about) : []),
        deeper ? el('details', {}, el('summary', {}, `fields of ${name}`), fields(api, property, depth - 1)) : null),
    ];
  }));
}

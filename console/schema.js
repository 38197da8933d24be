// JSON Schemas, as lists of fields that people read.
import { el, prose } from '/assets/dom.js';

function resolve(api, schema) {
  return schema?.$ref ? api.components.schemas[schema.$ref.split('/').pop()] : schema;
}

function alternatives(schema) {
  return schema.oneOf ?? schema.anyOf ?? schema.allOf;
}

/** The type in a few words: `string or null`, `array of Suggestion`, `one of fresh, due`. */
export function typeOf(api, schema) {
  if (!schema) return 'anything';
  if (schema.$ref) return schema.$ref.split('/').pop();
  if (schema.enum) return `one of ${schema.enum.filter((word) => word !== null).join(', ')}`;
  const parts = alternatives(schema);
  if (parts) return parts.map((part) => typeOf(api, part)).join(' or ');
  const types = [schema.type ?? 'anything'].flat();
  const named = types.map((type) => (type === 'array' ? `array of ${typeOf(api, schema.items)}` : type));
  const bounds = schema.maximum !== undefined ? `, ${schema.minimum ?? 0} to ${schema.maximum}` : '';
  const preset = schema.default !== undefined ? `, default ${schema.default}` : '';
  return named.join(' or ') + bounds + preset;
}

/** The object inside a schema, through references, arrays and "or null". */
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

/** The fields of a schema; what lies deeper is folded. */
export function fields(api, schema, depth) {
  const object = inner(api, schema);
  if (!object) return el('p', { class: 'quiet' }, typeOf(api, schema));
  const required = new Set(object.required ?? []);
  return el('dl', { class: 'fields' }, Object.entries(object.properties).flatMap(([name, property]) => {
    const deeper = depth > 1 && inner(api, property);
    const about = property.description ?? resolve(api, property)?.description;
    return [
      el('dt', {}, el('code', {}, name), el('span', { class: 'type' }, typeOf(api, property)), required.has(name) ? null : el('span', { class: 'type' }, 'optional')),
      el('dd', {}, ...(about ? prose(about) : []),
        deeper ? el('details', {}, el('summary', {}, `fields of ${name}`), fields(api, property, depth - 1)) : null),
    ];
  }));
}

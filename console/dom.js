// Building elements without ever handing text to the HTML parser.

/** An element with attributes and children; strings become text, nothing else is read as HTML. */
export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

/** Copies text; where the clipboard is refused (as in a foreign frame), by way of a selection. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const active = document.activeElement;
    const area = el('textarea', { readonly: true, class: 'unseen', 'aria-hidden': 'true' });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    active?.focus?.();
    return done;
  }
}

/** Paragraphs with `code` in them: as much markdown as the descriptions use. */
export function prose(text) {
  return text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim()).map((paragraph) =>
    el('p', {}, paragraph.split('`').map((part, at) => (at % 2 ? el('code', {}, part) : part))));
}

// How issues are named in a tip: short where they are near, whole where they are another section's.
import { frontMatter } from '/assets/library/front.js';

/** @typedef {import('/assets/library/types.js').Named} Named */

/**
 * Issues as a tip of a section may name them: those of the section and of those around it by their names, nearest first; any
 * other by its whole id, since its name alone means nothing there.
 * @param {string} section
 * @param {Named[]} all
 * @returns {import('/assets/library/complete.js').Option[]}
 */
export function issuesFor(section, all) {
  const parts = section.split('/').filter(Boolean);
  /** @type {Map<string, Named>} */
  const near = new Map();
  for (let deep = parts.length; deep >= 0; deep--) {
    const around = parts.slice(0, deep).join('/');
    for (const one of all) {
      const [of, name] = one.id.includes(':') ? one.id.split(':') : ['', one.id];
      if (of === around && !near.has(name)) near.set(name, one);
    }
  }
  const named = new Set(near.values());
  return [
    ...[...near].map(([label, { id, title }]) => ({ label, detail: title, boost: id.split(':')[0] === section ? 2 : 1 })),
    ...all.filter((one) => !named.has(one)).map(({ id, title }) => ({ label: id, detail: title, apply: id.includes(':') ? `"${id}"` : id, boost: -1 })),
  ];
}

/** The section whose issues a text may name: its product's, where it says one, or that of its file. @param {string} id @param {string} text @param {Named[]} sections */
export function sectionOf(id, text, sections) {
  const lines = text.split('\n');
  const said = lines.slice(1, frontMatter(lines)?.end ?? 0).map((line) => /^products?\s*[:=]\s*\[?\s*["']?([^\s"',\]#]+)/.exec(line)?.[1]).find(Boolean);
  return sections.some((one) => one.id === said) ? String(said) : id.split('/').slice(0, -1).join('/');
}

// What `check` finds, as a list below the text: each with its place, what to do, and its mend where there is a safe one.
import { coded, el } from '/assets/shell/dom.js';
import { many } from '/assets/shell/words.js';

/** @typedef {import('/assets/library/spans.js').Placed} Placed */

const sentenceCase = (/** @type {string} */ text) => text.charAt(0).toUpperCase() + text.slice(1);

/** @param {{ items: { severity: string }[] }} found */
export function summary({ items }) {
  const errors = items.filter((one) => one.severity === 'error').length;
  if (!items.length) return 'Check finds nothing wrong.';
  const warnings = items.length - errors;
  return [errors && many(errors, 'error'), warnings && many(warnings, 'warning')].filter(Boolean).join(', ');
}

/**
 * @param {Placed[]} found
 * @param {{ show?: (placed: Placed) => void, mend?: (placed: Placed) => void }} does
 */
export function findings(found, { show, mend }) {
  return el('ol', { class: 'findings' }, found.map((placed) => {
    const { finding, fix } = placed;
    const line = `Line ${finding.line}`;
    return el('li', { class: finding.severity },
      el('p', {}, el('span', { class: `chip ${finding.severity === 'error' ? 'bad' : 'warn'}` }, finding.severity), ' ', show ? el('button', { type: 'button', class: 'to-line', onclick: () => show(placed) }, line) : line, ' ', el('span', {}, coded(finding.message))),
      el('p', { class: 'hint' }, coded(finding.help), ' ', el('a', { href: finding.url, target: '_blank', rel: 'noopener' }, `About ${finding.code}`)),
      fix && mend ? el('p', {}, el('button', { type: 'button', class: 'button mend', onclick: () => mend(placed) }, el('span', {}, coded(sentenceCase(fix.title))))) : null);
  }));
}

// A tip's sheet: what it says, how it stands, what is behind it, and what an editor can do with it.
import { call, get, pages, sentence } from '/assets/shell/api.js';
import { el } from '/assets/shell/dom.js';
import { dayName } from '/assets/shell/words.js';
import { sentences } from '/assets/library/evidence.js';
import { findings, summary } from '/assets/library/findings.js';
import { preview, reviewOf } from '/assets/library/preview.js';
import { called } from '/assets/library/sources.js';
import { placed } from '/assets/library/spans.js';
import { addressOf, placeOf, readSource, readTip, tryText } from '/assets/library/tips.js';
import { ready, titleOf } from '/assets/library/vocabulary.js';

/** @typedef {import('/assets/library/types.js').Tip} Tip */
/** @typedef {import('/assets/library/types.js').Source} Source */
/** @typedef {{ edit: (line?: number) => void, checked: () => void, remove: () => void, back: () => void, settled: () => void }} Ways */
/** @typedef {{ source: Source, tip: Tip | null }} Opened */

/** @param {string} id @returns {Promise<Opened | null>} null where there is no such tip */
export async function open(id) {
  const [source, tip] = await Promise.all([readSource(id), readTip(id), ready().catch(() => {})]);
  // An older id leads to the tip that has it now.
  return source && { source: { ...source, id: tip?.id ?? id }, tip };
}

/**
 * Draws the sheet; the numbers follow when they are there.
 * @param {HTMLElement} pane
 * @param {Opened} opened
 * @param {Ways} ways
 */
export async function sheet(pane, { source, tip }, ways) {
  const heading = el('h2', { tabindex: -1, dir: 'auto' }, tip?.question || source.id);
  const button = (/** @type {string} */ kind, /** @type {string} */ label, /** @type {string} */ key, /** @type {() => void} */ does) => el('button', { type: 'button', class: kind, onclick: does }, label, key ? ' ' : '', key ? el('kbd', {}, key) : null);
  // Bytes that are no UTF-8 came as U+FFFD: saved from here, what they were would be lost.
  const damaged = source.text.includes('\uFFFD');
  const flag = el('div', {});
  const wrong = el('div', {});
  const shown = el('div', {});
  const numbers = el('ul', { class: 'evidence' }, el('li', { class: 'quiet' }, 'Reading…'));
  pane.replaceChildren(el('article', { class: 'sheet' },
    el('p', { class: 'sheet-back' }, button('quiet-button', 'Back to the list', 'Esc', ways.back)),
    heading, el('p', { class: 'note' }, source.id, ' ', tip?.draft ? el('span', { class: 'chip' }, 'draft') : null),
    damaged ? el('p', { class: 'note bad' }, 'This file holds bytes that are no text in UTF-8. Save it as UTF-8 with the editor that it came from: written here, they would be lost.') : null,
    el('p', { class: 'buttons' }, damaged ? null : [button('strong-button', 'Edit', 'E', () => ways.edit()), button('button', 'Mark as checked today', '', ways.checked)], button('quiet-button', 'Delete', '', ways.remove)),
    flag, wrong, tip ? facts(tip) : null, shown,
    el('h3', {}, 'What is known of it'), numbers));
  const tried = await tryText(source.id, source.text).catch(() => null);
  if (tried) {
    if (tip ?? tried.tip) shown.replaceChildren(el('h3', {}, 'As the console shows it'), preview(/** @type {Tip} */ (tip ?? tried.tip)));
    if (!tip) wrong.append(el('p', { class: 'note bad' }, 'This file has errors and is not served until they are mended.'));
    else if (tried.errors) wrong.append(el('p', { class: 'note bad' }, 'This file has errors: its last good version is served until they are mended.'));
    if (tried.items.length) wrong.append(el('h3', {}, summary(tried)), findings(placed(source.text, tried.items), { show: ({ finding }) => ways.edit(finding.line) }));
  }
  await behind(source.id, tip, numbers, flag, ways);
}

/** @param {Tip} tip */
function facts(tip) {
  const { state, by } = reviewOf(tip);
  const review = state === 'none' ? 'no review is set' : state === 'overdue' ? el('span', { class: 'chip warn' }, `overdue since ${dayName(by ?? '')}`) : `${state === 'due' ? 'due' : 'good until'} ${dayName(by ?? '')}`;
  const row = (/** @type {string} */ name, /** @type {import('/assets/shell/dom.js').Child} */ value) => [el('dt', {}, name), el('dd', {}, value)];
  const open = tip.audience === 'customer' && !tip.draft;
  return el('dl', { class: 'facts' },
    row('When', tip.when.map(titleOf).join(', ') || 'any issue'),
    row('Prevents', tip.prevents ? `${titleOf(tip.prevents)}${tip.after ? `, after ${tip.after}` : ''}` : 'nothing is named'),
    row('Owner', tip.owner ?? 'nobody'),
    row('Checked', tip.verified ? dayName(tip.verified) : 'never'),
    row('Review', review),
    row('Page', open ? el('a', { href: tip.url, target: '_blank', rel: 'noopener' }, 'The customer’s page') : tip.draft ? 'none while it is a draft' : 'none: it is for agents alone'));
}

/**
 * @param {string} id
 * @param {Tip | null} tip
 * @param {HTMLElement} numbers
 * @param {HTMLElement} flag
 * @param {Ways} ways
 */
async function behind(id, tip, numbers, flag, ways) {
  if (!tip || tip.draft) {
    numbers.replaceChildren(el('li', { class: 'quiet' }, 'Nothing yet: it is not served.'));
    return;
  }
  try {
    const evidence = /** @type {import('/assets/library/types.js').Evidence} */ (await get(`${addressOf(id)}/evidence`));
    numbers.replaceChildren(...sentences(evidence).map((one) => el('li', {}, one)));
    if (!evidence.flagged) return;
    const own = await pages('/v1/flags', {}).then(({ items }) => items.find((/** @type {import('/assets/library/types.js').Flag} */ { tip: of }) => of === id), () => null);
    const clear = async () => {
      try {
        await call('DELETE', addressOf(id).replace('/v1/tips/', '/v1/flags/'));
        flag.replaceChildren(el('p', { class: 'note', role: 'status' }, 'Looked at: it is suggested again within a second or two.'));
        ways.settled();
      } catch (error) {
        flag.append(el('p', { class: 'note bad', role: 'alert' }, sentence(error)));
      }
    };
    flag.replaceChildren(el('div', { class: 'note bad' }, el('p', {}, `This tip was ${own ? called(own) : 'called wrong or harmful'}. It is not suggested until an editor has looked.`),
      el('p', {}, 'Who flagged it may have said why: look into the ', el('a', { href: '/balloons' }, 'balloons'), '.'),
      el('p', { class: 'buttons' }, el('button', { type: 'button', class: 'button', onclick: clear }, 'Looked at, clear'))));
  } catch (error) {
    numbers.replaceChildren(el('li', { class: 'quiet' }, `The numbers cannot be read now. ${sentence(error)}`));
  }
}

/** What is shown where no such tip is. @param {HTMLElement} pane @param {string} id @param {() => void} back @param {(() => void) | null} takeUp where something was being written there */
export function nothing(pane, id, back, takeUp) {
  pane.replaceChildren(el('div', { class: 'empty' }, el('h2', { tabindex: -1 }, 'There is no such tip'), el('p', {}, `Nothing is at ${id}. It may have been moved or deleted.`),
    el('p', { class: 'buttons' }, takeUp ? el('button', { type: 'button', class: 'strong-button', onclick: takeUp }, 'Show what you were writing') : null, el('button', { type: 'button', class: 'button', onclick: back }, 'Back to the list'), el('a', { class: 'button', href: `${placeOf(id).split('?')[0]}?new=` }, 'Write a new one'))));
}

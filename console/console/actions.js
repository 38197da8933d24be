// What became of the tip: told, helped, declined, dismissed; each by one key, each taken back by Z.
import { newKey, sentence, withdraw } from '/assets/shell/api.js';
import { el } from '/assets/shell/dom.js';
import { tell } from '/assets/shell/speak.js';

/** @typedef {import('/assets/shell/types.js').Suggestion} Suggestion */
/** @typedef {import('/assets/shell/queue.js').Queue} Queue */
/** @typedef {{ tip: string, outcome: string, reason?: string }} Outcome */
/** @typedef {Outcome & { key: string, leaving: boolean }} Given */

/** @type {[key: string, outcome: string, label: string, done: string][]} */
const OUTCOMES = [['T', 'told', 'Told', 'Told'], ['H', 'helped', 'Helped', 'Helped'], ['D', 'declined', 'Declined', 'Declined']];

/** @type {[reason: string, label: string][]} by the keys 1 to 7 */
export const REASONS = [
  ['already_knew', 'They knew it already'], ['already_told', 'They were told already'], ['wrong_situation', 'It does not fit'],
  ['no_time', 'No time'], ['inaccurate', 'It is wrong'], ['unsafe', 'It may do harm'], ['unclear', 'It is not clear'],
];

/** What was reported on this page, by tip, newest last. */
export class Outcomes {
  /**
   * @param {Queue} queue
   * @param {() => Record<string, unknown>} about what goes with each report: answer, customer, channel
   * @param {(note: string, bad?: boolean) => void} note
   * @param {() => void} changed
   */
  constructor(queue, about, note, changed) {
    this.queue = queue;
    this.about = about;
    this.note = note;
    this.changed = changed;
    /** @type {Given[]} */
    this.given = [];
  }

  /** @param {string} tip @param {string} outcome @param {string} [reason] */
  has(tip, outcome, reason) {
    return this.given.some((one) => one.tip === tip && one.outcome === outcome && !one.leaving && (reason === undefined || one.reason === reason));
  }

  /** @param {string} tip */
  any(tip) {
    return this.given.some((one) => one.tip === tip);
  }

  /** Reports, once for each tip and outcome; another reason for the same takes the place of the first. @param {Outcome} outcome */
  async give(outcome) {
    const before = this.given.find((one) => one.tip === outcome.tip && one.outcome === outcome.outcome && !one.leaving);
    if (before && before.reason === outcome.reason) return;
    if (before) void this.takeBack(before, false);
    /** @type {Given} */
    const record = { ...outcome, key: newKey(), leaving: false };
    this.given.push(record);
    this.changed();
    const [, , , done] = OUTCOMES.find(([, name]) => name === outcome.outcome) ?? ['', '', '', 'Dismissed'];
    tell(`${done}. Z takes it back.`);
    await this.send(record, outcome, done);
  }

  /** @param {Given} record @param {Outcome} outcome @param {string} done */
  async send(record, outcome, done) {
    try {
      await this.queue.report({ ...this.about(), ...outcome }, record.key);
      if (!record.leaving) this.note(`${done}.`);
    } catch (error) {
      this.given = this.given.filter((one) => one !== record);
      this.changed();
      this.note(sentence(error), true);
    }
  }

  /** Takes back the last report, also one that is still on its way. */
  async undo() {
    const last = this.given.filter((one) => !one.leaving).at(-1);
    if (last) await this.takeBack(last, true);
  }

  /** @param {Given} one @param {boolean} told whether it is worth a word */
  async takeBack(one, told) {
    one.leaving = true;
    this.changed();
    try {
      const id = await this.queue.drop(one.key);
      if (id) await withdraw(id);
    } catch (error) {
      one.leaving = false;
      this.changed();
      this.note(`${sentence(error)} It is not taken back.`, true);
      return;
    }
    this.given = this.given.filter((there) => there !== one);
    this.changed();
    if (!told) return;
    this.note('Taken back.');
    tell('Taken back.');
  }

  /** Another contact: what was reported before is not taken back any more. */
  forget() {
    this.given = [];
  }
}

/** @param {string} key @param {string} label @param {Record<string, unknown>} attributes */
const button = (key, label, attributes) => el('button', { type: 'button', class: 'button', ...attributes }, el('span', {}, label), el('kbd', { 'aria-hidden': 'true' }, key));

/** Takes back the last report; there while there is one. @param {Outcomes} outcomes */
export function undoButton(outcomes) {
  if (!outcomes.given.some(({ leaving }) => !leaving)) return null;
  return button('Z', 'Undo', { class: 'quiet-button', 'data-key': 'z', onclick: () => outcomes.undo() });
}

/**
 * The buttons of a card, and the reasons that More opens.
 * @param {Suggestion} suggestion
 * @param {Outcomes} outcomes
 * @param {{ copy: () => void, flag: () => void, toggleMore: () => void, more: boolean }} does
 */
export function actions(suggestion, outcomes, { copy, flag, toggleMore, more }) {
  const tip = suggestion.id;
  const ticked = OUTCOMES.map(([key, outcome, label]) => {
    const done = outcomes.has(tip, outcome);
    return button(key, done ? `${label} ✓` : label, { 'data-key': key.toLowerCase(), 'aria-pressed': String(done), onclick: () => outcomes.give({ tip, outcome }) });
  });
  return el('div', { class: 'actions' },
    el('div', { class: 'buttons' },
      button('Enter', 'Copy', { class: 'strong-button copy', 'data-key': 'enter', onclick: copy }),
      ...ticked,
      button('M', 'More', { 'data-key': 'm', 'aria-expanded': String(more), onclick: toggleMore }),
      undoButton(outcomes)),
    more ? reasons(tip, outcomes, flag) : null);
}

/** @param {string} tip @param {Outcomes} outcomes @param {() => void} flag */
function reasons(tip, outcomes, flag) {
  const rows = REASONS.map(([reason, label], at) => el('li', {}, el('button', { type: 'button', class: 'button', 'data-key': String(at + 1), 'aria-pressed': String(outcomes.has(tip, 'dismissed', reason)), onclick: () => outcomes.give({ tip, outcome: 'dismissed', reason }) },
    el('kbd', { 'aria-hidden': 'true' }, at + 1), label)));
  return el('div', { class: 'reasons' }, el('p', { class: 'kicker' }, 'Dismiss it, because'), el('ul', { class: 'buttons' }, rows),
    el('p', { class: 'buttons' },
      el('button', { type: 'button', class: 'button', 'data-key': 'f', onclick: flag }, el('kbd', { 'aria-hidden': 'true' }, 'F'), 'Flag: say what is wrong with it'),
      el('button', { type: 'button', class: 'button', 'data-key': 'o', onclick: openDetail }, el('kbd', { 'aria-hidden': 'true' }, 'O'), 'Open or close the detail')));
}

function openDetail() {
  const more = document.querySelector('details.more');
  if (more instanceof HTMLDetailsElement) more.open = !more.open;
}

// What became of the tip: told, helped, declined, dismissed; each by one key, each taken back by Z.
import { newKey, sentence, withdraw } from '/assets/shell/api.js';
import { el } from '/assets/shell/dom.js';
import { tell } from '/assets/shell/speak.js';

/** @typedef {import('/assets/shell/types.js').Suggestion} Suggestion */
/** @typedef {import('/assets/shell/queue.js').Queue} Queue */
/** @typedef {{ tip: string, outcome: string, reason?: string }} Outcome */
/** @typedef {Outcome & { key: string, leaving: boolean, instead: Given[] }} Given `instead` is what it took the place of */
/** @typedef {Outcome & import('/assets/shell/queue.js').Known & { instead: Reported[] }} Reported as it outlasts a reload */

/** @type {[key: string, outcome: string, label: string, done: string][]} */
const OUTCOMES = [['T', 'told', 'Told', 'Told'], ['H', 'helped', 'Helped', 'Helped'], ['D', 'declined', 'Declined', 'Declined']];

/** @type {[reason: string, label: string][]} by the keys 1 to 7 */
export const REASONS = [
  ['already_knew', 'They knew it already'], ['already_told', 'They were told already'], ['wrong_situation', 'It does not fit'],
  ['no_time', 'No time'], ['inaccurate', 'It is wrong'], ['unsafe', 'It may do harm'], ['unclear', 'It is not clear'],
];

/** What passes a tip on, and what does not: of one contact, only one of both is true. */
const PASSED_ON = new Set(['told', 'given', 'sent', 'helped']);

/** Dismissals that are about the tip and for everybody: they stand beside what became of it in this contact. */
const WRONG = new Set(['inaccurate', 'unsafe']);

const TAKEN_OUT = 'Taken out for everybody until an editor has looked. Z undoes it.';
const UNNAMED = 'No customer is named, so it may be suggested to them again.';

/** @type {Record<string, string>} what somebody else said of a tip while it was on the screen */
const ELSEWHERE = { told: 'Told just now, elsewhere', wrong: 'Called wrong just now: do not tell it' };

/** @param {Outcome} one */
const side = ({ outcome, reason }) => (PASSED_ON.has(outcome) ? 1 : WRONG.has(reason ?? '') ? 0 : -1);

/** Whether the later takes the place of the earlier. @param {Outcome} earlier @param {Outcome} later */
const replaces = (earlier, later) => (earlier.outcome === later.outcome ? earlier.reason !== later.reason : side(earlier) * side(later) < 0);

/** Whether they cannot both stand: of one tip in one contact. @param {Outcome} other @param {Outcome} one */
const clash = (other, one) => (other.outcome === one.outcome && other.reason === one.reason) || replaces(other, one);

/** @param {string} outcome */
const doneName = (outcome) => OUTCOMES.find(([, name]) => name === outcome)?.[3] ?? 'Dismissed';

/** What was reported on this page, by tip, newest last. */
export class Outcomes {
  /**
   * @param {Queue} queue
   * @param {() => Record<string, unknown>} about what goes with each report: answer, customer, channel
   * @param {(note: string, bad?: boolean) => void} note
   * @param {() => void} changed
   * @param {(reported: Reported[]) => void} [keep] where what was reported outlasts a reload
   */
  constructor(queue, about, note, changed, keep = () => {}) {
    this.queue = queue;
    this.about = about;
    this.note = note;
    this.changed = changed;
    /** @param {Given} one @returns {Reported} */
    const kept = ({ tip, outcome, reason, key, instead }) => ({ tip, outcome, reason, ...queue.known(key), instead: instead.map(kept) });
    // Also what is just being taken back: where the page is loaded anew before it is, it stands.
    this.keep = () => keep(this.given.map(kept));
    /** Raised where another contact begins: what waits for an answer must not go on at theirs. */
    this.contact = 0;
    /** @type {Given[]} */
    this.given = [];
    /** @type {Map<string, 'told' | 'wrong'>} what others reported meanwhile, by tip */
    this.elsewhere = new Map();
  }

  /** What the card says instead of what it is. @param {string} tip */
  mark(tip) {
    return ELSEWHERE[this.elsewhere.get(tip) ?? ''] ?? null;
  }

  /** @param {string} tip @param {string} outcome @param {string} [reason] */
  has(tip, outcome, reason) {
    return (outcome === 'told' && this.elsewhere.get(tip) === 'told') || this.given.some((one) => one.tip === tip && one.outcome === outcome && !one.leaving && (reason === undefined || one.reason === reason));
  }

  /** @param {string} tip */
  any(tip) {
    return this.elsewhere.has(tip) || this.given.some((one) => one.tip === tip);
  }

  /** Reports, once for each tip and outcome; what cannot be true beside it is taken back. @param {Outcome} outcome */
  async give(outcome) {
    const own = this.given.filter((one) => one.tip === outcome.tip && !one.leaving);
    if (own.some((one) => one.outcome === outcome.outcome && one.reason === outcome.reason)) return;
    if (outcome.outcome === 'told' && this.elsewhere.has(outcome.tip)) return void this.say(`${this.mark(outcome.tip)}. It is not counted again.`);
    const over = own.filter((one) => replaces(one, outcome));
    for (const one of over) void this.takeBack(one, false);
    const instead = over.filter((one) => one.outcome !== outcome.outcome).map((one) => doneName(one.outcome).toLowerCase());
    const done = `${doneName(outcome.outcome)}${instead.length ? `, not ${instead.join(' and ')}` : ''}.`;
    const unnamed = PASSED_ON.has(outcome.outcome) && !this.about().customer;
    tell(WRONG.has(outcome.reason ?? '') ? TAKEN_OUT : `${done} Z takes it back.${unnamed ? ` ${UNNAMED}` : ''}`);
    await this.report(outcome, `${done}${unnamed ? ` ${UNNAMED} C names them.` : ''}`, { instead: over });
  }

  /** @param {string} words */
  say(words) {
    this.note(words);
    tell(words);
  }

  /** @param {Outcome} outcome @param {string} done what is said once it is so @param {{ instead: Given[], body?: Record<string, unknown> }} with what it takes the place of, and how it was reported before */
  async report({ tip, outcome, reason }, done, { instead, body }) {
    /** @type {Given} */
    const record = { tip, outcome, reason, key: newKey(), leaving: false, instead };
    this.given.push(record);
    this.changed();
    try {
      const about = this.about();
      const sent = this.queue.report({ ...about, ...body, customer: about.customer, tip, outcome, reason }, record.key);
      this.keep(); // at once: the page may be loaded anew before it is answered
      const { id } = await sent;
      this.keep();
      if (record.leaving || !done) return;
      if (!WRONG.has(reason ?? '')) this.note(done);
      else this.note(id === null ? 'It is taken out for everybody once the server is reached. Z undoes it.' : TAKEN_OUT);
    } catch (error) {
      this.given = this.given.filter((one) => one !== record);
      this.keep();
      this.changed();
      this.note(sentence(error), true);
    }
  }

  /** Whose contact it is was named only now: what was reported of it counts for them. */
  async named() {
    const { contact } = this;
    const before = this.given.filter((one) => !one.leaving && !WRONG.has(one.reason ?? ''));
    for (const one of before) {
      const { body } = this.queue.known(one.key);
      await this.takeBack(one, false);
      if (this.contact !== contact) return;
      if (!this.given.includes(one)) await this.report(one, '', { instead: one.instead, body });
    }
  }

  /** Takes back the last report, also one that is still on its way; what it took the place of stands again. */
  async undo() {
    const last = this.given.filter((one) => !one.leaving).at(-1);
    if (!last) return;
    const { contact } = this;
    await this.takeBack(last, true);
    if (this.given.includes(last)) return;
    for (const one of last.instead) {
      // Meanwhile another contact began, or something else was reported: that goes before.
      if (this.contact !== contact || this.given.some((other) => other.tip === one.tip && (other.key === one.key || clash(other, one)))) return;
      const again = `Taken back. It stands as before: ${doneName(one.outcome).toLowerCase()}.`;
      tell(again);
      await this.report(one, again, { instead: one.instead, body: this.queue.known(one.key).body });
    }
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
    this.keep();
    this.changed();
    if (!told) return;
    this.note('Taken back.');
    tell('Taken back.');
  }

  /** Others told a tip to this customer, or called it wrong: its card says so in its place. @param {Map<string, 'told' | 'wrong'>} lost @param {string} chosen the tip that is read */
  others(lost, chosen) {
    const [before, own] = [this.mark(chosen), new Set(this.given.map(({ tip }) => tip))];
    this.elsewhere = new Map([...lost].filter(([tip]) => !own.has(tip)));
    this.changed();
    const mark = this.mark(chosen);
    if (mark && mark !== before) tell(`${mark}.`);
  }

  /** The page was loaded anew: what was reported of this contact stands, and can be taken back. @param {Reported[]} before */
  restore(before) {
    /** @param {Reported} one @returns {Given} */
    const given = (one) => {
      this.queue.recall(one);
      return { tip: one.tip, outcome: one.outcome, reason: one.reason, key: one.key, leaving: false, instead: one.instead.map(given) };
    };
    this.given = before.map(given);
    this.keep();
  }

  /** Another contact: what was reported before is not taken back any more. */
  forget() {
    this.contact += 1;
    this.given = [];
    this.keep();
    this.elsewhere.clear();
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

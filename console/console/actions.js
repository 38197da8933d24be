// What became of the tip: told, helped, declined, dismissed; each by one key, each taken back by Z.
import { newKey, sentence } from '/assets/shell/api.js';
import { el } from '/assets/shell/dom.js';
import { tell } from '/assets/shell/speak.js';

/** @typedef {import('/assets/shell/types.js').Suggestion} Suggestion */
/** @typedef {import('/assets/shell/queue.js').Queue} Queue */
/** @typedef {{ tip: string, outcome: string, reason?: string, question?: string, own?: import('/assets/console/own.js').Own }} Outcome `question` is the tip's, to say which it was; `own` is the tip as it was shown */
/** @typedef {Outcome & { key: string, instead: Given[] }} Given `instead` is what it took the place of */
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
export const WRONG = new Set(['inaccurate', 'unsafe']);

const TAKEN_OUT = 'Taken out for everybody until an editor has looked. Z undoes it.';
const UNNAMED = 'No customer is named, so it may be suggested to them again.';

/** @type {Record<string, string>} what somebody else said of a tip while it was on the screen */
const ELSEWHERE = { told: 'Told just now, elsewhere', wrong: 'Called wrong just now: do not tell it' };

/** @param {Outcome} one */
const side = ({ outcome, reason }) => (PASSED_ON.has(outcome) ? 1 : WRONG.has(reason ?? '') ? 0 : -1);

/** Whether the later takes the place of the earlier. That a tip is wrong or unsafe is taken back by hand only. @param {Outcome} earlier @param {Outcome} later */
const replaces = (earlier, later) => (earlier.outcome === later.outcome ? earlier.reason !== later.reason && side(earlier) <= side(later) : side(earlier) * side(later) < 0);

/** @param {string} outcome */
const doneName = (outcome) => OUTCOMES.find(([, name]) => name === outcome)?.[3] ?? 'Dismissed';

/** @param {Given[]} instead */
const asBefore = (instead) => instead.map(({ outcome }) => ` It stands as before: ${doneName(outcome).toLowerCase()}.`).join('');

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
    const kept = ({ tip, outcome, reason, question, own, key, instead }) => ({ tip, outcome, reason, question, own, ...queue.known(key), instead: instead.map(kept) });
    this.keep = () => keep(this.given.map(kept));
    /** @type {() => string | null} the tip that is read */
    this.reading = () => null;
    /** @type {(tip: string) => Outcome['own']} a tip as it is shown now */
    this.shown = () => undefined;
    /** @type {(tip: string) => void} called once the server knows that a report is taken back */
    this.undone = () => {};
    /** What is to be read of the last report, once it is taken. */
    this.done = '';
    /** @type {Given[]} */
    this.given = [];
    /** @type {Map<string, 'told' | 'wrong'>} what others reported meanwhile, by tip */
    this.elsewhere = new Map();
    /** @type {(() => unknown)[]} what undoes each thing done by a key, oldest first */
    this.acts = [];
  }

  /** What the card says instead of what it is. @param {string} tip */
  mark(tip) {
    return ELSEWHERE[this.elsewhere.get(tip) ?? ''] ?? null;
  }

  /** @param {string} tip @param {string} outcome @param {string} [reason] */
  has(tip, outcome, reason) {
    return (outcome === 'told' && this.elsewhere.get(tip) === 'told') || this.given.some((one) => one.tip === tip && one.outcome === outcome && (reason === undefined || one.reason === reason));
  }

  /** @param {string} tip */
  any(tip) {
    return this.elsewhere.has(tip) || this.given.some((one) => one.tip === tip);
  }

  /** Reports, once for each tip and outcome; what cannot be true beside it is taken back. @param {Outcome} outcome */
  async give(outcome) {
    const own = this.given.filter((one) => one.tip === outcome.tip);
    if (own.some((one) => one.outcome === outcome.outcome && one.reason === outcome.reason)) return;
    if (outcome.outcome === 'told' && this.elsewhere.has(outcome.tip)) return void this.say(`${this.mark(outcome.tip)}. It is not counted again.`);
    const over = own.filter((one) => replaces(one, outcome));
    for (const one of over) this.takeBack(one);
    const instead = over.filter((one) => one.outcome !== outcome.outcome).map((one) => doneName(one.outcome).toLowerCase());
    const done = `${doneName(outcome.outcome)}${instead.length ? `, not ${instead.join(' and ')}` : ''}.`;
    const unnamed = PASSED_ON.has(outcome.outcome) && !this.about().customer;
    this.acts.push(() => this.undo());
    tell(WRONG.has(outcome.reason ?? '') ? TAKEN_OUT : `${done} Z takes it back.${unnamed ? ` ${UNNAMED}` : ''}`);
    await this.report(outcome, `${done}${unnamed ? ` ${UNNAMED} C names them.` : ''}`, { instead: over });
  }

  /** @param {string} words */
  say(words) {
    this.note(words);
    tell(words);
  }

  /** @param {Outcome} outcome @param {string} done what is said once it is so @param {{ instead: Given[], body?: Record<string, unknown> }} with what it takes the place of, and how it was reported before */
  async report({ tip, outcome, reason, question, own = this.shown(tip) }, done, { instead, body }) {
    /** @type {Given} */
    const record = { tip, outcome, reason, question, own, key: newKey(), instead };
    this.given.push(record);
    this.done = '';
    this.changed();
    try {
      const about = this.about();
      const sent = this.queue.report({ ...about, ...body, customer: about.customer, tip, outcome, reason }, record.key);
      this.keep(); // at once: the page may be loaded anew before it is answered
      const { id } = await sent;
      this.keep();
      if (!done || !this.given.includes(record)) return;
      const out = id === null ? 'It is taken out for everybody once the server is reached. Z undoes it.' : TAKEN_OUT;
      this.done = WRONG.has(reason ?? '') ? out : done;
      this.note(this.done);
    } catch (error) {
      // Of a contact that is over by now, what it took the place of stands again for whom it was.
      if (!this.given.includes(record)) for (const { key } of instead) this.queue.report({ ...this.queue.known(key).body }).catch(() => {});
      this.note(sentence(error) + this.refused(record.key), true);
    }
  }

  /** The server does not take it: what it took the place of stands again. @param {string} key @returns {string} that, in words */
  refused(key) {
    const record = this.given.find((one) => one.key === key);
    if (!record) return '';
    this.given = this.given.filter((one) => one !== record);
    this.keep();
    for (const one of record.instead) void this.again(one, false);
    this.changed();
    return asBefore(record.instead);
  }

  /** Whose contact it is was named only now: what was reported of it counts for them. Nothing is done in between. @returns {Promise<boolean>} whether any of it was not theirs */
  async named() {
    const { customer } = this.about();
    const before = this.given.filter((one) => !WRONG.has(one.reason ?? '') && this.queue.known(one.key).body?.customer !== customer);
    await Promise.all(before.map((one) => this.again(one, true)));
    return before.length > 0;
  }

  /** The name before was a slip: what was reported under it is of this contact. What is said of the same tip since then is so. @param {Given[]} before */
  async slipped(before) {
    const since = new Set(this.given.map(({ tip }) => tip));
    for (const one of before) if (since.has(one.tip)) this.takeBack(one);
    this.given.unshift(...before.filter(({ tip }) => !since.has(tip)));
    return this.named();
  }

  /** Takes back the last report, also one that is still on its way; what it took the place of stands again. */
  async undo() {
    const last = this.given.at(-1);
    if (!last) return;
    this.takeBack(last);
    this.acts.push(() => this.give(last));
    const again = last.instead.map((one) => this.again(one, false));
    const of = last.question && last.tip !== this.reading() ? `: ${doneName(last.outcome).toLowerCase()}, of “${last.question}”` : '';
    this.say(`Taken back${of}.${asBefore(last.instead)}`);
    this.changed();
    void this.queue.settled(last.key).then((settled) => (settled ? this.undone(last.tip) : this.note('It is taken back as soon as the server is reached.')));
    await Promise.all(again);
  }

  /** As it was before those acts: keys that were none did them. @param {number} acts how many are left @returns {boolean} whether there was any */
  back(acts) {
    const all = this.acts.splice(acts);
    for (const undo of all.reverse()) undo();
    this.acts.length = acts;
    return all.length > 0;
  }

  /** Reports as before, for whom it is now. @param {Given} one @param {boolean} stands whether the one before still does */
  again(one, stands) {
    const { body } = this.queue.known(one.key);
    if (stands) this.takeBack(one);
    return this.report(one, '', { instead: one.instead, body });
  }

  /** It is so at once here; the server hears of it when it can. @param {Given} one */
  takeBack(one) {
    this.given = this.given.filter((there) => there !== one);
    this.queue.drop(one.key);
    this.keep();
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
      return { tip: one.tip, outcome: one.outcome, reason: one.reason, question: one.question, own: one.own, key: one.key, instead: one.instead.map(given) };
    };
    this.given = before.map(given);
    this.keep();
  }

  /** Another contact: what was reported before is not taken back any more. */
  forget() {
    this.given = [];
    this.acts = [];
    this.keep();
    this.elsewhere.clear();
  }
}

/** @param {string} key @param {string} label @param {Record<string, unknown>} attributes */
const button = (key, label, attributes) => el('button', { type: 'button', class: 'button', ...attributes }, el('span', {}, label), el('kbd', { 'aria-hidden': 'true' }, key));

/** Takes back the last report; there while there is one. @param {Outcomes} outcomes */
export function undoButton(outcomes) {
  if (!outcomes.given.length) return null;
  return button('Z', 'Undo', { class: 'quiet-button', 'data-key': 'z', onclick: () => outcomes.undo() });
}

/**
 * The buttons of a card, and the reasons that More opens.
 * @param {Suggestion} suggestion
 * @param {Outcomes} outcomes
 * @param {{ copy: () => void, flag: () => void, promise: () => void, toggleMore: () => void, more: boolean }} does
 */
export function actions(suggestion, outcomes, { copy, flag, promise, toggleMore, more }) {
  const { id: tip, question } = suggestion;
  const ticked = OUTCOMES.map(([key, outcome, label]) => {
    const done = outcomes.has(tip, outcome);
    return button(key, done ? `${label} ✓` : label, { 'data-key': key.toLowerCase(), 'aria-pressed': String(done), onclick: () => outcomes.give({ tip, outcome, question }) });
  });
  return el('div', { class: 'actions' },
    el('div', { class: 'buttons' },
      button('Enter', 'Copy', { class: 'strong-button copy', 'data-key': 'enter', onclick: copy }),
      ...ticked,
      button('M', 'More', { 'data-key': 'm', 'aria-expanded': String(more), onclick: toggleMore }),
      undoButton(outcomes)),
    more ? reasons(suggestion, outcomes, flag, promise) : null);
}

/** @param {Suggestion} suggestion @param {Outcomes} outcomes @param {() => void} flag @param {() => void} promise */
function reasons({ id: tip, question }, outcomes, flag, promise) {
  const rows = REASONS.map(([reason, label], at) => el('li', {}, el('button', { type: 'button', class: 'button', 'data-key': String(at + 1), 'aria-pressed': String(outcomes.has(tip, 'dismissed', reason)), onclick: () => outcomes.give({ tip, outcome: 'dismissed', reason, question }) },
    el('kbd', { 'aria-hidden': 'true' }, at + 1), label)));
  return el('div', { class: 'reasons' }, el('p', { class: 'kicker' }, 'Dismiss it, because'), el('ul', { class: 'buttons' }, rows),
    el('p', { class: 'buttons' },
      el('button', { type: 'button', class: 'button', 'data-key': 'f', onclick: flag }, el('kbd', { 'aria-hidden': 'true' }, 'F'), 'Flag: say what is wrong with it'),
      el('button', { type: 'button', class: 'button', 'data-key': 'o', onclick: openDetail }, el('kbd', { 'aria-hidden': 'true' }, 'O'), 'Open or close the detail'),
      el('button', { type: 'button', class: 'button', onclick: promise }, el('kbd', { 'aria-hidden': 'true' }, 'P'), 'Note a promise')));
}

function openDetail() {
  const more = document.querySelector('details.more');
  if (more instanceof HTMLDetailsElement) more.open = !more.open;
}

// Asking while somebody types: the newest question only, and a word where its answer is slow.
import { call, unreached } from '/assets/shell/api.js';

/** @typedef {import('/assets/shell/types.js').Answer} Answer */

/** Keystrokes closer together than this are one question. */
const PAUSE_MS = 30;
/** Only an answer that takes longer than this is worth mentioning. */
const STALLED_MS = 300;
/** A server that could not be reached is asked again after so long: a restart is hardly noticed, and nobody knocks in vain. */
const AGAIN_MS = 4000;

/** One question at a time; an older answer never replaces a newer one. */
export class Asking {
  /**
   * @param {object} does
   * @param {(answer: Answer, question: Record<string, unknown>, late: boolean) => unknown} does.answered `late`: the server
   *   could not be reached before; false where the answer is not shown
   * @param {(error: unknown) => void} does.failed
   * @param {() => void} does.stalled
   */
  constructor(does) {
    this.does = does;
    this.asked = 0;
    this.shown = 0;
    /** @type {AbortController | undefined} */
    this.request = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.pause = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.slow = undefined;
    /** @type {Record<string, unknown> | null} the last question, where nobody could be reached */
    this.unheard = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.later = undefined;
    /** What is under way, to be waited for instead of asked twice. @type {{ question: string, answered: Promise<void> } | null} */
    this.underway = null;
  }

  /** True where what is shown answers what was asked last, and nothing is about to be asked. */
  get settled() {
    return this.shown === this.asked && this.pause === undefined;
  }

  /** Asks once typing pauses. @param {() => Record<string, unknown> | null} question */
  soon(question) {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.now(question()), PAUSE_MS);
  }

  /** Asks at once, unless just this is being asked. @param {Record<string, unknown> | null} question @returns {Promise<void>} */
  once(question) {
    if (this.pause === undefined && this.underway?.question === JSON.stringify(question)) return this.underway.answered;
    return this.now(question);
  }

  /** Asks at once; null ends what is under way. @param {Record<string, unknown> | null} question @param {boolean} [late] whether it was asked in vain before @returns {Promise<void>} */
  now(question, late = false) {
    const answered = this.ask(question, late).finally(() => { if (this.underway === own) this.underway = null; });
    const own = { question: JSON.stringify(question), answered };
    this.underway = own;
    return answered;
  }

  /** @param {Record<string, unknown> | null} question @param {boolean} late */
  async ask(question, late) {
    for (const timer of [this.pause, this.slow, this.later]) clearTimeout(timer);
    this.pause = undefined;
    this.unheard = null;
    this.request?.abort();
    const number = ++this.asked;
    if (!question) {
      this.shown = number;
      return;
    }
    this.request = new AbortController();
    // Whoever was told that nobody answers need not hear with each knock that it takes long.
    if (!late) this.slow = setTimeout(this.does.stalled, STALLED_MS);
    try {
      // POST, so that a customer's name stands in no address and no log.
      const { body } = await call('POST', '/v1/suggest', { json: question, signal: this.request.signal });
      if (number < this.asked) return;
      clearTimeout(this.slow);
      if (this.does.answered(body, question, late) !== false) this.shown = number;
    } catch (error) {
      if (number < this.asked || (error instanceof DOMException && error.name === 'AbortError')) return;
      clearTimeout(this.slow);
      if (!unreached(error)) return this.does.failed(error);
      this.unheard = question;
      this.later = setTimeout(() => this.again(), AGAIN_MS);
      if (!late) this.does.failed(error);
    }
  }

  /** The server may be back: asks what nobody has answered. @returns {boolean} whether there is such a question */
  again() {
    if (!this.unheard) return false;
    void this.now(this.unheard, true);
    return true;
  }
}

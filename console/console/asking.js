// Asking while somebody types: the newest question only, and a word where its answer is slow.
import { call } from '/assets/shell/api.js';

/** @typedef {import('/assets/shell/types.js').Answer} Answer */

/** Keystrokes closer together than this are one question. */
const PAUSE_MS = 30;
/** Only an answer that takes longer than this is worth mentioning. */
const STALLED_MS = 300;

/** One question at a time; an older answer never replaces a newer one. */
export class Asking {
  /**
   * @param {object} does
   * @param {(answer: Answer, question: Record<string, unknown>) => void} does.answered
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

  /** Asks at once; null ends what is under way. @param {Record<string, unknown> | null} question */
  async now(question) {
    clearTimeout(this.pause);
    this.pause = undefined;
    clearTimeout(this.slow);
    this.request?.abort();
    const number = ++this.asked;
    if (!question) {
      this.shown = number;
      return;
    }
    this.request = new AbortController();
    this.slow = setTimeout(this.does.stalled, STALLED_MS);
    try {
      // POST, so that a customer's name stands in no address and no log.
      const { body } = await call('POST', '/v1/suggest', { json: question, signal: this.request.signal });
      if (number < this.asked) return;
      this.shown = number;
      clearTimeout(this.slow);
      this.does.answered(body, question);
    } catch (error) {
      if (number < this.asked || (error instanceof DOMException && error.name === 'AbortError')) return;
      clearTimeout(this.slow);
      this.does.failed(error);
    }
  }
}

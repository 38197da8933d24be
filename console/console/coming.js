// Keys that are typed before their answer is there: they wait for it, and act where its card is the one they were meant for.

export class Coming {
  /** @param {() => void} waits what is done where a key waits @param {(dropped: string) => void} other where another card came */
  constructor(waits, other) {
    this.does = { waits, other };
    /** @type {Promise<boolean> | null} while an answer is waited for: whether its card is theirs */
    this.card = null;
    /** Counts up when what waits is not meant any more. */
    this.turn = 0;
    this.told = true;
  }

  /** @param {Promise<boolean>} card @param {boolean} [told] whether keys that were meant for another card are told so @returns {Promise<boolean>} */
  wait(card, told = true) {
    this.told = told;
    const own = card.finally(() => { if (this.card === own) this.card = null; });
    this.card = own;
    return own;
  }

  /** Does it now, or then. @param {() => unknown} does @param {string} key @returns {true} */
  then(does, key) {
    if (!this.card) {
      does();
      return true;
    }
    const { turn } = this;
    this.does.waits();
    void this.card.then((theirs) => {
      if (turn !== this.turn) return;
      if (theirs) does();
      else if (this.told) this.does.other(key);
    });
    return true;
  }

  /** What waits were no keys. */
  forget() {
    this.turn += 1;
  }
}

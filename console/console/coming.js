// Keys that are typed before their answer is there: they wait for it, and act where its card is the one they were meant for.

export class Coming {
  constructor() {
    /** @type {Promise<boolean> | null} while an answer is waited for: whether its card is theirs */
    this.card = null;
  }

  /** @param {Promise<boolean>} card @returns {Promise<boolean>} */
  wait(card) {
    const own = card.finally(() => { if (this.card === own) this.card = null; });
    this.card = own;
    return own;
  }

  /** Does it now, or then. @param {() => unknown} does @returns {true} */
  then(does) {
    if (this.card) void this.card.then((theirs) => { if (theirs) does(); });
    else does();
    return true;
  }
}

// Two versions of one text, side by side: which lines are only in one of them.

/**
 * The lines of both texts; `only` where the other has none to match, in order (a longest common subsequence).
 * @param {string} theirs
 * @param {string} mine
 * @returns {[theirs: Line[], mine: Line[]]}
 * @typedef {{ text: string, only: boolean }} Line
 */
export function unlike(theirs, mine) {
  const [a, b] = [theirs.split(/\r?\n/), mine.split(/\r?\n/)];
  // A tip has some tens of lines; beyond this many pairs the table is left out and lines are compared as sets.
  if (a.length * b.length > 1_000_000) {
    const [there, here] = [new Set(a), new Set(b)];
    return [a.map((text) => ({ text, only: !here.has(text) })), b.map((text) => ({ text, only: !there.has(text) }))];
  }
  const common = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) common[i][j] = a[i] === b[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
  }
  /** @type {[Line[], Line[]]} */
  const out = [a.map((text) => ({ text, only: true })), b.map((text) => ({ text, only: true }))];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) out[0][i++].only = out[1][j++].only = false;
    else if (common[i + 1][j] >= common[i][j + 1]) i++;
    else j++;
  }
  return out;
}

// Which balloons say the same: those that share words, most shared first.

/** @typedef {import('/assets/balloons/types.js').Balloon} Balloon */

/** Words that say what a text is about are rarely shorter. */
const SHORT = 4;

/** @param {string} text @returns {Set<string>} */
export function words(text) {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu)?.filter((word) => word.length >= SHORT) ?? []);
}

/**
 * The others, most alike first: by the share of words that both have (Jaccard), the same product before another.
 * @param {Balloon} one @param {Balloon[]} all
 * @returns {{ balloon: Balloon, shared: string[] }[]}
 */
export function alike(one, all) {
  const mine = words(one.text);
  return all.filter(({ id }) => id !== one.id).map((balloon) => {
    const theirs = words(balloon.text);
    const shared = [...mine].filter((word) => theirs.has(word));
    const share = shared.length / (mine.size + theirs.size - shared.length || 1);
    return { balloon, shared, rank: share + (one.product !== null && one.product === balloon.product ? 0.1 : 0) };
  }).sort((a, b) => b.rank - a.rank || a.balloon.given_at.localeCompare(b.balloon.given_at)).map(({ balloon, shared }) => ({ balloon, shared }));
}

// Shares against each other: their difference with its interval, and how many cases it takes to look at it.

/** @typedef {{ n: number, of: number, low: number, high: number }} Counted */

/** Standard deviations that hold 95 of 100 of a normal distribution, and below which 80 of 100 lie: as in `src/engine/experiment`. */
const [Z, Z_POWER] = [1.959963984540054, 0.841621233572914];
/** The effect worth seeing, of which docs/pulse.md says why: a quarter fewer. */
const WORTH_SEEING = 0.25;

/**
 * The second share less the first, with Newcombe's interval (1998, method 10) of their two Wilson intervals.
 * @param {Counted} first @param {Counted} second
 */
export function difference(first, second) {
  const [p, q] = [first.n / first.of, second.n / second.of];
  return { value: q - p, low: q - p - Math.hypot(q - second.low, first.high - p), high: q - p + Math.hypot(second.high - q, p - first.low) };
}

/**
 * Cases that each group takes to see a quarter fewer come back in four of five such experiments (Fleiss, Tytun and Ury 1980),
 * as the server counts them; null where nothing can be compared.
 * @param {number} base the share of the held-out who come back
 * @param {number} share of all that are held out
 */
export function planned(base, share) {
  if (!(base > 0 && base < 1 && share > 0 && share < 1)) return null;
  const told = base * (1 - WORTH_SEEING);
  const ratio = (1 - share) / share;
  const mean = (base + ratio * told) / (1 + ratio);
  const alike = Z * Math.sqrt((1 + 1 / ratio) * mean * (1 - mean));
  const apart = Z_POWER * Math.sqrt(base * (1 - base) + (told * (1 - told)) / ratio);
  const held = ((alike + apart) / (base - told)) ** 2;
  return { told: Math.ceil(held * ratio), held_out: Math.ceil(held) };
}

// Shares against each other: their difference with its interval.

/** @typedef {{ n: number, of: number, low: number, high: number }} Counted */

/**
 * The second share less the first, with Newcombe's interval (1998, method 10) of their two Wilson intervals.
 * @param {Counted} first @param {Counted} second
 */
export function difference(first, second) {
  const [p, q] = [first.n / first.of, second.n / second.of];
  return { value: q - p, low: q - p - Math.hypot(q - second.low, first.high - p), high: q - p + Math.hypot(second.high - q, p - first.low) };
}

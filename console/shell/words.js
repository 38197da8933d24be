// Numbers, days and ages as people read them.

/** @param {number} count @param {string} one @param {string} [more] */
export function many(count, one, more = `${one}s`) {
  return `${count.toLocaleString('en')} ${count === 1 ? one : more}`;
}

/** @param {number} share 0 to 1 */
export function percent(share) {
  return `${Math.round(share * 100)} %`;
}

/** A ratio of shares as so many per cent fewer or more. @param {number} ratio */
export const change = (ratio) => (ratio <= 1 ? `${percent(1 - ratio)} fewer` : `${percent(ratio - 1)} more`);

/** Its interval in the same words. @param {{ low: number, high: number }} interval of a ratio */
export const changes = ({ low, high }) => (high <= 1 ? `${percent(1 - high)} to ${percent(1 - low)} fewer` : `${change(low)} to ${change(high)}`);

/** A difference of shares in points. @param {number} difference */
export const points = (difference) => `${Math.abs(difference * 100).toFixed(1)} points ${difference > 0 ? 'more' : 'fewer'}`;

/**
 * How long half of those took that are done with: what still waits is not among them, and how many they are stands beside it.
 * @param {string} what `acknowledged`
 * @param {number | null | undefined} hours
 * @param {number | undefined} of how many are done with, where the server says so
 */
export function half(what, hours, of) {
  if (hours === null || hours === undefined) return '';
  const within = hours < 1 ? 'an hour' : many(hours, 'hour');
  if (of === 1) return `The one ${what}: within ${within}`;
  return `Half of ${of === undefined ? 'those' : `the ${of.toLocaleString('en')}`} ${what}: within ${within}`;
}

/** A day as `12 Nov`, with its year where that is another one. @param {string | Date} day */
export function dayName(day, now = new Date()) {
  const date = typeof day === 'string' ? new Date(day.length === 10 ? `${day}T12:00:00` : day) : day;
  const year = date.getFullYear() === now.getFullYear() ? undefined : 'numeric';
  return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year });
}

const UNITS = /** @type {const} */ ([['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000]]);

/** How long ago: `3 days`, `2 hours`, `just now`. @param {string} at @param {number} [now] */
export function age(at, now = Date.now()) {
  const passed = now - Date.parse(at);
  for (const [unit, size] of UNITS) {
    if (passed >= size) return many(Math.floor(passed / size), unit);
  }
  return 'just now';
}

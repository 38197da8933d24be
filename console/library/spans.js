// Byte offsets of the API as the offsets of JavaScript's strings.

/**
 * @param {string} text
 * @returns {(byte: number) => number} the place in the text at which this byte of its UTF-8 begins
 */
export function places(text) {
  // Most texts are plain: their bytes are their characters.
  const bytes = new TextEncoder().encode(text);
  if (bytes.length === text.length) return (byte) => Math.min(byte, text.length);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return (byte) => Math.min(decoder.decode(bytes.subarray(0, byte)).length, text.length);
}

/** @typedef {import('/assets/library/types.js').Finding} Finding */
/** @typedef {{ finding: Finding, from: number, to: number, fix: { from: number, to: number, text: string, title: string } | null }} Placed */

/**
 * Findings with their places in the text.
 * @param {string} text the text that was checked
 * @param {Finding[]} findings
 * @returns {Placed[]}
 */
export function placed(text, findings) {
  const at = places(text);
  return findings.map((finding) => {
    const [from, to] = finding.span.map(at);
    const fix = finding.fix && { from: at(finding.fix.span[0]), to: at(finding.fix.span[1]), text: finding.fix.text, title: finding.fix.title };
    return { finding, from: Math.min(from, to), to: Math.max(from, to), fix };
  });
}

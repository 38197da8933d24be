// Words of others as markdown that shows them and does nothing: as the server writes them into a draft (`src/tip/compose.rs`).

const WORD = /[\p{L}\p{N}]/u;

/** @param {string} line */
function literalLine(line) {
  // eslint-disable-next-line no-control-regex -- what no text holds falls away
  const words = line.replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/g, '').trim();
  const digits = /^\d*/.exec(words)?.[0].length ?? 0;
  const all = [...words];
  let at = 0;
  return all.map((c, nth) => {
    const [before, next, here] = [all[nth - 1] ?? '', all[nth + 1] ?? '', at];
    at += c.length;
    const escaped = '\\`*[]~|'.includes(c)
      || (c === '_' && !(WORD.test(before) && WORD.test(next)))
      || (c === '<' && /\S/.test(next))
      || (c === '&' && /[a-z0-9#]/i.test(next))
      || (c === '#' && !/\S/.test(before))
      || ('>-+=:'.includes(c) && here === 0)
      || ('.)'.includes(c) && digits > 0 && here === digits);
    return escaped ? `\\${c}` : c;
  }).join('');
}

/** One line each, without the space before it. @param {string} words @returns {string[]} */
export const literal = (words) => words.split(/\r\n|[\n\r]/).map(literalLine);

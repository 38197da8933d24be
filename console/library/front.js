// Front matter as text: small changes that keep order, comments and whatever else the author wrote.
import { literal } from '/assets/library/literal.js';

/**
 * Where the front matter lies: its mark, and the lines from the first below the opening mark to the closing one.
 * @param {string[]} lines
 * @returns {{ mark: '---' | '+++', end: number } | null}
 */
export function frontMatter(lines) {
  const mark = lines[0]?.replace(/^\uFEFF/, '').trimEnd();
  if (mark !== '---' && mark !== '+++') return null;
  const end = lines.findIndex((line, at) => at > 0 && (line.trimEnd() === mark || (mark === '---' && line.trimEnd() === '...')));
  return end < 0 ? null : { mark, end };
}

/**
 * The text with a key of its front matter set to a plain value; a comment behind the old value stays.
 * @param {string} text
 * @param {string} key
 * @param {string} value as it is written: a day, a number, `true`
 */
export function withKey(text, key, value) {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(/\r?\n/);
  const front = frontMatter(lines);
  if (!front) return `---${newline}${key}: ${value}${newline}---${newline}${text}`;
  const toml = front.mark === '+++';
  const written = `${key}${toml ? ' = ' : ': '}${value}`;
  const starts = new RegExp(`^${key}\\s*${toml ? '=' : ':'}`);
  // Below a TOML table's head a line belongs to that table.
  const table = lines.findIndex((line, index) => toml && index > 0 && index < front.end && /^\s*\[/.test(line));
  const last = table < 0 ? front.end : table;
  const at = lines.findIndex((line, index) => index > 0 && index < last && starts.test(line));
  if (at < 0) lines.splice(last, 0, written);
  else lines[at] = written + (lines[at].match(/\s+#.*$/)?.[0] ?? '');
  return lines.join(newline);
}

/** The question of a text: its first heading. @param {string} text */
export function questionOf(text) {
  const lines = text.split(/\r?\n/);
  const front = frontMatter(lines);
  return lines.slice(front ? front.end + 1 : 0).find((line) => /^#\s+\S/.test(line))?.replace(/^#\s+/, '').trim() ?? '';
}

/** Where one goes on with a new text: in its heading while that holds no question yet, over what is to be replaced, else below it. @param {string} text @returns {[from: number, to: number]} */
export function placeToWrite(text) {
  const empty = questionOf(text) ? null : /^#[ \t]*$/m.exec(text);
  const at = empty ? empty.index + empty[0].length : text.indexOf(TO_SAY);
  return at < 0 ? [text.length, text.length] : [at, empty ? at : at + TO_SAY.length];
}

/** Characters of a name made of a question: a dozen words or so. */
const NAME = 60;

/** A question as the name of a file: its letters and digits, the words joined by `-`. @param {string} question */
export function nameOf(question) {
  const words = question.toLowerCase().normalize('NFC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  let name = '';
  for (const word of words) {
    const longer = name ? `${name}-${word}` : word;
    if (longer.length > NAME && name) break;
    name = longer;
  }
  return name.slice(0, NAME);
}

/**
 * The text of a new tip.
 * @param {string} question
 * @param {string | null} prevents
 * @param {string[]} [when]
 */
export function newText(question, prevents, when = []) {
  return `---\n${volunteered(when)}\n${saved(prevents)}\n---\n# ${question}\n\n`;
}

/** A name as a value: in quotes where it could mean something else. @param {string} name */
const value = (name) => (/^[a-z][a-z0-9/:-]*[a-z0-9]$/.test(name) && !/^(true|false|null|yes|no|on|off)$/.test(name) ? name : JSON.stringify(name));

/** @param {string[]} when */
const volunteered = (when) => (when.length ? `when: [${when.map(value).join(', ')}]` : '# when: [the issues in which to volunteer it]');

/** @param {string | null} prevents */
const saved = (prevents) => (prevents ? `prevents: ${value(prevents)}` : '# prevents: the issue it saves the customer from');

/** Characters of a question: a first sentence may be a whole story. */
const QUESTION = 200;

/** What a draft says until somebody has written what to say. */
const TO_SAY = 'Write here what to say aloud, in 30 words or fewer.';

/** Whether nobody is given it. @param {string} text */
export function isDraft(text) {
  const lines = text.split(/\r?\n/);
  return lines.slice(1, frontMatter(lines)?.end ?? 0).some((line) => /^draft\s*[:=]\s*true\b/.test(line));
}

/**
 * The draft that a balloon becomes, as the server writes it: its words as quotes, each with the name of who gave it.
 * What customers come back about by themselves is what the tip prevents; what somebody told of is where it is volunteered.
 * @param {{ text: string, issue: string | null, rose_by_itself: boolean, givers: { from: string | null, text: string }[] }} balloon
 * @param {(issue: string) => boolean} known whether the library has such an issue; one that it has not keeps a file from being read
 * @param {string[]} [after] the issues that one which rose by itself follows often enough
 */
export function balloonText({ text, issue, rose_by_itself: risen, givers }, known, after = []) {
  const rose = risen && !givers.length;
  const line = text.split(/[\n\r]/).map((one) => one.trim()).find(Boolean) ?? '';
  const question = literal((/^.*?[.!?](?=\s|$)/.exec(line)?.[0] ?? line).replace(/[.!]+$/, '').slice(0, QUESTION)).join(' ');
  const mine = issue && known(issue) ? issue : null;
  const about = `${volunteered(rose ? after.filter((one) => mine && known(one)) : mine ? [mine] : [])}\n${saved(rose ? mine : null)}`;
  const said = givers.length ? givers : [{ from: null, text }];
  const quotes = said.map((one) => [...literal(one.text.trimEnd()), ...(one.from ? ['', `— ${literal(one.from).join(' ')}`] : [])].map((words) => `> ${words}`.trimEnd()).join('\n'));
  return `---\ndraft: true # take this line out, and it is given\n${about}\n---\n# ${question}\n\n${TO_SAY}\n\n${[...new Set(quotes)].join('\n\n')}\n`;
}

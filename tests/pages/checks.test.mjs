// The whole of `console/`, typed and linted; and the proof that the rules find what they are for.
import { ESLint } from 'eslint';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const top = fileURLToPath(new URL('../../', import.meta.url));
const linter = (/** @type {object} */ options = {}) => new ESLint({ cwd: top, overrideConfigFile: `${here}eslint.config.mjs`, ...options });

/** What the type checker says, without what is not ours: a message goes on in lines that are set in. @param {string[]} args */
function typed(...args) {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const { stdout, error } = spawnSync(process.execPath, [tsc, '--pretty', 'false', ...args], { cwd: here, encoding: 'utf8' });
  assert.ifError(error);
  return stdout.split(/\n(?! )/).filter((message) => message.trim() && !message.includes('console/vendor/'));
}

test('every module is typed', () => assert.deepEqual(typed('-p', '.'), []));

test('every module is linted', async () => {
  const results = await linter().lintFiles(['console']);
  assert.ok(results.length > 20, `only ${results.length} files: this looks at the wrong folder`);
  const told = results.flatMap(({ filePath, messages }) => messages.map((one) => `${filePath.slice(top.length)}:${one.line}: ${one.message}`));
  assert.deepEqual(told, []);
});

test('what would make text HTML or code is found', async () => {
  const bad = [
    'place.innerHTML = text;', 'place.outerHTML = text;', 'frame.srcdoc = text;', "place['innerHTML'] = text;", 'place.innerHTML += text;', "place.insertAdjacentHTML('beforeend', text);",
    'range.createContextualFragment(text);', 'document.write(text);', 'eval(text);', 'new Function(text);', "setTimeout('text', 1);", "place.href = 'javascript:text';", 'place == text;',
  ];
  for (const line of bad) {
    const code = `/** @param {any} text @param {any} place @param {any} range @param {any} frame */\nexport function made(text, place, range, frame) { void [text, place, range, frame]; ${line} }\n`;
    const [{ messages }] = await linter().lintText(code, { filePath: `${top}console/made.js` });
    assert.notEqual(messages.length, 0, line);
  }
});

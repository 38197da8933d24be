// Bundles the desk's editor into console/vendor/, with the licences of all that is in it. `npm ci && npm run build`.
import { build } from 'esbuild';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const HERE = new URL('./', import.meta.url);
export const VENDOR = new URL('../../console/vendor/', HERE);

/** The bundle's text, and the notice that goes with it. */
export async function bundle() {
  const made = await build({
    absWorkingDir: fileURLToPath(HERE),
    entryPoints: ['entry.mjs'],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    banner: { js: '// Built by tests/codemirror; the licences are in NOTICE beside it.' },
  });
  const inside = Object.keys(made.metafile.inputs).map((path) => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]);
  return { script: made.outputFiles[0].text, notice: await notice([...new Set(inside)].filter(Boolean).sort()) };
}

/** @param {string[]} packages */
async function notice(packages) {
  const parts = [];
  for (const name of packages) {
    const folder = new URL(`node_modules/${name}/`, HERE);
    const { version, license } = JSON.parse(await readFile(new URL('package.json', folder), 'utf8'));
    const file = (await readdir(folder)).find((one) => /^licen[cs]e/i.test(one));
    if (!file) throw new Error(`${name} comes without its licence`);
    parts.push(`${name} ${version} (${license})\n\n${(await readFile(new URL(file, folder), 'utf8')).trim()}\n`);
  }
  return `codemirror.js is made of these packages.\n\n${parts.join(`\n${'-'.repeat(72)}\n\n`)}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { script, notice: text } = await bundle();
  await writeFile(new URL('codemirror.js', VENDOR), script);
  await writeFile(new URL('NOTICE', VENDOR), text);
}

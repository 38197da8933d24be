// A library of any size, the same at each run: products of a department store, each with tips on what goes wrong with it.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const KINDS = ['drill', 'kettle', 'router', 'lamp', 'heater', 'mixer', 'printer', 'scooter', 'blender', 'freezer', 'stroller', 'tent', 'speaker', 'mower', 'toaster', 'camera', 'pump', 'ladder', 'desk', 'monitor'];
const MAKES = ['Alba', 'Boreal', 'Corvo', 'Dalia', 'Estrel', 'Fjord', 'Gamba', 'Hesper', 'Indigo', 'Juno'];
/** Each with what customers say, what is done about it, and what they ask back for when nobody tells them. */
const ISSUES = {
  buying: ['I would like to buy', 'do you have', 'looking for a'], leaking: ['it drips', 'water comes out', 'there is a puddle'], noisy: ['makes a noise', 'it rattles', 'loud humming'],
  'not-starting': ['will not turn on', 'it is dead', 'nothing happens when I press'], overheating: ['gets too hot', 'smells burnt', 'switches itself off'], returning: ['want to send it back', 'can I return', 'money back'],
  late: ['where is my order', 'has not arrived', 'still waiting for'], 'missing-part': ['a screw is missing', 'the cable was not in the box', 'part not included'], cleaning: ['how do I clean', 'it is full of lime', 'stains on'], connecting: ['cannot connect', 'no signal', 'loses the connection'],
};
const STEPS = ['Switch it off and let it stand for ten minutes', 'Turn the small wheel at the back to the left', 'Wipe the seal with a damp cloth', 'Press both buttons until the light blinks twice', 'Lay it flat and take off the cover', 'Keep the receipt with the box', 'Fill it to the lower mark only', 'Pull the plug before you reach inside', 'Write the number under the lid down', 'Leave a hand of room behind it'];
const REASONS = ['most come back within a week because of it', 'it is the first thing that wears', 'the warranty asks for it', 'it saves a second trip', 'nobody finds it in the booklet', 'warm rooms make it worse'];

/** Writes such a library. @param {string} folder @param {number} count */
export async function writeTips(folder, count) {
  for (const [file, text] of Object.entries(manyTips(count))) {
    const path = join(folder, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
}

/** @param {number} count @returns {Record<string, string>} text by file */
function manyTips(count) {
  const names = Object.keys(ISSUES);
  const says = names.map((issue) => `  ${issue}: [${ISSUES[issue].join(', ')}]`).join('\n');
  const files = { '_index.md': `---\nissues:\n${says}\n---\nNobody has to come back with a question we could have answered.\n` };
  const products = KINDS.flatMap((kind) => MAKES.map((make) => [make, kind]));
  for (const [make, kind] of products) files[`${kind}/${make.toLowerCase()}/_index.md`] = `---\ntitle: ${make} ${kind}\naliases: [${make.toLowerCase()} ${kind}s, ${kind} ${make.toLowerCase()}]\n---\n${make}.\n`;
  for (let at = 0; at < count; at++) {
    const [make, kind] = products[at % products.length];
    const turn = Math.floor(at / products.length);
    // Steps of primes walk through all combinations without repeating one soon.
    const pick = (list, step) => list[(turn * step + at * 7) % list.length];
    const [when, prevents] = [pick(names, 1), pick(names, 3)];
    const number = `${(0.05 + ((at * 37) % 80) / 100).toFixed(2)}`;
    files[`${kind}/${make.toLowerCase()}/tip-${turn}.md`] = `---\nwhen: ${when}\nprevents: ${prevents}\nafter: ${1 + (at % 9)} days\nexpected: ${number}\n---\n# What do I do when my ${make} ${kind} ${pick(ISSUES[prevents], 1)} (${turn + 1})?\n\n${pick(STEPS, 3)}. ${pick(STEPS, 7)}.\n\nWe say so because ${pick(REASONS, 5)}, with the ${kind} above all.\n`;
  }
  return files;
}

/** What agents type: short, long, misspelt, from the middle of a talk. @param {number} count @returns {string[]} */
export function phrases(count) {
  const shapes = [(make, kind, says) => `${make} ${kind} ${says}`, (_, kind, says) => `my ${kind} ${says} since yesterday`, (make, kind, says) => `hi, ${says} ${make.slice(0, -1)} ${kind}`, (_, kind, says) => `${kind}: ${says}, second call`];
  const all = Object.values(ISSUES).flat();
  return Array.from({ length: count }, (_, at) => shapes[at % shapes.length](MAKES[(at * 3) % MAKES.length].toLowerCase(), KINDS[(at * 7) % KINDS.length], all[(at * 11) % all.length]));
}

// Writes src/detect/randomness-table.ts: how likely letters follow one another in the words that people write in code and
// prose. Run it from the repository's root: `node scripts/randomness-table.ts`. The text is that of the installed packages.

import { globSync, readFileSync, writeFileSync } from 'node:fs';

const FILES = [
  'node_modules/**/*.d.ts',
  'node_modules/**/*.md',
  'node_modules/{hono,zod,undici,commander,kysely,nodemailer,smol-toml,ajv,bottleneck}/**/*.{js,mjs}',
];
/** 26 letters, 26 = a digit, 27 = anything else or an edge. */
const SYMBOLS = 28;
const EDGE = 27;
/** One step of the table, in bits. */
const STEP = 0.25;
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const seen = new Map<string, number>();
for (const file of globSync(FILES, { exclude: (path) => /\.min\.|\/test\//.test(String(path)) }).sort()) {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    continue;
  }
  if (text.length > 2_000_000) continue;
  for (const [word] of text.matchAll(/[A-Za-z][A-Za-z0-9_$-]{1,40}/g)) {
    // What is itself drawn by a machine teaches nothing about words.
    if (/\d[A-Za-z]+\d[A-Za-z]+\d/.test(word)) continue;
    seen.set(word, (seen.get(word) ?? 0) + 1);
  }
}

const uni = new Float64Array(SYMBOLS);
const bi = new Float64Array(SYMBOLS ** 2);
const tri = new Float64Array(SYMBOLS ** 3);
/** [class before: 0 lower, 1 upper, 2 digit, 3 other][letter is upper] */
const cases = Array.from({ length: 4 }, () => [1, 1]);

const add = (counts: Float64Array, index: number, weight: number): void => {
  counts[index] = (counts[index] ?? 0) + weight;
};

const symbolOf = (code: number): number => {
  if (code >= 97 && code <= 122) return code - 97;
  if (code >= 65 && code <= 90) return code - 65;
  return code >= 48 && code <= 57 ? 26 : EDGE;
};
const classOf = (code: number): number => {
  if (code >= 97 && code <= 122) return 0;
  if (code >= 65 && code <= 90) return 1;
  return code >= 48 && code <= 57 ? 2 : 3;
};

for (const [word, count] of seen) {
  const weight = 1 + Math.log2(count);
  let before = EDGE;
  let last = EDGE;
  let kind = 3;
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i);
    const symbol = symbolOf(code);
    add(uni, symbol, weight);
    add(bi, last * SYMBOLS + symbol, weight);
    add(tri, (before * SYMBOLS + last) * SYMBOLS + symbol, weight);
    const now = classOf(code);
    const row = cases[kind];
    if (now < 2 && row) row[now] = (row[now] ?? 0) + weight;
    before = last;
    last = symbol;
    kind = now;
  }
}

const total = uni.reduce((sum, count) => sum + count, 0);
let table = '';
for (let a = 0; a < SYMBOLS; a++) {
  for (let b = 0; b < SYMBOLS; b++) {
    const ab = (a * SYMBOLS + b) * SYMBOLS;
    const seenAb = tri.subarray(ab, ab + SYMBOLS).reduce((sum, count) => sum + count, 0);
    const seenB = bi.subarray(b * SYMBOLS, (b + 1) * SYMBOLS).reduce((sum, count) => sum + count, 0);
    for (let c = 0; c < SYMBOLS; c++) {
      const one = ((uni[c] ?? 0) + 1) / (total + SYMBOLS);
      const two = ((bi[b * SYMBOLS + c] ?? 0) + 20 * one) / (seenB + 20);
      const three = ((tri[ab + c] ?? 0) + 20 * two) / (seenAb + 20);
      table += DIGITS.charAt(Math.min(63, Math.round(-Math.log2(three) / STEP)));
    }
  }
}
const upper = cases.map((row) => ((row[1] ?? 0) / ((row[0] ?? 0) + (row[1] ?? 0))).toFixed(4));
const lines = table.match(/.{1,98}/g) ?? [];
writeFileSync(
  'src/detect/randomness-table.ts',
  `// Made by scripts/randomness-table.ts from ${seen.size} words; do not edit.

/** Bits that a symbol costs behind two others, in quarters, as base64url digits: 28 x 28 x 28. */
export const TRIGRAMS: string = [
${lines.map((line) => `  '${line}',`).join('\n')}
].join('');

/** How often a letter is a capital behind a small letter, a capital, a digit, anything else. */
export const CAPITALS: readonly number[] = [${upper.map(Number).join(', ')}];
`,
);

// npm run accuracy -- CASES [--noise] [--peers] [--write]
// CASES: labelled cases as JSON Lines, .gz or not. Scores every rule on them, and with --noise on large published packages.
// --peers runs the other scanners, which must be on the PATH, over the same cases and renews scripts/accuracy/peers.json.
// --write renews docs/accuracy.md (with --noise; else the noise part stays as it is). Ends 1 where scripts/accuracy/floor.json is undercut.

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { builtInRules, createDetector, loadRules } from '../src/detect/index.ts';
import { parseCorpus } from './accuracy/corpus.ts';
import { type Floor, undercuts } from './accuracy/floor.ts';
import { lookWith } from './accuracy/look.ts';
import { measureNoise } from './accuracy/noise.ts';
import { PACKAGES } from './accuracy/packages.ts';
import { measurePeers } from './accuracy/peers.ts';
import { casesText, document, noiseText, type Peers } from './accuracy/report.ts';
import { scoreCases } from './accuracy/score.ts';

const DOCUMENT = fileURLToPath(new URL('../docs/accuracy.md', import.meta.url));

const PEERS = fileURLToPath(new URL('./accuracy/peers.json', import.meta.url));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { noise: { type: 'boolean' }, peers: { type: 'boolean' }, write: { type: 'boolean' } },
});

function json<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`./accuracy/${name}`, import.meta.url), 'utf8')) as T;
}

function current(): string {
  try {
    return readFileSync(DOCUMENT, 'utf8');
  } catch {
    return '';
  }
}

const [file] = positionals;
if (file === undefined) {
  process.stderr.write('usage: npm run accuracy -- CASES [--noise] [--peers] [--write]\n');
  process.exitCode = 2;
} else {
  const bytes = readFileSync(file);
  const cases = parseCorpus((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
  const rules = await loadRules([builtInRules]);
  const look = lookWith(createDetector(rules));
  const scored = scoreCases(cases, look);
  const generic = new Set(rules.rules.filter((rule) => rule.generic).map((rule) => rule.id));
  const isGeneric = (rule: string): boolean => generic.has(rule);
  process.stdout.write(casesText(scored, isGeneric));
  const noise = values.noise ? measureNoise(PACKAGES, look) : undefined;
  if (noise !== undefined) process.stdout.write(noiseText(noise));
  const known = json<Peers>('peers.json');
  const peers = values.peers ? measurePeers(cases, known, new Date().toISOString().slice(0, 10)) : known;
  if (values.peers) writeFileSync(PEERS, `${JSON.stringify(peers, null, 2)}\n`);
  if (values.write) {
    const ids = rules.rules.map((rule) => rule.id);
    writeFileSync(DOCUMENT, document(scored, noise, peers, ids, current(), isGeneric));
  }
  const faults = undercuts(json<Floor>('floor.json'), scored, noise);
  for (const fault of faults) process.stderr.write(`below the floor: ${fault}\n`);
  if (faults.length > 0) process.exitCode = 1;
}

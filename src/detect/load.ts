import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SetupError } from '../model/index.ts';
import type { Outline } from './outline.ts';
import { type Fault, printFault, type Rule } from './rule.ts';
import { entryFor, keep, recall, recallEmbedded, withOutlines } from './rule-cache.ts';
import { digestOf } from './rules-digest.ts';

/** Every rule that a scan goes by. */
export interface RuleSet {
  readonly rules: readonly Rule[];
  /** SHA-256 over the rule files, hex: equal digests find the same things. */
  readonly digest: string;
}

/** A set that was worked out before, from rule files of this digest and by this very code. */
export interface ReadyRules {
  readonly set: RuleSet;
  readonly outlines: readonly Outline[];
}

/** Where keyburn's own rules lie: the package's `rules/` folder. */
export const builtInRules: string = join(import.meta.dirname, '../../rules');

/** Made of them by `npm run build`, and there in an installed package alone. */
const BUILT = join(import.meta.dirname, '../run/rules.json');

/** The code that runs: joined files where the package is installed, this folder in a checkout. */
const codeFolder = (): string => (existsSync(BUILT) ? dirname(BUILT) : import.meta.dirname);

/** Reads the rule files (`*.toml`) of folders, in the order of their names. @throws SetupError for a folder that cannot be read */
async function readRuleFiles(dirs: readonly string[]): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const dir of dirs) {
    let names: string[];
    try {
      names = (await readdir(dir)).filter((name) => name.endsWith('.toml')).sort();
    } catch (cause) {
      throw new SetupError(`${dir}: cannot read the rules folder`, {
        hint: 'give --rules, or `rules` of keyburn.toml, a folder that holds *.toml rule files',
        cause,
      });
    }
    for (const name of names) files.set(join(dir, name), await readFile(join(dir, name), 'utf8'));
  }
  return files;
}

function faultsError(faults: readonly Fault[]): SetupError {
  const count = faults.length === 1 ? 'a fault' : `${faults.length} faults`;
  return new SetupError(`${count} in the rules:\n${faults.map(printFault).join('\n')}`, {
    hint: 'rules/README.md describes the format; `keyburn rules check` judges rules',
  });
}

/**
 * Loads rules from folders, the built-in one (`builtInRules`) among them where it is wanted.
 * @param options `cache`: folder to keep the loaded set in, which makes the next start quick; `ready`: taken where the files
 * are those that it was made of
 * @throws SetupError that lists all faults at once
 */
export async function loadRules(
  dirs: readonly string[],
  options: { readonly cache?: string; readonly ready?: ReadyRules | undefined } = {},
): Promise<RuleSet> {
  if (dirs.length === 1 && dirs[0] === builtInRules) {
    const embedded = recallEmbedded(BUILT, builtInRules);
    if (embedded !== undefined) return embedded;
  }
  const { ready } = options;
  if (ready !== undefined && digestOf(await readRuleFiles(dirs)) === ready.set.digest)
    return withOutlines(ready.set, ready.outlines);
  const entry = options.cache === undefined ? undefined : entryFor([codeFolder(), ...dirs]);
  if (options.cache === undefined || entry === undefined) return loadFiles(dirs);
  const known = recall(options.cache, entry);
  if (known !== undefined) return known;
  const set = await loadFiles(dirs);
  keep(options.cache, entry, set);
  return set;
}

async function loadFiles(dirs: readonly string[]): Promise<RuleSet> {
  const [{ parseRules }, { compileFaults }] = await Promise.all([
    import('./parse-rules.ts'),
    import('./faults.ts'),
  ]);
  const { set, faults } = parseRules(await readRuleFiles(dirs));
  const all = [...faults, ...set.rules.flatMap(compileFaults)];
  if (all.length > 0) throw faultsError(all);
  return set;
}

// Loaded rules, kept from run to run: reading, judging and outlining a thousand rules takes longer than most scans. What is
// kept is as good as the files it came from: the name of an entry covers path, size and time of every rule file, and of the
// code that runs. Rules hold no secrets.

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { compileRule } from './compile.ts';
import type { RuleSet } from './load.ts';
import { type Outline, outlineOf, remember } from './outline.ts';
import { packSearch, type Search, searchFor, unpackSearch } from './search.ts';

const MOST_ENTRIES = 8;

interface Kept {
  readonly set: RuleSet;
  readonly outlines: readonly Outline[];
  readonly search: ReturnType<typeof packSearch>;
}

const searches = new WeakMap<RuleSet, Search>();

/** The name of the entry for these folders, of rules and of code, as they are now; undefined where they cannot be read. */
export function entryFor(dirs: readonly string[]): string | undefined {
  const hash = createHash('sha256');
  try {
    for (const dir of dirs) {
      for (const name of readdirSync(dir).sort()) {
        if (!/\.(?:toml|ts|js)$/.test(name)) continue;
        const { size, mtimeMs } = statSync(join(dir, name));
        hash.update(`${join(dir, name)}\0${size}\0${mtimeMs}\n`);
      }
    }
  } catch {
    return undefined;
  }
  return `rules-${hash.digest('hex').slice(0, 32)}.json`;
}

/** A set that an earlier run has kept; undefined where there is none that can be read. */
export function recall(folder: string, entry: string): RuleSet | undefined {
  try {
    return unpacked(JSON.parse(readFileSync(join(folder, entry), 'utf8')) as Kept);
  } catch {
    // Not there yet, or damaged: the rule files themselves are.
    return undefined;
  }
}

/** What `embedRules` has made, if it is there. @param dir where its rule files lie by now */
export function recallEmbedded(file: string, dir: string): RuleSet | undefined {
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as Kept;
    const rules = kept.set.rules.map((rule) => ({ ...rule, file: join(dir, rule.file) }));
    return unpacked({ ...kept, set: { ...kept.set, rules } });
  } catch {
    return undefined;
  }
}

/** A set that goes along with the code that made it. Its rules know their files by name alone. */
export function embedRules(set: RuleSet): string {
  const rules = set.rules.map((rule) => ({ ...rule, file: basename(rule.file) }));
  return JSON.stringify({ ...packed(set), set: { ...set, rules } });
}

function packed(set: RuleSet): Kept {
  return { set, outlines: outlinesOf(set), search: packSearch(searchOf(set)) };
}

/** @throws where it is damaged */
function unpacked({ set, outlines, search }: Kept): RuleSet {
  if (set.rules.length !== outlines.length) throw new Error('rules and outlines do not belong together');
  return withSearch(withOutlines(set, outlines), unpackSearch(search));
}

/** Keeps a set without faults. That it cannot be kept costs time, and nothing else. */
export function keep(folder: string, entry: string, set: RuleSet): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const made = join(folder, `${entry}.${process.pid}`);
    writeFileSync(made, JSON.stringify(packed(set)), { mode: 0o600 });
    renameSync(made, join(folder, entry));
    forget(folder);
  } catch {
    // A folder that cannot be written to: the next run loads the rules again.
  }
}

function forget(folder: string): void {
  const entries = readdirSync(folder).filter((name) => name.startsWith('rules-'));
  if (entries.length <= MOST_ENTRIES) return;
  const ages = entries.map((name) => ({ name, time: statSync(join(folder, name)).mtimeMs }));
  ages.sort((a, b) => b.time - a.time);
  for (const { name } of ages.slice(MOST_ENTRIES)) rmSync(join(folder, name), { force: true });
}

export function outlinesOf(set: RuleSet): readonly Outline[] {
  return set.rules.map(outlineOf);
}

/** A set whose outlines are known from another run or thread. */
export function withOutlines(set: RuleSet, outlines: readonly Outline[]): RuleSet {
  for (const [i, rule] of set.rules.entries()) {
    const outline = outlines[i];
    if (outline !== undefined) remember(rule, outline);
  }
  return set;
}

/** Worked out once for each set. */
export function searchOf(set: RuleSet): Search {
  const made = searches.get(set) ?? searchFor(set.rules.map(compileRule));
  searches.set(set, made);
  return made;
}

/** A set whose search is known from another run or thread. */
export function withSearch(set: RuleSet, search: Search): RuleSet {
  searches.set(set, search);
  return set;
}

// Where the objects of a repository lie: its own folder, those it borrows from, and the packs and loose files in them.

import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Skipped } from '../../model/index.ts';
import { unquoted } from '../path.ts';
import { isGone, wordsOf } from './damage.ts';

export interface PackPaths {
  readonly idx: string;
  readonly pack: string;
}

export interface LooseFolder {
  readonly folder: string;
  readonly names: readonly string[];
}

export interface Store {
  readonly packs: readonly PackPaths[];
  /** Folders `xx` of loose objects and the names in them, sorted. */
  readonly loose: readonly LooseFolder[];
  readonly skipped: readonly Skipped[];
  /** Why only git may read this repository. */
  readonly foreign?: string;
}

/** As deep as git follows alternates (object-file.c). */
const ALTERNATES_DEPTH = 5;
const ALTERNATES = 256;
/** Extensions that change nothing about how objects are stored; git's Documentation/config/extensions.txt. */
const HARMLESS = new Set([
  'noop',
  'noop-v1',
  'preciousobjects',
  'partialclone',
  'refstorage',
  'worktreeconfig',
  'relativeworktrees',
]);

/** Hooks see objects that are not in the repository yet: in folders that git names in its environment. */
const ELSEWHERE = ['GIT_OBJECT_DIRECTORY', 'GIT_ALTERNATE_OBJECT_DIRECTORIES'];

/** @param gitDir a git folder: `.git`, a bare repository, or one of a worktree */
export function openStore(gitDir: string, environment: NodeJS.ProcessEnv = process.env): Store {
  const common = commonFolder(gitDir);
  const elsewhere = ELSEWHERE.find((name) => environment[name]);
  if (elsewhere) return { packs: [], loose: [], skipped: [], foreign: `${elsewhere} is set` };
  const skipped: Skipped[] = [];
  const foreign = foreignFormat(path.join(common, 'config'));
  const packs: PackPaths[] = [];
  const loose: LooseFolder[] = [];
  for (const objects of objectFolders(path.join(common, 'objects'), skipped)) {
    packs.push(...packsIn(path.join(objects, 'pack'), skipped));
    for (const name of list(objects, skipped)) {
      if (!/^[0-9a-f]{2}$/.test(name)) continue;
      const folder = path.join(objects, name);
      loose.push({ folder, names: list(folder, skipped) });
    }
  }
  return { packs, loose, skipped, ...(foreign === undefined ? {} : { foreign }) };
}

function commonFolder(gitDir: string): string {
  try {
    return path.resolve(gitDir, readFileSync(path.join(gitDir, 'commondir'), 'utf8').trim());
  } catch {
    return path.resolve(gitDir);
  }
}

/** Why only git may read the repository: a few lines of its config say how objects are stored. */
function foreignFormat(file: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return isGone(error) ? undefined : `its config: ${wordsOf(error)}`;
  }
  let section = '';
  for (const raw of text.split('\n')) {
    let line = raw.trim();
    const heading = /^\[\s*([^\]]*?)\s*\]/.exec(line);
    if (heading) {
      section = (heading[1] ?? '').toLowerCase();
      line = line.slice(heading[0].length).trim();
    }
    const setting = /^([a-z][\w-]*)\s*(?:=\s*"?([^"#;]*))?/i.exec(line);
    if (section !== 'extensions' || !setting) continue;
    const name = (setting[1] ?? '').toLowerCase();
    const value = (setting[2] ?? '').trim().toLowerCase();
    if (name === 'objectformat' || name === 'compatobjectformat') {
      if (name === 'objectformat' && value === 'sha1') continue;
      return `objects are named by ${value}`;
    }
    if (!HARMLESS.has(name)) return `the repository has the extension ${name}`;
  }
  return undefined;
}

/** The folder and all that it borrows from, each once. */
function objectFolders(own: string, skipped: Skipped[]): string[] {
  const seen = new Set<string>();
  const folders: string[] = [];
  let level = [own];
  for (let depth = 0; level.length > 0; depth++) {
    const next: string[] = [];
    for (const folder of level) {
      const real = realFolder(folder);
      if (real === undefined) {
        skipped.push({ path: folder, why: 'no folder of objects is there' });
        continue;
      }
      if (seen.has(real)) continue;
      if (depth > ALTERNATES_DEPTH || seen.size >= ALTERNATES) {
        skipped.push({ path: folder, why: 'borrowed over too many steps' });
        continue;
      }
      seen.add(real);
      folders.push(folder);
      next.push(...alternatesOf(folder, skipped));
    }
    level = next;
  }
  return folders;
}

function alternatesOf(folder: string, skipped: Skipped[]): string[] {
  const file = path.join(folder, 'info', 'alternates');
  const text = unlessGone(file, () => readFileSync(file, 'latin1'), skipped) ?? '';
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => path.resolve(folder, unquoted(line).toString('utf8')));
}

function packsIn(folder: string, skipped: Skipped[]): PackPaths[] {
  const names = list(folder, skipped);
  const there = new Set(names);
  const packs: PackPaths[] = [];
  for (const name of names) {
    if (!name.startsWith('pack-') || !name.endsWith('.idx')) continue;
    const stem = name.slice(0, -'.idx'.length);
    if (there.has(`${stem}.pack`))
      packs.push({ idx: path.join(folder, name), pack: path.join(folder, `${stem}.pack`) });
    else skipped.push({ path: path.join(folder, name), why: 'the index of a pack that is not there' });
  }
  for (const name of names) {
    if (!name.startsWith('pack-') || !name.endsWith('.pack')) continue;
    if (!there.has(`${name.slice(0, -'.pack'.length)}.idx`))
      skipped.push({ path: path.join(folder, name), why: 'a pack without an index' });
  }
  return packs;
}

function list(folder: string, skipped: Skipped[]): readonly string[] {
  return unlessGone(folder, () => readdirSync(folder).sort(), skipped) ?? [];
}

/** What is not there holds nothing; what is there and cannot be read may hold a key. */
function unlessGone<T>(place: string, read: () => T, skipped: Skipped[]): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!isGone(error)) skipped.push({ path: place, why: wordsOf(error) });
    return undefined;
  }
}

function realFolder(folder: string): string | undefined {
  try {
    const real = realpathSync(folder);
    return statSync(real).isDirectory() ? real : undefined;
  } catch {
    return undefined;
  }
}

// A full scan that starts where the one before it ended: the runner's cache says how far that was. The law of this file: what is
// remembered shortens the reading and nothing else. Whatever does not fit is answered by reading everything.

import type { FingerprintKey } from '../model/index.ts';
import type { CacheService } from './cache-service.ts';
import type { Copy } from './copy.ts';
import { newSince } from './prove.ts';
import { EVERYTHING, type Reading } from './reading.ts';
import { nameOf, prefixOf, type Seen, seal, unseal } from './seen.ts';
import { count } from './words.ts';

export interface Remembering {
  readonly service: CacheService;
  readonly key: FingerprintKey;
  readonly repository: string;
  /** Names all that decides what is found. */
  readonly judgement: string;
}

/** What the cache knew of this repository. */
export class Remembered {
  readonly #use: Remembering;
  readonly #prefix: string;
  readonly #tips: readonly string[];
  readonly #name: string;
  readonly #seen: Seen | undefined;
  /** Where the runner's cache did not do what it should. */
  readonly note: string | undefined;
  readonly #exact: boolean;

  private constructor(
    use: Remembering,
    tips: readonly string[],
    found: { seen?: Seen | undefined; note?: string; exact?: boolean },
  ) {
    this.#use = use;
    this.#prefix = prefixOf(use.key, use.repository, use.judgement);
    this.#tips = tips;
    this.#name = nameOf(this.#prefix, tips);
    this.#seen = found.seen;
    this.note = found.note;
    this.#exact = found.exact ?? false;
  }

  /** @returns undefined where the remote does not say which branches and tags it has */
  static async of(use: Remembering, copy: Copy): Promise<Remembered | undefined> {
    const refs = await copy.refs('refs/heads/*', 'refs/tags/*');
    if (refs === undefined) return undefined;
    const tips = [...new Set(refs.values())].sort();
    const prefix = prefixOf(use.key, use.repository, use.judgement);
    const name = nameOf(prefix, tips);
    const restored = await use.service.restore(name, prefix);
    if (!restored.ok)
      return new Remembered(use, tips, {
        note: `the runner’s cache cannot be read (${restored.why}): everything is read`,
      });
    if (restored.value === undefined) return new Remembered(use, tips, {});
    const { key, bytes } = restored.value;
    const seen = unseal(bytes, use.key, prefix);
    if (seen === undefined)
      return new Remembered(use, tips, {
        note: 'what the runner’s cache holds is not ours: everything is read',
      });
    return new Remembered(use, tips, { seen, exact: key === name });
  }

  /** What is new since then, and what held keys then; undefined where everything has to be read, in another copy. */
  async reading(copy: Copy, because: string): Promise<Reading | undefined> {
    const seen = this.#seen;
    if (seen === undefined) return undefined;
    const known = new Set(seen.tips);
    const fresh = this.#tips.filter((oid) => !known.has(oid));
    const range = await since(copy, seen, fresh);
    if (range === undefined) return undefined;
    const { objects } = seen;
    const told = `${count(fresh.length, 'new end')}, ${count(objects.length, 'object')} with findings again`;
    return {
      target: copy.folder,
      read: { mode: { kind: 'commits', tips: range.tips, not: range.not, objects }, history: 'yes' },
      range: `every branch and tag (${because}), since the full scan before: ${told}`,
      lacking: [],
      pushed: true,
    };
  }

  /** Keeps what this scan has come to. @returns what went wrong */
  async keep(objects: readonly string[]): Promise<string | undefined> {
    if (this.#exact) return undefined;
    const { service, key } = this.#use;
    const saved = await service.save(
      this.#name,
      seal({ tips: [...this.#tips], objects: [...objects] }, key, this.#prefix),
    );
    return saved.ok
      ? undefined
      : `the runner’s cache was not written (${saved.why}): the next full scan reads more`;
  }
}

async function since(
  copy: Copy,
  seen: Seen,
  fresh: readonly string[],
): Promise<{ readonly tips: readonly string[]; readonly not: readonly string[] } | undefined> {
  const nothing = { tips: [], not: [] };
  if (fresh.length === 0 && seen.objects.length === 0) return nothing;
  const shallow = copy.shallow.size > 0 ? ['--unshallow'] : [];
  if (!(await copy.bring([...shallow, '--filter=blob:none'], EVERYTHING)).ok) return undefined;
  // What a branch that is gone had stays in view as long as the host has it.
  if (!(await copy.fill(await copy.lacking(seen.objects))).ok) return undefined;
  if (fresh.length === 0) return nothing;
  const gone = new Set(await copy.missing(seen.tips));
  const range = await newSince(
    copy,
    fresh,
    seen.tips.filter((oid) => !gone.has(oid)),
  );
  return range.gap === undefined ? range : undefined;
}

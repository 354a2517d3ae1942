import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RuleSet } from '../detect/index.ts';

/** The folders that decide what is found where. */
const DECIDING = ['model', 'read', 'detect', 'find'];

/**
 * A name for all that decides what is found: where it is equal, equal bytes give equal findings. A checkout that is pulled or
 * worked on keeps its version, so the code's own files count, too.
 */
export function judgementOf(rules: RuleSet, version: string): string {
  const hash = createHash('sha256').update(`${version}\n${rules.digest}\n`);
  for (const folder of DECIDING) {
    const path = join(import.meta.dirname, '..', folder);
    for (const name of namesIn(path)) {
      const { size, mtimeMs } = statSync(join(path, name), { throwIfNoEntry: false }) ?? {};
      hash.update(`${folder}/${name} ${size} ${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

/** A bundle may stand alone; then its version has to do. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  } catch {
    return [];
  }
}

import { createHash } from 'node:crypto';

/** SHA-256 over rule files, hex. */
export function digestOf(files: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256');
  for (const text of files.values()) hash.update(`${text.length}\n${text}`);
  return hash.digest('hex');
}

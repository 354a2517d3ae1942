/** A file of the object store is not what it should be. It never leaves this folder: it becomes a fallback or an unread object. */
export class Damage extends Error {
  override readonly name = 'Damage';
}

/** Nothing is wrong, but only git reads it. */
export class Foreign extends Error {
  override readonly name = 'Foreign';
}

/** Something has gone since its folder was listed: `git gc` runs at any time. */
export function isGone(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

/** What went wrong with a file, in words for a person and without a stack. */
export function wordsOf(error: unknown): string {
  if (error instanceof Damage || error instanceof Foreign) return error.message;
  const code = (error as NodeJS.ErrnoException).code;
  if (typeof code === 'string') return `it could not be read (${code})`;
  throw error;
}

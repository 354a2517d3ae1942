/** A file of the object store is not what it should be. It never leaves this folder: it becomes a fallback or an unread object. */
export class Damage extends Error {
  override readonly name = 'Damage';
}

/** What went wrong with a file, in words for a person and without a stack. */
export function wordsOf(error: unknown): string {
  if (error instanceof Damage) return error.message;
  const code = (error as NodeJS.ErrnoException).code;
  if (typeof code === 'string') return `it could not be read (${code})`;
  throw error;
}

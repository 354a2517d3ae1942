// Paths, author names and commit messages are strangers' words. The law: none of them moves the cursor, changes a
// colour, starts a line or turns the reading direction of a report.

// Control characters, format characters (direction marks, joiners, tags), line and paragraph separators, lone surrogates.
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** For people: what could act on a terminal is written out as `\x1b` or `\u202e`. */
export function plain(text: string): string {
  return text.replace(UNSAFE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
    return code < 0x1_0000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
  });
}

/** For programs: JSON on one line, in which such characters are escaped the JSON way, so that `cat` is safe too. */
export function plainJson(value: unknown): string {
  return JSON.stringify(value).replace(UNSAFE, (character) =>
    Array.from({ length: character.length }, (_, index) => {
      return `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
    }).join(''),
  );
}

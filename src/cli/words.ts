import { type Verdict, whyInWords } from '../model/index.ts';

/** A verdict as one sentence for a person. */
export function verdictLine(verdict: Verdict): string {
  switch (verdict.state) {
    case 'live':
      return `live: ${verdict.why}`;
    case 'limited':
      return `live, with limited rights: ${verdict.why}`;
    case 'expired':
    case 'disabled':
    case 'revoked':
      return `${verdict.state}: ${verdict.why}`;
    case 'rejected':
      return `rejected: the issuer does not accept it, and does not say why (${verdict.why})`;
    case 'malformed':
      return `malformed: never issued (${verdict.why})`;
    case 'unknown':
      return `unknown: ${whyInWords(verdict)}`;
  }
}

/** The command line that does the same again, as a person types it; what a report advises to add comes behind it. */
export function typed(
  name: 'scan' | 'org',
  targets: readonly string[],
  options: Readonly<Record<string, unknown>> = {},
): string {
  const given = (flag: string, key: string): string[] =>
    [options[key]]
      .flat()
      .filter((value) => typeof value === 'string')
      .flatMap((value) => [flag, value]);
  const words = [
    ...(targets.length === 1 && targets[0] === '.' ? [] : targets),
    ...given('--user', 'user'),
    ...given('--repositories', 'repositories'),
    ...given('--base-url', 'baseUrl'),
    ...given('--since', 'since'),
    ...given('--range', 'range'),
    ...given('--exposure', 'exposure'),
    ...given('--config', 'config'),
    ...given('--rules', 'rules'),
  ];
  return ['keyburn', name, ...words.map(shellWord)].join(' ');
}

/** `1 key`, `2 keys`. */
export function counted(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./~-]+$/.test(word) ? word : `'${printable(word).replaceAll("'", `'\\''`)}'`;
}

/** Text from outside (paths, names, messages) made safe for a terminal: no control character gets through. */
export function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (c) => `\\u${(c.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

// WWW-Authenticate, as RFC 9110 section 11.6.1 writes it and RFC 6750 section 3 fills it.

export interface Challenge {
  /** Lower case: `bearer`. */
  readonly scheme: string;
  /** Names in lower case. */
  readonly params: Readonly<Record<string, string>>;
}

// A parameter, with a token or a quoted string; or a scheme (with its token68, which is not of interest here).
const PIECE =
  /\s*(?:,\s*)?(?:(?<name>[\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<token>[\w!#$%&'*+.^`|~:/-]+))(?=\s*(?:,|$))|(?<scheme>[\w!#$%&'*+.^`|~-]+)(?:\s+(?<token68>[\w.~+/-]+=*)(?=\s*(?:,|$)))?)/y;

/** Every challenge of a header, in order; what does not parse ends the list. */
export function challenges(header: string | undefined): readonly Challenge[] {
  const made: { scheme: string; params: Record<string, string> }[] = [];
  const text = header ?? '';
  const piece = new RegExp(PIECE);
  while (piece.lastIndex < text.length) {
    const found = piece.exec(text)?.groups;
    if (!found) break;
    const { name, quoted, token, scheme } = found;
    if (scheme !== undefined) made.push({ scheme: scheme.toLowerCase(), params: {} });
    const last = made.at(-1);
    if (name === undefined) continue;
    if (!last) break;
    last.params[name.toLowerCase()] = quoted === undefined ? (token ?? '') : quoted.replace(/\\(.)/g, '$1');
  }
  return made;
}

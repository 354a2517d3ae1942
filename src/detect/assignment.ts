// The value that a name is given, in any language: `DB_PASSWORD=…`, `"apiKey": "…"`, `<secret>…</secret>`, `--token …`,
// `set('pwd', '…')`, `password := "…"`. Reads bytes, since nearly all anchors of such rules are prose and end after a few of them.

import { conversionAt, escapedAt, type Form, formAt, untilEnd, unwrapped } from './assignment-forms.ts';
import { BLANK, BLANKS, IDENTIFIER, KIND, NAME, QUOTE, STOP, Window } from './assignment-window.ts';

const EQUALS = 61;
const COLON = 58;
const GREATER = 62;
const LESS = 60;
const COMMA = 44;
const BACKSLASH = 92;
const PAREN = 40;
const BRACKET = 91;
const DASH = 45;
const QUESTION = 63;
const NEWLINE = 10;
const BANG = 33;
const SEMICOLON = 59;
const CLOSING = 125;
const SLASH = 47;
const BACKTICK = 96;
const ESCAPE = 27;
const AMPERSAND = 38;
const BAR = 124;
const APOSTROPHE = 39;
const TYPE_SIGNS = new Set(Array.from('&|<>[]? *').map((char) => char.charCodeAt(0)));
/** What an attribute's name begins with, before `value`. */
const VALUE_PREFIXES = ['android:', 'parameter'];
const CDATA = '<![cdata[';
const CDATA_END = /\]\]>/;
const COMPOUND = new Set(Array.from('?+.|!&').map((char) => char.charCodeAt(0)));

export interface Assigned {
  /** The whole name, and the value without its quotes; offsets in the bytes. */
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
  /** `=` or `:` without a blank before the value (`.env`, query strings), an XML element, a command-line flag: no programming language would put a name there. */
  readonly literal: boolean;
  /** Nothing but a blank stands between: `square token EAAA…`. */
  readonly loose: boolean;
  /** A call or a list: `password("…")`, `("password", "…")`. */
  readonly called: boolean;
  /** `<secret>…</secret>` */
  readonly element: boolean;
  /** `==`, `!=`, `===`: nobody is given anything. */
  readonly compared: boolean;
  /** `Base64.decode64("…")`, `[]byte("…")`: a call stands between the sign and the value. */
  readonly converted: boolean;
  /** A list in which the name is not the first: its next item is no value of it. */
  readonly listed: boolean;
  /** The value is the first of a list in brackets. */
  readonly bracketed: boolean;
  /** The quotes are escaped: a text inside a text. */
  readonly nested: boolean;
  /** Stands in a line of comment, as far as its beginning is near? Seldom asked. */
  readonly isCommented: () => boolean;
  /** Nothing else stands in its line, and the value has no quotes: `password = …` of a configuration. */
  readonly alone: boolean;
  /** A bare value behind which the line goes on in words. */
  readonly spoken: boolean;
}

/** Where the value begins, and how. */
interface Opening extends Form {
  readonly loose?: true;
  readonly compared?: true;
  readonly listed?: true;
  /** Behind a colon: what a semicolon ends is a type. */
  readonly colon?: true;
  /** `- name: TOKEN⏎  value: …` */
  readonly attribute?: true;
}

interface Value {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
  readonly nested: boolean;
  readonly spoken?: true;
}

class Reading extends Window {
  /** Behind the name: its closing quote or bracket, the sign, an annotation of type. */
  opening(nameStart: number, nameEnd: number): Opening | undefined {
    let at = nameEnd;
    if (this.at(at) === BACKSLASH) {
      const escaped = escapedAt(this.bytes, at, this.to);
      if (escaped !== undefined) return escaped;
    }
    while (this.at(at) === BACKSLASH) at++;
    const closed = (this.kind(at) & QUOTE) !== 0;
    if (closed) at++;
    const bracket = this.at(at) === 93;
    // `password?: Text`: what a type follows is quoted, or no value.
    const optional = this.at(at) === QUESTION && this.at(at + 1) === COLON;
    if (bracket || this.at(at) === QUESTION) at++;
    const flag = !closed && this.bytes[nameStart] === DASH;
    const element = !closed && this.at(at) === GREATER && this.bytes[nameStart - 1] === LESS;
    if (element) return { at: at + 1, literal: true, quotesOnly: false };
    const behind = this.blanks(at);
    const sign = this.at(behind);
    const form = formAt(this.bytes, nameStart, at, closed, this.to);
    if (form !== undefined) return form;
    const named = this.#valueAttribute(at, closed);
    if (named !== undefined) return { at: named, literal: false, quotesOnly: false, attribute: true };
    // `isPassword ? "password" : "text"`
    if (closed && sign === COLON && this.isBranch(nameStart)) return undefined;
    if (sign === EQUALS || sign === COLON) {
      const signed = this.#signed(behind, at === behind);
      return optional ? { ...signed, quotesOnly: true } : signed;
    }
    const assigning = this.#compound(behind);
    if (assigning !== undefined) {
      const signed = this.#signed(assigning, false);
      return sign === BANG ? { ...signed, literal: false, quotesOnly: true, compared: true } : signed;
    }
    if (sign === PAREN) return { at: behind + 1, literal: false, quotesOnly: true };
    if (sign === COMMA && closed && !bracket) {
      const opening = { at: behind + 1, literal: false, quotesOnly: true };
      return this.#isFirst(nameStart) ? opening : { ...opening, listed: true };
    }
    // A table of names and values: acme_token,3f2a…
    const row = sign === COMMA && !closed && behind === at && (this.kind(at + 1) & IDENTIFIER) !== 0;
    if (row && this.beginsLine(nameStart))
      return { at: at + 1, literal: false, quotesOnly: false, loose: true };
    if (flag && behind > at) return { at: behind, literal: true, quotesOnly: false };
    // Notes and logs: token - '…'
    if (sign === DASH && (this.kind(behind + 1) & BLANK) !== 0)
      return { at: behind + 1, literal: false, quotesOnly: true };
    if (closed || behind === at) return undefined;
    // SQL: PASSWORD '…'; notes: acme token 3f2a…
    const quoted = (this.kind(behind) & QUOTE) !== 0;
    if (quoted && this.at(behind) === BACKTICK) return undefined;
    const said = this.word(behind, 'is') ? this.blanks(behind + 2) : behind;
    return { at: said, literal: false, quotesOnly: quoted, loose: true };
  }

  /** `?=`, `+=`, `.=`, `!=`, `||=`, `??=`, and what stands between a name and its sign in Go: `token string = "…"`. */
  #compound(from: number): number | undefined {
    let at = from;
    while (at - from < 2 && COMPOUND.has(this.at(at))) at++;
    if (at > from && this.at(at) === EQUALS) return at;
    at = from;
    while (at - from < 32 && (this.kind(at) & IDENTIFIER) !== 0) at++;
    if (at === from || (this.kind(at) & BLANK) === 0) return undefined;
    // Basic: `password As String = "…"`
    if (at - from === 2 && this.word(from, 'as')) {
      at = this.blanks(at);
      while (at - from < 32 && (this.kind(at) & IDENTIFIER) !== 0) at++;
    }
    at = this.blanks(at);
    const walrus = this.at(at) === COLON && this.at(at + 1) === EQUALS;
    return walrus || (this.at(at) === EQUALS && this.at(at + 1) !== EQUALS) ? at : undefined;
  }

  #signed(from: number, tight: boolean): Opening {
    let at = from;
    const first = this.at(at);
    while (at - from < 4 && (this.at(at) === EQUALS || this.at(at) === COLON || this.at(at) === GREATER))
      at++;
    const one = at - from === 1;
    const compared = first === EQUALS && !one && this.at(from + 1) === EQUALS;
    const behind = this.blanks(at);
    if (compared) return { at: behind, literal: false, quotesOnly: true, compared: true };
    if (one && first === COLON) {
      const value = this.#behindType(behind);
      if (value !== undefined) return { at: value, literal: false, quotesOnly: true };
    }
    const literal = one && tight && (first === COLON || behind === at);
    return { at: behind, literal, quotesOnly: false, ...(first === COLON ? { colon: true } : {}) };
  }

  /** `password: string = "…"`, `PASSWORD: &'static str = "…"`: the value is behind the type. The padding of base64 is no sign. */
  #behindType(from: number): number | undefined {
    let type = from;
    while (
      type - from < 40 &&
      ((this.kind(type) & IDENTIFIER) !== 0 ||
        TYPE_SIGNS.has(this.at(type)) ||
        (this.at(type) === APOSTROPHE && this.at(type - 1) === AMPERSAND))
    )
      type++;
    if (type === from || type >= this.to || this.at(type) !== EQUALS) return undefined;
    const value = this.blanks(type + 1);
    const next = this.at(value);
    return next === EQUALS || next <= 32 || next === COMMA || next === CLOSING ? undefined : value;
  }

  /** Is the quoted name the first of its list or call? */
  #isFirst(nameStart: number): boolean {
    let at = nameStart - 1;
    while (at > 0 && ((KIND[this.bytes[at] ?? 0] ?? 0) & QUOTE || this.bytes[at] === BACKSLASH)) at--;
    while (at > 0 && nameStart - at < BLANKS && (this.bytes[at] ?? 0) <= 32) at--;
    return this.bytes[at] === PAREN || this.bytes[at] === BRACKET || this.bytes[at] === 123;
  }

  /** `"name": "DB_PASSWORD", "value": "…"`, `<add key="Password" value="…"/>`, `- name: TOKEN⏎  value: …` */
  #valueAttribute(from: number, closed: boolean): number | undefined {
    let at = from;
    let lines = 0;
    while (at - from < 48) {
      const byte = this.at(at);
      if (byte === NEWLINE) lines++;
      else if (
        byte !== 13 &&
        byte !== 32 &&
        byte !== 9 &&
        !(closed && (byte === COMMA || byte === 34 || byte === 39))
      )
        break;
      at++;
    }
    if (at === from || lines > 1 || (!closed && lines === 0)) return undefined;
    // <meta-data android:name="…" android:value="…"/>; "ParameterKey": "…", "ParameterValue": "…"
    const prefix = VALUE_PREFIXES.find((one) => this.startsWith(at, one));
    at += prefix?.length ?? 0;
    if (!this.word(at, 'value')) return undefined;
    at += 5;
    if ((this.kind(at) & QUOTE) !== 0) at++;
    at = this.blanks(at);
    return this.at(at) === COLON || this.at(at) === EQUALS ? this.blanks(at + 1) : undefined;
  }

  value(opening: Opening): Value | undefined {
    if (opening.until !== undefined) {
      const value = untilEnd(this.bytes, opening.at, this.to, opening.until);
      return value && { ...value, quoted: false, nested: false };
    }
    let at = this.blanks(opening.at);
    if (this.bytes[opening.at - 1] === GREATER && this.bytes[opening.at - 2] !== EQUALS)
      return this.#content(at);
    at = conversionAt(this.bytes, at, this.to) ?? at;
    // One bracket, and what languages put before a quote: b"…", @"…", f'…', L"…".
    const braced = this.at(at) === 123;
    if (this.at(at) === BRACKET || this.at(at) === PAREN || braced) at = this.blanks(at + 1);
    if (
      (this.kind(at) & QUOTE) === 0 &&
      (this.kind(at + 1) & QUOTE) !== 0 &&
      'bBrRfFuUL@$'.includes(String.fromCharCode(this.at(at)))
    )
      at++;
    const wrapping = this.at(at);
    if (wrapping === AMPERSAND || wrapping === BAR || wrapping === GREATER) {
      const inner = unwrapped(this.bytes, at, this.to);
      const value = inner && untilEnd(this.bytes, inner.at, this.to, inner.until);
      if (value !== undefined) return { ...value, quoted: false, nested: false };
    }
    let escapes = 0;
    while (this.at(at) === BACKSLASH && escapes < 4) {
      at++;
      escapes++;
    }
    at = this.#nextLine(at);
    const quote = this.at(at);
    if ((this.kind(at) & QUOTE) === 0) {
      if (escapes > 0 || opening.quotesOnly) return undefined;
      return this.#bare(at, opening.colon === true);
    }
    const start = at + 1;
    const inner = this.#inner(start, quote);
    if (inner !== undefined) return inner;
    for (let end = start; end < this.to; end++) {
      const byte = this.bytes[end] ?? 0;
      if (byte === NEWLINE || byte === 13) return undefined;
      if (byte === BACKSLASH) {
        if (escapes > 0) {
          const piece = this.word(end + 1 + escapes, '.concat');
          return piece ? undefined : { start, end, quoted: true, nested: true };
        }
        end++;
      } else if (byte === quote) {
        // `"password": {"type": …`, and the piece that another text is added to.
        const behind = this.at(this.blanks(end + 1));
        if ((braced && (behind === COLON || behind === EQUALS)) || this.word(end + 1, '.concat'))
          return undefined;
        if (this.isPiece(start, end)) return undefined;
        return { start, end, quoted: true, nested: false };
      }
    }
    return undefined;
  }

  /** Formatters put a text that is too long for its line on the next one, behind the sign or a bracket. */
  #nextLine(at: number): number {
    const first = this.at(at);
    if (first !== NEWLINE && first !== 13) return at;
    let sign = at - 1;
    while (at - sign < BLANKS && (this.kind(sign) & BLANK) !== 0) sign--;
    if (this.at(sign) !== EQUALS && this.at(sign) !== PAREN) return at;
    const next = this.blanks(first === NEWLINE ? at + 1 : at + 2);
    return (this.kind(next) & QUOTE) === 0 ? at : next;
  }

  /** `'"…"'`, `"\\"…\\""`: what Gradle and shells hand on, quotes and all. */
  #inner(from: number, quote: number): Value | undefined {
    let at = from;
    while (at - from < 2 && this.at(at) === BACKSLASH) at++;
    if ((this.kind(at) & QUOTE) === 0 || (at === from && this.at(at) === quote)) return undefined;
    const mark = this.at(at);
    const start = at + 1;
    for (let end = start; end < this.to && end - start < 400; end++) {
      const byte = this.at(end);
      if (byte === NEWLINE || byte === 13 || byte === quote) return undefined;
      if (byte === BACKSLASH || byte === mark)
        return end > start ? { start, end, quoted: true, nested: at > from } : undefined;
    }
    return undefined;
  }

  /** What an XML element holds; of several words in braces (`{AES …}`) the last. */
  #content(from: number): Value | undefined {
    if (this.startsWith(from, CDATA)) {
      const text = untilEnd(this.bytes, from + CDATA.length, this.to, CDATA_END);
      return text && { ...text, quoted: false, nested: false };
    }
    let end = from;
    while (end < this.to && this.bytes[end] !== LESS) end++;
    if (this.at(end) !== LESS || this.at(end + 1) !== SLASH) return undefined;
    while (end > from && (this.at(end - 1) <= 32 || this.at(end - 1) === 125)) end--;
    let start = end;
    while (start > from && this.at(start - 1) > 32 && this.at(start - 1) !== 123) start--;
    return { start, end, quoted: false, nested: false };
  }

  #bare(start: number, colon: boolean): Value | undefined {
    let end = start;
    while (end < this.to && ((KIND[this.bytes[end] ?? 0] ?? 0) & STOP) === 0) end++;
    // What runs out of the window is not known whole; what a bracket follows is code.
    if (end === this.to && end < this.bytes.length) return undefined;
    const next = this.at(end);
    if (next === PAREN || next === BRACKET || next === 123) return undefined;
    // a|b|c: one of several, or a piece of a format.
    if (colon && next === BAR && (this.kind(end + 1) & STOP) === 0) return undefined;
    // `password: Text;` is a type, `this.password=value}` a statement.
    if (next === (colon ? SEMICOLON : CLOSING)) return undefined;
    // An ellipsis: there is more of it elsewhere.
    if (this.at(end - 1) === 46 && this.at(end - 2) === 46 && this.at(end - 3) === 46) return undefined;
    while (end > start && (this.bytes[end - 1] === 46 || this.bytes[end - 1] === COLON)) end--;
    const spoken = colon && this.isSpoken(end);
    return { start, end, quoted: false, nested: false, ...(spoken ? { spoken } : {}) };
  }
}

/** Where the name that holds the anchor begins. */
export function nameStartOf(bytes: Uint8Array, at: number): number {
  let nameStart = at;
  const least = Math.max(0, at - NAME);
  while (nameStart > least && ((KIND[bytes[nameStart - 1] ?? 0] ?? 0) & IDENTIFIER) !== 0) nameStart--;
  return behindColour(bytes, nameStart, at);
}

/** Where it ends. @param from behind the anchor; @param to where the window ends */
export function nameEndOf(bytes: Uint8Array, from: number, to: number): number {
  let nameEnd = from;
  const most = Math.min(to, from + NAME);
  while (nameEnd < most && ((KIND[bytes[nameEnd] ?? 0] ?? 0) & IDENTIFIER) !== 0) nameEnd++;
  return nameEnd;
}

/** ESC [ 32 m begins no name. */
function behindColour(bytes: Uint8Array, nameStart: number, at: number): number {
  if (bytes[nameStart - 1] !== BRACKET || bytes[nameStart - 2] !== ESCAPE) return nameStart;
  let behind = nameStart;
  while (behind < at && (bytes[behind] ?? 0) >= 48 && (bytes[behind] ?? 0) <= 57) behind++;
  return behind < at && bytes[behind] === 109 ? behind + 1 : nameStart;
}

/** @param to where the window ends; the value is read no further */
export function assignmentAt(
  bytes: Uint8Array,
  at: number,
  length: number,
  to: number,
): Assigned | undefined {
  const nameEnd = nameEndOf(bytes, at + length, to);
  const nameStart = nameStartOf(bytes, at);
  const reading = new Reading(bytes, to);
  const opening = reading.opening(nameStart, nameEnd);
  if (opening === undefined) return undefined;
  const value = reading.value(opening);
  if (value === undefined || value.end - value.start < 4) return undefined;
  if (value.quoted && nameEnd - nameStart === 3 && reading.namesAttribute(value.end)) return undefined;
  return {
    nameStart,
    nameEnd,
    ...value,
    literal: opening.literal,
    loose: opening.loose === true,
    called: bytes[opening.at - 1] === PAREN || bytes[opening.at - 1] === COMMA,
    element: bytes[opening.at - 1] === GREATER && bytes[opening.at - 2] !== EQUALS,
    compared: opening.compared === true,
    converted: value.quoted && opening.at < value.start - 1 && bytes[value.start - 2] === PAREN,
    listed: opening.listed === true,
    bracketed: bytes[value.start - 2] === BRACKET,
    isCommented: () => reading.isCommented(nameStart),
    alone:
      !value.quoted &&
      (opening.cell === true ||
        (opening.attribute === true && reading.endsLine(value.end)) ||
        reading.isAlone(nameStart, value.end)),
    spoken: value.spoken === true,
  };
}

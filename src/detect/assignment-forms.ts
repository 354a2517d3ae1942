// Ways to give a name a value with no sign between the two, or with more than a sign: elements and attributes, blocks, defaults,
// commands. Each is tried where the byte behind the name lets it begin, so that prose costs nothing.

/** Where a value begins. */
export interface Form {
  readonly at: number;
  /** Nothing but a text in quotes is a value here. */
  readonly quotesOnly: boolean;
  /** No programming language would put a name here. */
  readonly literal: boolean;
  /** What ends the value, where it is no quote and no blank. */
  readonly until?: RegExp;
  /** A cell of a table. */
  readonly cell?: true;
}

/** As far as a form reaches behind its name. */
const LONG = 240;

const code = (char: string): number => char.charCodeAt(0);
const AMPERSAND = code('&');
const PERCENT = code('%');
const LESS = code('<');
const GREATER = code('>');
const BAR = code('|');
const QUESTION = code('?');
const BRACE = code('{');
const BRACKET = code('[');
const DOLLAR = code('$');
const COMMA = code(',');
const BACKTICK = code('`');
const PAREN = code('(');
const DASH = code('-');
const SEMICOLON = code(';');
const COLON = code(':');
const STAR = code('*');
const SLASH = code('/');
const EQUALS = code('=');
const SMALL_O = code('o');
const SMALL_U = code('u');
const BACKSLASH = code('\\');
const SMALL_R = code('r');
const ESCAPE = 27;
const WIDE = 0xef;

/** The bytes that a form can begin with. */
export const BEGINS = new Uint8Array(256);
for (const char of ';&%*<>{|?:-)],[` \t\r\n') BEGINS[code(char)] = 1;
BEGINS[ESCAPE] = 1;
BEGINS[WIDE] = 1;

function ascii(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, Math.max(0, to - from)).toString('latin1');
}

/** Where `pattern`, sticky, ends when it matches at `at`. */
function past(pattern: RegExp, bytes: Uint8Array, at: number, to: number): number | undefined {
  const text = ascii(bytes, at, Math.min(to, at + LONG));
  pattern.lastIndex = 0;
  return pattern.test(text) ? at + pattern.lastIndex : undefined;
}

// <string name="api_key">…</string>, <property name="password" type="x">…, <setting name="Password" …><value>…
const ATTRIBUTES =
  /(?:\s{1,8}(?!value\s?=)[\w:.-]{1,40}\s?=\s?["'][^"'<>]{0,60}["']){0,3}\s{0,2}>\s{0,24}(?:<value>\s{0,24})?(?:<!\[CDATA\[)?/iy;
const NAMING = /<[\w:.-]{1,40}\s[^<>]{0,80}?\b(?:name|key)\s?=\s?["']$/i;
const ELEMENT_END = /<|\]\]>/;
// <key>ApiKey</key> <string>…</string>, <name>fs.s3a.secret.key</name> <value>…</value>
const SIBLING =
  /<\/(?:\w{1,16}[:-])?(?:key|name)>\s{0,40}<(?:\w{1,16}[:-])?(?:string|value)>\s{0,24}(?:<!\[CDATA\[)?/iy;
// password&quot;: &quot;…&quot;
const ENTITY = /(?:&quot;|&#3[49];)?\s{0,4}[:=]\s{0,4}(?:&quot;|&#3[49];)/y;
const ENTITY_QUOTE = /&(?:quot|#3[49]);/y;
const ENTITY_END = /&(?:quot|#3[49]);/;
// password%3D…, %22password%22%3A%22…
const ENCODED = /(?:%22|%27)?(?:%3D|%3A)(?:%20|\+)?(?:%22|%27)?/iy;
const ENCODED_END = /%(?:22|27|26|2C|3B|7D|0A|0D|20)|[&\s"'<>]/i;
// | password | … |
const CELL = /(?:[ \t]{1,20}`?[ \t]{0,20}\||`?\|(?=[ \t]))[ \t]{0,20}`?(?=[^|\r\n]{1,160}\|)/y;
const CELL_END = /[\s|`]/;
// process.env.TOKEN || '…', os.environ.get("TOKEN") or "…"
const DEFAULT = /["'\])]{0,3}\s{1,4}(?:\|\||\?\?|or)\s{1,4}(?=["'`])/y;
// variable "password" { default = "…" }, "password": { "value": "…" }
const BLOCK =
  /["']?\s{0,4}[:=]?\s{0,4}\{[^{}]{0,160}?(?<![\w])["']?(?:default|value|defaultValue)["']?\s{0,8}[:=]\s{0,4}(?=["'])/y;
// "credentials": { "bob@acme.example": "…" }
const CONTAINER = /["']?\s{0,4}[:=]\s{0,4}\{\s{0,24}["'][^"'\r\n]{1,80}["']\s{0,4}(?::|=>)\s{0,4}(?=["'])/y;
const CONTAINERS = /(?:credentials|secrets|passwords)$/i;
// DbPassword:⏎  Type: String⏎  Default: …
const NESTED =
  /\s{0,3}:[ \t]{0,4}\r?\n(?:[ \t]{1,24}(?!default|value)\w{2,24}:[ \t]{1,4}[^\r\n]{1,80}\r?\n){0,3}[ \t]{1,24}(?:default|value|default_value|defaultValue):[ \t]{1,4}(?!$)/iy;
// gh secret set NAME --body …, put-parameter --name NAME --value …
const FLAG = /\s{1,4}--(?:body|value|secret-string)(?:=|\s{1,4})(?=[^\s-])/y;
const ARROW = /\s{0,4}(?:->|<-)\s{1,4}(?=["'`])/y;
// config("API_KEY", default="…"), String.fromEnvironment('API_KEY', defaultValue: '…')
const DEFAULT_ARGUMENT =
  /,\s{0,24}(?:cast\s?=\s?\w{1,16},\s{0,24})?(?:default(?:_?value)?|fallback)\s{0,2}[:=]\s{0,2}(?=["'])/iy;
// ParameterKey=DbPassword,ParameterValue=…
const PARAMETER = /,ParameterValue=\\{0,2}(?=[^\s,])/y;
// char password[] = "…", const char key[33] = "…"
const ARRAY = /\[\d{0,5}\]\s{0,8}=\s{0,8}(?=["'])/y;
// public string Password { get; set; } = "…"
const ACCESSORS =
  /\s{0,24}\{\s{0,24}(?:\w{1,9}\s)?(?:get|set|init)\b[^{}"']{0,60}\}\s{0,24}=\s{0,24}(?=[@$]?")/y;
// std::string password{"…"}
const BRACES = /\{(?=["'])/y;
// password: |⏎  …
const YAML_BLOCK = /[|>][+-]?\d?[ \t]{0,4}\r?\n[ \t]{1,24}/y;
const YAML_BLOCK_END = /\s/;
// s:8:"password";s:12:"…"
const SERIALIZED = /;s:\d{1,6}:(?=\\{0,3}")/y;
// password\u0022:\u0022…, token\u003d…
const ESCAPED = /(?:\\{1,4}u002[27])?\s{0,4}(?::|\\{1,4}u003[adAD])\s{0,4}(?:\\{1,4}u002[27])?/y;
const ESCAPED_END = /[\\"'&\s<>]/;
const COLOUR = /(?:[^ -~]\[[\d;]{0,8}m){1,3}\s{0,3}[:=]\s{0,3}(?:[^ -~]\[[\d;]{0,8}m){0,3}\s{0,3}/y;
const COLOUR_END = /[^!-~]/;
// **password**: …
const BOLD = /\*{1,2}\s{0,2}:\s{1,3}`?/y;
const WIDE_COLON = /\xef\xbc\x9a\s{0,3}/y;
// ENV NAME …, setenv NAME …, set -gx NAME …, \set NAME …, SetEnv NAME …, fastcgi_param NAME …, npm config set NAME …
const COMMAND =
  /(?:^|[\s;&|])(?:ENV|ARG|setenv|setx|set -[A-Za-z]{1,3}|\\set|#\s{0,3}define|SetEnv|(?:fastcgi|uwsgi|scgi)_param|(?:config|configure) set)[ \t]$/;
const LAST = new Set(['NV', 'RG', 'nv', 'tx', '-x', '-g', '-U', 'gx', 'xg', 'Ux', 'xU', 'et', 'ne', 'am']);
// set $api_key …
const SET = /(?:^|[\s;{])set[ \t]$/;

/** The two bytes before the blank, as numbers: the first in the low byte. */
export const COMMANDS: readonly number[] = [...LAST].map(
  (pair) => pair.charCodeAt(0) | (pair.charCodeAt(1) << 8),
);

/** @param at behind the name and its closing quote; @param nameStart where the name begins */
export function formAt(
  bytes: Uint8Array,
  nameStart: number,
  at: number,
  closed: boolean,
  to: number,
): Form | undefined {
  const next = at < to ? (bytes[at] ?? 0) : 0;
  if (BEGINS[next] !== 1) return undefined;
  switch (next) {
    case SEMICOLON:
      return closed ? found(past(SERIALIZED, bytes, at, to), true) : undefined;
    case AMPERSAND:
      return ended(past(ENTITY, bytes, at, to), ENTITY_END);
    case PERCENT:
      return ended(past(ENCODED, bytes, at, to), ENCODED_END);
    case WIDE:
      return found(past(WIDE_COLON, bytes, at, to), false);
    case ESCAPE:
      return ended(past(COLOUR, bytes, at, to), COLOUR_END);
    case STAR:
      return closed ? undefined : found(past(BOLD, bytes, at, to), false);
    case LESS:
      if (!closed && bytes[at + 1] === SLASH) return ended(past(SIBLING, bytes, at, to), ELEMENT_END);
      break;
    case COMMA:
      return closed
        ? found(past(DEFAULT_ARGUMENT, bytes, at, to), true)
        : found(past(PARAMETER, bytes, at, to), false);
    case BRACKET:
      return closed ? undefined : found(past(ARRAY, bytes, at, to), true);
    default:
  }
  if (closed && (next === GREATER || next <= 32) && bytes[nameStart - 2] === EQUALS) {
    const content = past(ATTRIBUTES, bytes, at, to);
    if (content !== undefined && NAMING.test(ascii(bytes, Math.max(0, nameStart - 128), nameStart)))
      return ended(content, ELEMENT_END);
  }
  const behind = behindClosing(bytes, at, to);
  const second = bytes[behind + 1] ?? 0;
  switch (bytes[behind] ?? 0) {
    case BAR:
    case QUESTION: {
      const by = past(DEFAULT, bytes, at, to);
      if (by !== undefined) return found(by, true);
      const inQuotes = closed && bytes[at - 1] !== BACKTICK;
      const cell = inQuotes || bytes[behind] !== BAR ? undefined : past(CELL, bytes, at, to);
      return cell === undefined
        ? undefined
        : { at: cell, quotesOnly: false, literal: false, until: CELL_END, cell: true };
    }
    case SMALL_O:
    case SMALL_O - 32:
      return (second | 32) === SMALL_R ? found(past(DEFAULT, bytes, at, to), true) : undefined;
    case BRACE:
      if (closed) return block(bytes, nameStart, at, closed, to);
      return found(past(behind === at ? BRACES : ACCESSORS, bytes, at, to), true);
    case COLON:
      if (opensBlock(bytes, behind + 1, to)) return block(bytes, nameStart, at, closed, to);
      return endsLine(bytes, behind + 1, to) ? found(past(NESTED, bytes, at, to), false) : undefined;
    case DASH:
      if (second === DASH) return found(past(FLAG, bytes, at, to), false);
      return second === GREATER ? found(past(ARROW, bytes, at, to), true) : undefined;
    case LESS:
      return second === DASH ? found(past(ARROW, bytes, at, to), true) : undefined;
    default:
      return !closed && next !== 0 && next <= 32 && followsCommand(bytes, nameStart)
        ? { at, quotesOnly: false, literal: true }
        : undefined;
  }
}

function block(
  bytes: Uint8Array,
  nameStart: number,
  at: number,
  closed: boolean,
  to: number,
): Form | undefined {
  const by =
    past(BLOCK, bytes, at, to) ??
    (closed && CONTAINERS.test(ascii(bytes, nameStart, at - 1)) ? past(CONTAINER, bytes, at, to) : undefined);
  return found(by, true);
}

function opensBlock(bytes: Uint8Array, from: number, to: number): boolean {
  let at = from;
  while (at < to && at - from < 4 && (bytes[at] ?? 0) <= 32) at++;
  return bytes[at] === BRACE;
}

function endsLine(bytes: Uint8Array, from: number, to: number): boolean {
  let at = from;
  while (at < to && at - from < 4 && (bytes[at] === 32 || bytes[at] === 9)) at++;
  return bytes[at] === 10 || bytes[at] === 13;
}

/** `ENV `, `setenv `, `set -x ` …: told from the two bytes before the blank, since nearly all names follow a word of prose. */
function followsCommand(bytes: Uint8Array, nameStart: number): boolean {
  const blank = bytes[nameStart - 1] ?? 0;
  if (blank !== 32 && blank !== 9) return false;
  const pair = String.fromCharCode(bytes[nameStart - 3] ?? 0, bytes[nameStart - 2] ?? 0);
  if (!LAST.has(pair)) return false;
  const before = ascii(bytes, Math.max(0, nameStart - 24), nameStart);
  return COMMAND.test(before) || (bytes[nameStart] === DOLLAR && SET.test(before));
}

/** The first byte behind blanks, and behind what closes an index or a call. */
function behindClosing(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && at - from < 8) {
    const byte = bytes[at] ?? 0;
    if (byte !== 32 && byte !== 9 && byte !== 41 && byte !== 93 && byte !== 96) break;
    at++;
  }
  return at;
}

function found(at: number | undefined, quotesOnly: boolean): Form | undefined {
  return at === undefined ? undefined : { at, quotesOnly, literal: !quotesOnly };
}

function ended(at: number | undefined, until: RegExp): Form | undefined {
  return at === undefined ? undefined : { at, quotesOnly: false, literal: true, until };
}

// Calls that hand on the text that they are given: []byte("…"), SecretStr("…"), Buffer.from("…", 'hex'), aws.String("…")
const CONVERSION =
  /(?:(?:new\s)?(?:\[\](?:byte|rune)|Buffer\.from|(?:[a-z]\w{0,11}\.)?(?:SecretStr|SecretString|Secret|StringPtr|String|ToPtr|Some)|str|bytes(?:\.fromhex)?|bytearray(?:\.fromhex)?|std::string|strdup|string|Optional\.of|String(?:\.from|\.valueOf)|(?:base64\.)?b64decode|base64_decode|atob|Base64\.(?:strict_)?decode64|Convert\.FromBase64String|hex\.DecodeString|hex2bin|Encoding\.\w{4,7}\.GetBytes|SecretValue\.(?:unsafePlainText|plainText)|(?:new\s)?AzureKeyCredential)\(\s{0,12}){1,3}(?=[@$bur]?["'`])/y;

/** Where the quote stands of a text that is handed on by a call; undefined where there is no such call. */
export function conversionAt(bytes: Uint8Array, at: number, to: number): number | undefined {
  const first = bytes[at] ?? 0;
  if (first !== BRACKET && ((first | 32) < 97 || (first | 32) > 122)) return undefined;
  // Told from a few bytes: a word, and a bracket behind it.
  let behind = at;
  while (behind < to && behind - at < 32 && HANDS_ON[bytes[behind] ?? 0] === 1) behind++;
  return bytes[behind] === PAREN && behind > at ? past(CONVERSION, bytes, at, to) : undefined;
}

const HANDS_ON = Uint8Array.from({ length: 256 }, (_, byte) =>
  /[\w.:[\] ]/.test(String.fromCharCode(byte)) ? 1 : 0,
);

/** Where the signs around a value are escaped by their numbers, as in JSON inside of a page. */
export function escapedAt(bytes: Uint8Array, at: number, to: number): Form | undefined {
  let behind = at;
  while (behind - at < 4 && bytes[behind] === BACKSLASH) behind++;
  return bytes[behind] === SMALL_U ? ended(past(ESCAPED, bytes, at, to), ESCAPED_END) : undefined;
}

/** What begins a value in front of which there was a sign, and is no part of it: a quote of markup, a block of YAML. */
export function unwrapped(
  bytes: Uint8Array,
  at: number,
  to: number,
): { readonly at: number; readonly until: RegExp } | undefined {
  const entity = past(ENTITY_QUOTE, bytes, at, to);
  if (entity !== undefined) return { at: entity, until: ENTITY_END };
  const block = past(YAML_BLOCK, bytes, at, to);
  return block === undefined ? undefined : { at: block, until: YAML_BLOCK_END };
}

/** Where the value of a form that says what ends it stands. */
export function untilEnd(
  bytes: Uint8Array,
  from: number,
  to: number,
  until: RegExp,
): { readonly start: number; readonly end: number } | undefined {
  const text = ascii(bytes, from, to);
  const length = text.search(until);
  if (length === -1) return undefined;
  return { start: from, end: from + text.slice(0, length).trimEnd().length };
}

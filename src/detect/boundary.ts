// A key may stand right behind an escape whose last character is a letter or a digit: `\nghp_…` in a JSON string,
// `%3Dghp_…` in an address, a colour in a log. To the pattern the key then begins its text.

const BACKSLASH = 92;
const PERCENT = 37;
const EQUALS = 61;

function isHex(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 70) || (byte >= 97 && byte <= 102);
}

/** Does an escape end at `at`? Looks at 12 bytes before it at most. */
export function endsEscape(bytes: Uint8Array, at: number): boolean {
  const last = bytes[at - 1];
  if (last === undefined) return false;
  // \n \r \t \b \f \v \0
  if (bytes[at - 2] === BACKSLASH) return 'nrtbfv0'.includes(String.fromCharCode(last));
  if (isHex(last) && isHex(bytes[at - 2])) {
    if (bytes[at - 3] === PERCENT) return true;
    if (bytes[at - 4] === BACKSLASH && bytes[at - 3] === 120) return true;
    if (isHex(bytes[at - 3]) && isHex(bytes[at - 4]) && bytes[at - 5] === 117 && bytes[at - 6] === BACKSLASH)
      return true;
  }
  // Quoted-printable mail: =3D is `=`, =22 a quote, =20 a blank
  if (
    bytes[at - 3] === EQUALS &&
    ((bytes[at - 2] === 51 && last === 68) ||
      (bytes[at - 2] === 50 && (last === 48 || last === 50 || last === 55)))
  ) {
    return true;
  }
  return last === 109 && endsColour(bytes, at - 2);
}

/** ESC [ digits and semicolons, before the `m`; ESC itself, or `\x1b`, `\u001b`, `\033`, `\e` for it. */
function endsColour(bytes: Uint8Array, from: number): boolean {
  let at = from;
  while (from - at < 8 && (((bytes[at] ?? 0) >= 48 && (bytes[at] ?? 0) <= 57) || bytes[at] === 59)) at--;
  if (bytes[at] !== 91) return false;
  const before = bytes[at - 1] ?? 0;
  return before === 27 || before === 98 || before === 66 || before === 51 || before === 101;
}

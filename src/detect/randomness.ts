/** Does a string look as if a machine had drawn it? */
export function looksRandom(value: string): boolean {
  return new Set(value).size >= 8;
}

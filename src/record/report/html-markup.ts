// HTML that is put together from parts. The law: a string is a stranger's word and is escaped; only what this template made
// itself goes in as it is.

import { escapeMarkup } from './markup.ts';

/** Finished HTML. Nothing but `html` makes it. */
export class Markup {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  static of(strings: TemplateStringsArray, parts: readonly Part[]): Markup {
    return new Markup(strings.reduce((text, piece, index) => text + written(parts[index - 1]) + piece));
  }

  toString(): string {
    return this.#text;
  }
}

export type Part = string | number | Markup | readonly Part[] | false | null | undefined;

/** In elements and in double-quoted attributes. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return Markup.of(strings, parts);
}

function written(part: Part): string {
  if (part === undefined || part === null || part === false) return '';
  if (typeof part === 'string') return escapeMarkup(part);
  if (typeof part === 'number') return String(part);
  return part instanceof Markup ? part.toString() : part.map(written).join('');
}

/** An address that a person may follow: the web alone. */
export function webLink(url: string | undefined): string | undefined {
  return url !== undefined && /^https?:\/\//i.test(url) && URL.canParse(url) ? url : undefined;
}

import { plain } from './plain.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for XML and HTML, in elements and in quoted attributes. What XML cannot hold is written out first. */
export function escapeMarkup(text: string): string {
  // U+FFFE and U+FFFF are no XML characters: https://www.w3.org/TR/xml/#charsets
  return plain(text)
    .replace(/[\ufffe\uffff]/g, '?')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

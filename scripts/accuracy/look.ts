import type { Detector } from '../../src/detect/index.ts';

/** What a look tells: never the secret. */
export interface Found {
  readonly rule: string;
  readonly line: number;
  readonly endLine: number;
}

/** @param id the case that is looked at, where it is one */
export type Look = (bytes: Uint8Array, path: string, id?: string) => readonly Found[];

/** Git's rule, as readers have it: a NUL among the first 8000 bytes is no text. */
export function isText(bytes: Uint8Array): boolean {
  return !bytes.subarray(0, 8000).includes(0);
}

/** Looks at a text as a whole, as a scan does; what `keyburn:allow` or its own checksum speaks against is no report. */
export function lookWith(detector: Detector): Look {
  return (bytes, path) =>
    isText(bytes)
      ? detector
          .look({
            origin: { kind: 'file', path },
            bytes,
            offset: 0,
            line: 1,
            column: 1,
            ranges: [{ from: 0, to: bytes.length }],
          })
          .findings.filter((finding) => !finding.allowed && finding.doubt !== 'malformed')
          .map((finding) => ({
            rule: finding.rule.id,
            line: finding.span.line,
            endLine: finding.span.endLine,
          }))
      : [];
}

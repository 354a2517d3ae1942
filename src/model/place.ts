/** Where a chunk's bytes come from. `path` is relative to the target, with forward slashes; `-` is stdin. */
export type Origin =
  | {
      readonly kind: 'file';
      /** For a member of an archive, the archive's path, `!/`, and the member's: `build.zip!/conf/app.env`. */
      readonly path: string;
      readonly repository?: string;
      /** The path of the file on disk, where that is an archive and `path` one of its members. */
      readonly archive?: string;
    }
  | { readonly kind: 'stream'; readonly path: string }
  | { readonly kind: 'blob'; readonly repository: string; readonly oid: string }
  | {
      readonly kind: 'message';
      readonly repository: string;
      readonly oid: string;
      readonly of: 'commit' | 'tag';
    }
  /** What a code host keeps beside a repository: an issue, a comment, release notes, a file of a run's log. */
  | {
      readonly kind: 'hosted';
      /** The target that it was read from: `github:owner/name`. */
      readonly repository: string;
      /** Within it: `issues/12`, `actions/runs/7/attempts/1/logs.zip!/build/3_Test.txt`. */
      readonly path: string;
    };

/** Where in its origin a secret stands. Lines and columns count from 1; columns in UTF-16 code units as far as the line decodes. */
export interface Span {
  /** Byte offset in the origin's text (after UTF-16 has become UTF-8). */
  readonly start: number;
  /** Byte offset behind the last byte. */
  readonly end: number;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
}

/** Who brought it, and when: from git, for hits alone. */
export interface Attribution {
  /** Object id of the first commit that has the bytes at this path. */
  readonly commit: string;
  readonly author: string;
  readonly email: string;
  /** RFC 3339, author's date. */
  readonly date: string;
}

/** A place that a person can open: the answer to "where is it". */
export interface Place {
  readonly kind: Origin['kind'];
  readonly path: string;
  /** 0 where nobody knows it: a report to an issuer may name a page alone. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  /** Absolute path of the repository or of the folder that was the target. */
  readonly repository?: string;
  /** Object id of the blob, commit or tag that holds the bytes. */
  readonly object?: string;
  readonly commit?: string;
  readonly author?: string;
  readonly email?: string;
  readonly date?: string;
  /** Web address, when the host of the repository is known. */
  readonly url?: string;
}

/** `path:line`, and the path alone where no line is known. */
export function spotOf({ path, object, line }: Pick<Place, 'path' | 'object' | 'line'>): string {
  const name = path === '' ? (object ?? '?') : path;
  return line > 0 ? `${name}:${line}` : name;
}

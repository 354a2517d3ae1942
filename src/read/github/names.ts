// The sources, those that cost least to read first.

export const REPOSITORY_SOURCES = [
  'issues',
  'issue-comments',
  'review-comments',
  'reviews',
  'commit-comments',
  'releases',
  'wiki',
  'logs',
  'assets',
  'artifacts',
] as const;

/** How the words of a gap end that the next scan looks at again. */
export const TRIED_AGAIN = 'the next scan tries it again';

/** As `--sources` names it. */
export type SourceName = (typeof REPOSITORY_SOURCES)[number] | 'gists';

export const SOURCE_NAMES: readonly SourceName[] = [...REPOSITORY_SOURCES, 'gists'];

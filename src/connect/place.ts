import type { Leak } from '../keyservice/index.ts';
import type { Place } from '../model/index.ts';

/** Where a report says that a key was: nothing that keyburn could read again. */
export function placeOf({ foundAt }: Pick<Leak, 'foundAt'>): Place {
  const { url, path, commit, repository, line = 0 } = foundAt;
  return {
    kind: 'stream',
    path: path ?? repository ?? 'a report',
    line: Math.max(line, 0),
    column: 1,
    endLine: Math.max(line, 0),
    ...(url === undefined ? {} : { url }),
    ...(commit === undefined ? {} : { commit }),
  };
}

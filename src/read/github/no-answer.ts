// A host that gives no answer at all. Octokit calls that status 500 and asks again after 1, 4 and 9 seconds, as if a server had said it.

import type { Octokit } from '@octokit/rest';

/** Nobody is there, or nobody has that name: another try after a moment, for a server that just starts, and no more. */
const ONCE_MORE = 1;
const NOBODY: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there, the connection is refused',
  ENOTFOUND: 'there is no host of that name',
};

/** Why no answer came, in words without an address; undefined where one came, whatever it said. */
export function noAnswer(error: unknown): string | undefined {
  if (!(error instanceof Error)) return 'no answer';
  if ('response' in error && error.response !== undefined) return undefined;
  const code = codeOf(error);
  return (code === undefined ? undefined : NOBODY[code]) ?? `no answer (${code ?? error.name})`;
}

/** A plugin for an Octokit, to be named before that of the retries. */
export function impatient(octokit: Pick<Octokit, 'hook'>): void {
  octokit.hook.error('request', (error, options) => {
    const code = codeOf(error);
    if (code !== undefined && Object.hasOwn(NOBODY, code)) options.request.retries = ONCE_MORE;
    throw error;
  });
}

/** What the system says is the cause of a cause. */
function codeOf(error: unknown): string | undefined {
  for (let at: unknown = error; at instanceof Error; at = at.cause)
    if ('code' in at && typeof at.code === 'string') return at.code;
  return undefined;
}

import type { LogOutcome, RunLog } from '../model/index.ts';
import { type GitHubClient, parseGitHubTarget } from '../read/index.ts';

/**
 * Deletes the logs of a run, all attempts. Needs a token that may write actions. Never rejects.
 * https://docs.github.com/rest/actions/workflow-runs#delete-workflow-run-logs
 */
export function logDeleter(client: (host: string) => Promise<GitHubClient | undefined>, signal: AbortSignal) {
  return async ({ target, run }: RunLog): Promise<LogOutcome> => {
    const { host, owner, name } = parseGitHubTarget(target);
    const github = await client(host);
    if (github === undefined || name === undefined) return { deleted: false, why: `${host} is not known` };
    const path = `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}/actions/runs/${run}/logs`;
    try {
      await github.request(`DELETE ${github.api}${path}`, { headers: {}, request: { signal } });
      return { deleted: true };
    } catch (error) {
      const status = error instanceof Error && 'status' in error ? Number(error.status) : 0;
      if (status === 404 || status === 410) return { deleted: true };
      return {
        deleted: false,
        why:
          status === 403
            ? 'the token may not delete it: it needs actions: write'
            : `GitHub answers ${status}`,
      };
    }
  };
}

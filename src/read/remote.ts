import { answer, GitError } from './git.ts';
import type { Repository } from './repository.ts';

export interface RemoteRepository {
  /** Lower case, with the port where one is given. */
  readonly host: string;
  /** Everything between host and repository: `owner`, or `group/subgroup`. */
  readonly owner: string;
  readonly repo: string;
}

/** Takes user, password and query off a URL: what is left may be printed. */
export function withoutCredentials(url: string): string {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(url)) return url;
  const keepsUser = /^(ssh|git\+ssh):/i.test(url);
  const bare = url.replace(/[?#].*$/s, '');
  return bare.replace(/^([a-z][a-z0-9+.-]*:\/\/)([^/]*)@/i, (_all, scheme: string, user: string) => {
    const name = user.split(':')[0] ?? '';
    return keepsUser && name !== '' ? `${scheme}${name}@` : scheme;
  });
}

/** Reads `https://host/owner/repo.git`, `ssh://git@host/owner/repo` and `git@host:owner/repo`; undefined for paths and the rest. */
export function parseRemote(url: string): RemoteRepository | undefined {
  const full = /^(?:https?|ssh|git|git\+ssh):\/\/(?:[^/@]*@)?([^/]+)\/(.+)$/i.exec(url);
  const short = full ? null : /^(?:[^/@:]+@)?([^/:@]+):(?!\/\/)(.+)$/.exec(url);
  const [, host = '', rest = ''] = full ?? short ?? [];
  const parts = rest
    .replace(/[?#].*$/s, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .split('/')
    .filter(Boolean);
  const repo = parts.pop();
  if (host.length < 2 || repo === undefined || parts.length === 0) return undefined;
  return { host: hostName(host, /^(ssh|git\+ssh):/i.test(url)), owner: parts.join('/'), repo };
}

function hostName(host: string, ssh: boolean): string {
  const name = host.toLowerCase();
  // GitHub's second door for ssh: https://docs.github.com/authentication/troubleshooting-ssh/using-ssh-over-the-https-port
  if (/^ssh\.github\.com(:443)?$/.test(name)) return 'github.com';
  if (name === 'altssh.bitbucket.org:443') return 'bitbucket.org';
  if (name === 'www.github.com') return 'github.com';
  return ssh ? name.replace(/:\d+$/, '') : name.replace(/:443$/, '');
}

/** Web address of a line of a file, or of a commit; undefined where the host's way of writing it is not known. */
export function webAddress(
  remote: string,
  at: { commit: string; path?: string; line?: number },
): string | undefined {
  const where = parseRemote(remote);
  if (!where) return undefined;
  const base = `https://${where.host}/${where.owner}/${where.repo}`;
  const path = at.path?.split('/').map(encodeURIComponent).join('/');
  switch (where.host) {
    case 'github.com':
      return path === undefined
        ? `${base}/commit/${at.commit}`
        : `${base}/blob/${at.commit}/${path}#L${at.line ?? 1}`;
    case 'gitlab.com':
      return path === undefined
        ? `${base}/-/commit/${at.commit}`
        : `${base}/-/blob/${at.commit}/${path}#L${at.line ?? 1}`;
    case 'bitbucket.org':
      return path === undefined
        ? `${base}/commits/${at.commit}`
        : `${base}/src/${at.commit}/${path}#lines-${at.line ?? 1}`;
    default:
      return undefined;
  }
}

/** The remote of a repository: `origin`, else the only one; undefined where there is none or a choice. Without credentials. */
export async function remoteOf(repository: Repository): Promise<{ url?: string; any: boolean }> {
  if (repository.clonedFrom !== undefined) return { url: repository.clonedFrom, any: true };
  let listed: string;
  try {
    listed = await answer(repository, ['config', '-z', '--get-regexp', '^remote\\..*\\.url$']);
  } catch (error) {
    if (error instanceof GitError) return { any: false };
    throw error;
  }
  const urls = new Map<string, string>();
  for (const entry of listed.split('\0').filter(Boolean)) {
    const newline = entry.indexOf('\n');
    const name = entry.slice('remote.'.length, newline - '.url'.length);
    if (newline > 0 && !urls.has(name)) urls.set(name, entry.slice(newline + 1));
  }
  const url = urls.get('origin') ?? (urls.size === 1 ? [...urls.values()][0] : undefined);
  return { any: urls.size > 0, ...(url === undefined ? {} : { url: withoutCredentials(url) }) };
}

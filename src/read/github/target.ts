import { SetupError } from '../../model/index.ts';

/** What of a GitHub is meant: a repository, or the gists of a user or of an organisation's members. */
export interface GitHubTarget {
  /** `github.com`, `ghe.example.com` */
  readonly host: string;
  readonly owner: string;
  readonly name: string | undefined;
}

const HOST = 'github.com';
const PART = /^[\w.-]{1,100}$/;

export function isGitHubTarget(target: string): boolean {
  return target.startsWith('github:');
}

/** Reads `github:OWNER/NAME`, `github:OWNER`, and `github:HOST/OWNER/NAME`. @throws SetupError */
export function parseGitHubTarget(target: string): GitHubTarget {
  const parts = target.slice('github:'.length).split('/');
  const [host = '', owner = '', name] = parts.length === 3 ? parts : [HOST, ...parts];
  const wrong =
    parts.length > 3 ||
    !/^[\w.-]+(?::\d+)?$/.test(host) ||
    [owner, ...(name === undefined ? [] : [name])].some((part) => !PART.test(part) || /^\.+$/.test(part));
  if (wrong)
    throw new SetupError(`${target}: not a repository of GitHub`, {
      hint: 'write github:OWNER/NAME, github:OWNER for gists, github:HOST/OWNER/NAME for an Enterprise server',
    });
  return { host, owner, name };
}

/** The other way round: one spelling for each. */
export function printGitHubTarget({ host, owner, name }: GitHubTarget): string {
  return `github:${host === HOST ? '' : `${host}/`}${owner}${name === undefined ? '' : `/${name}`}`;
}

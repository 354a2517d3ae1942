// Who looks after a path, in the words of its repository: for keys that no issuer and no commit names an owner of, such as one in a
// log. The law: the file is read from the default branch, and it only says who is told.

import picomatch from 'picomatch';
import type { KnownRepository } from '../record/index.ts';
import { type GitHub, GitHubFault } from './github.ts';

/** In the order in which GitHub looks for it. */
// https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
const PLACES = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];

/** Users, teams and mail addresses; empty: nobody is named. The last line that fits counts, also where it names nobody. */
export function ownersIn(codeowners: string, path: string): readonly string[] {
  for (const line of codeowners.split(/\r?\n/).reverse()) {
    const [pattern = '', ...owners] = line
      .replace(/(^|\s)#.*$/, '')
      .trim()
      .split(/\s+/);
    if (pattern !== '' && fits(pattern, path)) return owners;
  }
  return [];
}

/** As in .gitignore, without `!` and ranges of characters. */
function fits(pattern: string, path: string): boolean {
  const bare = pattern.replace(/^\//, '').replace(/\/$/, '');
  const anchored = pattern.startsWith('/') || bare.includes('/');
  const from = anchored ? bare : `**/${bare}`;
  // A folder stands for all in it; `docs/*` is for files that lie there themselves.
  const globs = pattern.endsWith('/') ? [`${from}/**`] : bare.endsWith('/*') ? [from] : [from, `${from}/**`];
  return picomatch.isMatch(path, globs, {
    dot: true,
    nobrace: true,
    nobracket: true,
    noextglob: true,
    nonegate: true,
  });
}

/** Asks its host once. Undefined where nobody is named, or nothing can be said: that stops nothing. */
export function codeOwnersOf(
  repository: KnownRepository,
  github: GitHub,
): (path: string) => Promise<string | undefined> {
  let asked: Promise<string> | undefined;
  return async (path) => {
    asked ??= textOf(repository, github);
    const owners = ownersIn(await asked, path);
    return owners.length === 0 ? undefined : owners.join(' ');
  };
}

async function textOf({ name }: KnownRepository, github: GitHub): Promise<string> {
  try {
    for (const place of PLACES) {
      const { data } = (await github.get(`/repos/${name}/contents/${place}`)) ?? {};
      if (typeof data === 'object' && data !== null && 'content' in data && typeof data.content === 'string')
        return Buffer.from(data.content, 'base64').toString();
    }
  } catch (error) {
    if (!(error instanceof GitHubFault)) throw error;
  }
  return '';
}

import { expect, test } from 'vitest';
import { parseRemote, webAddress, withoutCredentials } from '../../src/read/remote.ts';

test.each([
  ['https://github.com/owner/repo.git', 'github.com owner repo'],
  ['https://user:pass@github.com/owner/repo/', 'github.com owner repo'],
  ['https://ghe.example.com:8443/o/r.js', 'ghe.example.com:8443 o r.js'],
  ['ssh://git@github.com/owner/repo.git', 'github.com owner repo'],
  ['ssh://git@ssh.github.com:443/owner/repo.git', 'github.com owner repo'],
  ['git@github.com:owner/repo.git', 'github.com owner repo'],
  ['GitHub.com:owner/repo', 'github.com owner repo'],
  ['https://gitlab.com/group/sub/repo.git', 'gitlab.com group/sub repo'],
  ['/srv/git/repo.git', undefined],
  ['../other', undefined],
  ['file:///srv/owner/repo', undefined],
  ['C:\\git\\repo', undefined],
  ['https://github.com/owner', undefined],
])('%s is %s', (url, expected) => {
  const parsed = parseRemote(url);
  expect(parsed && `${parsed.host} ${parsed.owner} ${parsed.repo}`).toBe(expected);
});

test.each([
  ['https://user:pass@host/o/r?token=x#y', 'https://host/o/r'],
  ['https://token@host/o/r', 'https://host/o/r'],
  ['https://a:p@ss@host/o/r', 'https://host/o/r'], // keyburn:allow an at sign in a password
  ['ssh://git:pass@host/o/r', 'ssh://git@host/o/r'],
  ['ssh://git@host/o/r', 'ssh://git@host/o/r'],
  ['git@host:o/r', 'git@host:o/r'],
  ['/srv/a@b/c', '/srv/a@b/c'],
])('%s without credentials', (url, expected) => {
  expect(withoutCredentials(url)).toBe(expected);
});

test('web addresses of the hosts whose way is known', () => {
  const at = { commit: 'abc', path: 'a b/#1?.txt', line: 7 };
  expect(webAddress('git@github.com:o/r.git', at)).toBe(
    'https://github.com/o/r/blob/abc/a%20b/%231%3F.txt#L7',
  );
  expect(webAddress('https://gitlab.com/g/s/r', at)).toBe(
    'https://gitlab.com/g/s/r/-/blob/abc/a%20b/%231%3F.txt#L7',
  );
  expect(webAddress('https://bitbucket.org/o/r', at)).toBe(
    'https://bitbucket.org/o/r/src/abc/a%20b/%231%3F.txt#lines-7',
  );
  expect(webAddress('https://github.com/o/r', { commit: 'abc' })).toBe('https://github.com/o/r/commit/abc');
  expect(webAddress('https://example.com/o/r', at)).toBeUndefined();
});

import { expect, test } from 'vitest';
import { codeOwnersOf, ownersIn } from '../../src/fleet/codeowners.ts';
import { type GitHub, GitHubFault } from '../../src/fleet/github.ts';
import type { KnownRepository } from '../../src/record/index.ts';

const text = `# everything
*               @acme/all
*.tf            @acme/platform infra@acme.example
/build/logs/    @ada
docs/*          @writers
apps/           @apps   # a comment
/scripts/deploy @ops
/vendored/      
**/secret       @security
`;

// As GitHub's own page explains each kind of line.
test.each([
  ['README.md', ['@acme/all']],
  ['deep/down/main.tf', ['@acme/platform', 'infra@acme.example']],
  ['build/logs/today/a.txt', ['@ada']],
  ['other/build/logs/a.txt', ['@acme/all']],
  ['docs/start.md', ['@writers']],
  ['docs/guide/start.md', ['@acme/all']],
  ['apps/web/a.ts', ['@apps']],
  ['more/apps/a.ts', ['@apps']],
  ['scripts/deploy', ['@ops']],
  ['scripts/deploy/prod.sh', ['@ops']],
  ['vendored/x.js', []],
  ['a/b/secret/key.pem', ['@security']],
  ['actions/runs/7/attempts/1/logs.zip', ['@acme/all']],
])('%s is looked after by %j', (path, owners) => {
  expect(ownersIn(text, path)).toEqual(owners);
});

test('patterns are data: braces, ranges and negation mean themselves', () => {
  expect(ownersIn('{a,b}.ts @x', 'a.ts')).toEqual([]);
  expect(ownersIn('!a.ts @x', 'b.ts')).toEqual([]);
});

const repository = { name: 'acme/shop' } as KnownRepository;

function host(answers: Readonly<Record<string, string | Error>>): { github: GitHub; asked: string[] } {
  const asked: string[] = [];
  const get = async (path: string) => {
    asked.push(path);
    const said = answers[path];
    if (said instanceof Error) throw said;
    return said === undefined
      ? undefined
      : { data: { content: Buffer.from(said).toString('base64') }, more: false };
  };
  return { github: { get } as unknown as GitHub, asked };
}

test('the host is asked where GitHub looks, in its order, and once', async () => {
  const { github, asked } = host({ '/repos/acme/shop/contents/CODEOWNERS': '* @ada @bob' });
  const owners = codeOwnersOf(repository, github);
  expect([await owners('a'), await owners('b')]).toEqual(['@ada @bob', '@ada @bob']);
  expect(asked).toEqual([
    '/repos/acme/shop/contents/.github/CODEOWNERS',
    '/repos/acme/shop/contents/CODEOWNERS',
  ]);
});

test('where the host says no, nobody is named', async () => {
  const no = new GitHubFault('forbidden', 'no');
  const { github } = host({ '/repos/acme/shop/contents/.github/CODEOWNERS': no });
  expect(await codeOwnersOf(repository, github)('a')).toBeUndefined();
});

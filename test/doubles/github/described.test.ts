// The double is only worth something if what it says is what GitHub says: drift has to be seen.
import { expect, test } from 'vitest';
import { exampleOf, faultsOfAnswer, faultsOfRequest } from './described.ts';
import { type Route, startGitHub } from './index.ts';

const SARIFS = 'POST /repos/{owner}/{repo}/code-scanning/sarifs';

async function asked(
  route: Route,
  method: string,
  path: string,
  body?: unknown,
): Promise<() => Promise<void>> {
  const double = await startGitHub('/nonexistent', [route]);
  const headers = { authorization: `token ${double.token}` };
  await fetch(`${double.api}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return () => double.close();
}

test.each([
  ['a number for an id', { id: 7 }],
  ['a list', []],
])('an answer that GitHub would not give is refused when the double closes: %s', async (_what, body) => {
  const close = await asked(
    { operation: SARIFS, answer: () => ({ status: 202, body }) },
    'POST',
    '/repos/a/b/code-scanning/sarifs',
    {
      commit_sha: 'a'.repeat(40),
      ref: 'refs/heads/main',
      sarif: 'x',
    },
  );
  await expect(close()).rejects.toThrow(/the answer 202/);
});

test('a status that the operation does not have, and a body without what it needs', async () => {
  const route: Route = { operation: SARIFS, answer: () => ({ status: 201, body: {} }) };
  const close = await asked(route, 'POST', '/repos/a/b/code-scanning/sarifs', { ref: 'refs/heads/main' });
  await expect(close()).rejects.toThrow(/the body: .*commit_sha[\s\S]*answers no 201/);
});

test('a call that the double has no route for is not passed over', async () => {
  const close = await asked(
    { operation: SARIFS, answer: () => undefined },
    'GET',
    '/repos/a/b/no-such-thing',
  );
  await expect(close()).rejects.toThrow('GET /repos/a/b/no-such-thing: no route of the double');
});

test('GitHub’s own examples fit its own description', () => {
  const comment = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
  expect(faultsOfAnswer(comment, 201, exampleOf(comment, 201))).toEqual([]);
  expect(faultsOfAnswer(comment, 201, { ...exampleOf(comment, 201), user: null })).toEqual([]);
  expect(faultsOfAnswer(comment, 201, { ...exampleOf(comment, 201), user: 7 })).not.toEqual([]);
  expect(
    faultsOfAnswer(comment, 403, { message: 'no', documentation_url: 'https://docs.github.com' }),
  ).toEqual([]);
  expect(faultsOfRequest(comment, { body: 'x' })).toEqual([]);
  expect(faultsOfRequest(comment, {})).not.toEqual([]);
});

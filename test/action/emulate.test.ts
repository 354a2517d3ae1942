// The telling paths once more, against a GitHub that we did not write: emulate 0.12.2. It knows repositories, issues, comments and
// permissions; it has no code scanning, so an upload there is what a repository without it is: a warning.
import { createEmulator } from 'emulate';
import { expect, onTestFinished, test } from 'vitest';
import { startIssuer } from './issuer.ts';
import { type Ask, key, Stage, type Step } from './stage.ts';

interface Comment {
  readonly id: number;
  readonly body: string;
}

async function scene(visibility: 'public' | 'private') {
  const stage = await Stage.set();
  const github = await createEmulator({
    service: 'github',
    port: 0,
    seed: {
      tokens: { [stage.github.token]: { login: 'acme', scopes: ['repo'] } },
      github: {
        users: [{ login: 'acme' }, { login: 'eve' }],
        repos: [{ owner: 'acme', name: 'shop', private: visibility === 'private' }],
      },
    },
  });
  onTestFinished(() => github.close());
  const headers = { authorization: `token ${stage.github.token}`, 'content-type': 'application/json' };
  const issue = await fetch(`${github.url}/repos/acme/shop/issues`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ title: 'a change' }),
  });
  expect(issue.status).toBe(201);
  const comments = async () =>
    (await (await fetch(`${github.url}/repos/acme/shop/issues/1/comments`, { headers })).json()) as Comment[];
  const step = (ask: Ask): Promise<Step> =>
    stage.step({ ...ask, env: { ...ask.env, GITHUB_API_URL: github.url } });
  return { stage, comments, step };
}

test('one comment, made and then updated; an upload without code scanning is a warning with its remedy', async () => {
  const { stage, comments, step } = await scene('public');
  stage.commit({ a: 'x\n' });
  stage.push('main');
  stage.git('checkout', '-q', '-b', 'feature');
  stage.commit({ conf: `token = "${key(1)}"\n` });
  stage.push('feature');
  const inputs = { comment: 'true', 'upload-sarif': 'true' };
  const first = await step({ ...stage.pull('feature', { number: 1 }), inputs });
  expect((await comments()).map(({ body }) => body.split('\n')[1])).toEqual([
    '## keyburn: 1 leaked key (1 unknown)',
  ]);
  expect(first.lines.filter((line) => line.includes('SARIF'))).toEqual([
    expect.stringMatching(/^::warning .*SARIF was not uploaded: HTTP 404.*code scanning is not there/),
  ]);
  expect(first.lines.filter((line) => line.includes('got no comment'))).toEqual([]);
  stage.git('reset', '-q', '--hard', 'HEAD~1');
  stage.push('feature', { force: true });
  await step({ ...stage.pull('feature', { number: 1 }), inputs });
  expect((await comments()).map(({ body }) => body.split('\n')[1])).toEqual(['## keyburn: no leaked keys']);
});

test.each(['public', 'private'] as const)(
  'a schedule asks who can read the repository: %s',
  async (visibility) => {
    const { stage, step } = await scene(visibility);
    stage.commit({ conf: `token = "${key(1)}"\n` });
    const { sha, ref } = stage.push('main');
    const { report } = await step({ name: 'schedule', payload: {}, sha, ref });
    expect(report.findings).toMatchObject([{ exposure: visibility }]);
  },
);

test('a yes counts by the permission that GitHub tells', async () => {
  const [{ stage, step }, issuer] = [await scene('private'), await startIssuer()];
  const leaked = await issuer.mint();
  stage.commit({ a: 'x\n' });
  stage.push('main');
  stage.github.visibility = 'private';
  stage.commit({ conf: `KEY=${leaked}\n` });
  const push = stage.push('main');
  const inputs = { verify: 'true', revoke: 'true', 'fingerprint-key': '0f'.repeat(16) };
  const { report } = await step({ ...push, env: issuer.env, inputs });
  const [{ id } = { id: '' }] = report.findings as unknown as { id: string }[];
  const comment = (login: string) =>
    step({
      name: 'issue_comment',
      payload: {
        action: 'created',
        comment: { body: `/keyburn approve ${id.slice(0, 12)}`, user: { login, type: 'User' } },
        issue: { number: 1 },
        repository: stage.repository(),
      },
      sha: push.sha,
      ref: push.ref,
      env: issuer.env,
      inputs,
    });
  const denied = await comment('eve');
  expect([denied.stdout, await issuer.lives(leaked)]).toEqual([
    expect.stringContaining('not approved'),
    true,
  ]);
  const granted = await comment('acme');
  expect([granted.outputs['revoked-count'], await issuer.lives(leaked)]).toEqual(['1', false]);
});

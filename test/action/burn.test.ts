// What the Action does with live keys, and whose word counts for it: the base branch's policy, a person with write access,
// never the change under scan and never a fork.
import { expect, test } from 'vitest';
import { type Issuer, startIssuer } from './issuer.ts';
import { Stage } from './stage.ts';

const FINGERPRINTS = { 'fingerprint-key': '0f'.repeat(16) };

async function scene(
  files: Record<string, string> = {},
): Promise<{ stage: Stage; issuer: Issuer; key: string }> {
  const [stage, issuer] = [await Stage.set(), await startIssuer()];
  stage.commit({ readme: 'shop\n', ...files });
  stage.push('main');
  return { stage, issuer, key: await issuer.mint() };
}

const live = (inputs: Record<string, string> = {}) => ({ verify: 'true', ...inputs });

test('public and live, armed: burned and proved; not armed: a plan, and exit code 3', async () => {
  const { stage, issuer, key } = await scene();
  stage.commit({ env: `KEY=${key}\n` });
  const push = { ...stage.push('main'), depth: 1, env: issuer.env };
  const dry = await stage.step({ ...push, inputs: live() });
  expect(dry.code).toBe(3);
  expect(dry.outputs).toMatchObject({ 'live-count': '1', 'revoked-count': '0' });
  expect(dry.stdout).toMatch(/^::error file=env,line=1,.*keyburn%3A/m);
  expect(dry.summary).toContain('revoke&#58; true in the workflow');
  expect(await issuer.lives(key)).toBe(true);

  const armed = await stage.step({ ...push, inputs: live({ revoke: 'true' }) });
  expect(await issuer.lives(key)).toBe(false);
  expect(armed.code).toBe(1);
  expect(armed.outputs).toMatchObject({ 'live-count': '0', 'revoked-count': '1', 'dead-count': '1' });
  expect(armed.stdout).toMatch(/^::notice file=env/m);
  expect(armed.summary).toContain('revoked');

  const relaxed = await stage.step({ ...push, inputs: live({ 'fail-on': 'live' }) });
  expect(relaxed.code).toBe(0);
});

test('a fork’s pull request is judged, but burns nothing, whatever inputs and environment say', async () => {
  const { stage, issuer, key } = await scene();
  stage.git('checkout', '-q', '-b', 'gift');
  stage.commit({ env: `KEY=${key}\n`, 'keyburn.toml': '[policy]\nbreaker = 99\n' });
  stage.push('gift');
  for (const name of ['pull_request', 'pull_request_target']) {
    const ask = { ...stage.pull('gift', { fork: true }), name, depth: 1, env: issuer.env };
    const step = await stage.step({ ...ask, inputs: live({ revoke: 'true' }) });
    expect(step.code).toBe(3);
    expect(step.outputs).toMatchObject({ 'live-count': '1', 'revoked-count': '0' });
    expect(step.stdout).toContain('a pull request from a fork: nothing is revoked');
  }
  expect(await issuer.lives(key)).toBe(true);
});

test('a fork gets no configured fingerprint key and no channel, and is not red for that', async () => {
  const { stage } = await scene({
    'keyburn.toml':
      '[fingerprint]\nenv = "NOT_FOR_FORKS"\n\n[[notify]]\nname = "team"\nkind = "slack"\nurl-env = "NOT_FOR_FORKS"\n',
  });
  stage.git('checkout', '-q', '-b', 'gift');
  stage.commit({ clean: 'x\n' });
  stage.push('gift');
  const step = await stage.step({ ...stage.pull('gift', { fork: true }), depth: 1, inputs: live() });
  expect([step.code, step.stderr]).toEqual([0, '']);
});

test('policy, ignore file and rules come from the base; the change’s own are data', async () => {
  const rule = (id: string, start: string) =>
    `provider = "Acme"\n[[rule]]\nid = "${id}"\ntitle = "Acme key"\nseverity = "high"\nservices = []\nliterals = ["${start}"]\npattern = '''(?<secret>${start}[0-9]{12})'''\nmatch = ["${start}{{digits:12}}"]\nmiss = ["${start}1"]\n`;
  const { stage, issuer, key } = await scene({
    'keyburn.toml': 'rules = ["ci/rules"]\n[[policy.rule]]\nwhen = { service = "keyburn" }\nact = "notify"\n',
    'ci/rules/acme.toml': rule('acme-key', 'acmekey'),
  });
  stage.git('checkout', '-q', '-b', 'feature');
  stage.commit({
    env: `KEY=${key}\nACME=acmekey${'739104'}825617\nEVIL=evilkey${'204817'}395566\n`,
    'keyburn.toml': 'rules = ["ci/rules"]\n',
    'ci/rules/acme.toml': rule('evil-key', 'evilkey'),
  });
  stage.push('feature');
  const ask = { ...stage.pull('feature'), depth: 1, env: issuer.env };
  const step = await stage.step({ ...ask, inputs: live({ revoke: 'true' }) });
  expect(step.report.findings).toMatchObject([
    { rule: 'keyburn-live-key', decision: { act: 'notify' } },
    { rule: 'acme-key' },
  ]);
  expect(await issuer.lives(key)).toBe(true);

  const inside = await stage.step({ ...ask, inputs: live({ config: '../keyburn.toml' }) });
  expect(inside.code).toBe(2);
  expect(inside.stdout).toContain('leads out of the repository');
});

test('a config in the checkout is refused by its absolute path, one outside of it is the operator’s', async () => {
  const { stage } = await scene();
  stage.commit({ clean: 'x\n' });
  const push = { ...stage.push('main'), depth: 1 };
  const outside = `${stage.folder}/operator.toml`;
  const missing = await stage.step({ ...push, inputs: { config: outside } });
  expect([missing.code, missing.stdout]).toEqual([
    2,
    expect.stringContaining('operator.toml: cannot be read'),
  ]);
  const step = await stage.step({
    ...push,
    inputs: { config: `${stage.work}/keyburn.toml` },
    env: { GITHUB_WORKSPACE: stage.work },
  });
  expect([step.code, step.stdout]).toEqual([2, expect.stringContaining('lies in the checkout')]);
});

test('without a trusted side nothing is revoked: the first push of the default branch', async () => {
  const [stage, issuer] = [await Stage.set(), await startIssuer()];
  const key = await issuer.mint();
  stage.commit({ env: `KEY=${key}\n` });
  const step = await stage.step({
    ...stage.push('main'),
    depth: 1,
    env: issuer.env,
    inputs: live({ revoke: 'true' }),
  });
  expect(step.code).toBe(3);
  expect(await issuer.lives(key)).toBe(true);
  expect(step.stdout).toContain('nothing is revoked: the default branch had nothing before this push');
});

test('private and live: the policy asks; a comment of somebody with write access is the answer', async () => {
  const { stage, issuer, key } = await scene();
  stage.github.visibility = 'private';
  stage.git('checkout', '-q', '-b', 'feature');
  stage.commit({ env: `KEY=${key}\n` });
  stage.push('feature');
  const pull = stage.pull('feature');
  const inputs = live({ revoke: 'true', ...FINGERPRINTS });
  const asked = await stage.step({ ...pull, depth: 1, env: issuer.env, inputs });
  expect(asked.code).toBe(3);
  const [{ handle } = { handle: '' }] = JSON.parse(asked.outputs.incidents ?? '[]') as { handle: string }[];
  expect(asked.summary).toContain(`/keyburn approve ${handle}`);

  const number = 7;
  stage.github.pulls.set(number, (pull.payload as { pull_request: unknown }).pull_request);
  const comment = (login: string, more = {}) =>
    stage.step({
      name: 'issue_comment',
      payload: {
        action: 'created',
        comment: { body: `/keyburn approve ${handle}`, user: { login, type: 'User' } },
        issue: { number, pull_request: {} },
        repository: stage.repository(),
      },
      sha: stage.git('rev-parse', 'main'),
      ref: 'refs/heads/main',
      depth: 1,
      env: issuer.env,
      inputs: { ...inputs, ...more },
    });
  stage.github.permissions.set('reader', 'read').set('writer', 'write');
  for (const login of ['stranger', 'reader', 'writer/../../x']) {
    const denied = await comment(login);
    expect([denied.code, denied.stdout]).toEqual([0, expect.stringContaining('not approved')]);
  }
  expect(await issuer.lives(key)).toBe(true);
  const unarmed = await comment('writer', { revoke: 'false' });
  expect(unarmed.code).toBe(3);
  expect(await issuer.lives(key)).toBe(true);

  const granted = await comment('writer');
  expect(await issuer.lives(key)).toBe(false);
  expect(granted.outputs).toMatchObject({ 'revoked-count': '1' });
  expect(granted.report.findings).toMatchObject([
    { decision: { because: expect.stringContaining('approved by writer') } },
  ]);
});

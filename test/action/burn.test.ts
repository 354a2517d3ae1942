// What the Action does with live keys, and whose word counts for it: the base branch's policy, a person with write access,
// never the change under scan and never a fork.
import { expect, test } from 'vitest';
import { type Issuer, startIssuer } from './issuer.ts';
import { key as keyWithoutIssuer, Stage } from './stage.ts';

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

const NUMBER = 7;

/** A private repository, a pull request with two live keys, and people who comment on it. */
async function asking() {
  const { stage, issuer, key } = await scene();
  const other = await issuer.mint();
  stage.github.visibility = 'private';
  stage.git('checkout', '-q', '-b', 'feature');
  stage.commit({ env: `KEY=${key}\n`, other: `KEY=${other}\n` });
  stage.push('feature');
  const pull = stage.pull('feature');
  const inputs = live({ revoke: 'true', ...FINGERPRINTS });
  const asked = await stage.step({ ...pull, depth: 1, env: issuer.env, inputs });
  const { findings } = asked.report as unknown as { findings: { id: string; place: { path: string } }[] };
  const handle = findings.find(({ place }) => place.path === 'env')?.id.slice(0, 12) ?? '';
  stage.github.pulls.set(NUMBER, (pull.payload as { pull_request: unknown }).pull_request);
  const comment = (login: string, body = `/keyburn approve ${handle}`, more = {}) =>
    stage.step({
      name: 'issue_comment',
      payload: {
        action: 'created',
        comment: { body, user: { login, type: 'User' } },
        issue: { number: NUMBER, pull_request: {} },
        repository: stage.repository(),
      },
      sha: stage.git('rev-parse', 'main'),
      ref: 'refs/heads/main',
      env: issuer.env,
      inputs: { ...inputs, ...more },
    });
  return { stage, issuer, keys: [key, other] as const, asked, handle, comment };
}

test('private and live: the policy asks; a comment of somebody with write access burns that key, and no other', async () => {
  const { stage, issuer, keys, asked, handle, comment } = await asking();
  expect(asked.code).toBe(3);
  expect(asked.summary).toContain(`/keyburn approve ${handle}`);
  const alive = () => Promise.all(keys.map((one) => issuer.lives(one)));
  stage.github.permissions.set('writer', 'write');
  const unarmed = await comment('writer', undefined, { revoke: 'false' });
  expect([unarmed.code, await alive()]).toEqual([3, [true, true]]);
  const wrong = await comment('writer', `/keyburn approve ${'f'.repeat(12)}`);
  expect(wrong.stdout).toContain('no key that was found has the handle ffffffffffff');
  expect(await alive()).toEqual([true, true]);

  const granted = await comment('writer');
  expect(await alive()).toEqual([false, true]);
  expect(granted.code).toBe(3);
  expect(granted.outputs).toMatchObject({ 'revoked-count': '1', 'live-count': '1' });
  expect(granted.report.findings).toMatchObject([
    { place: { path: 'env' }, decision: { because: expect.stringContaining('approved by writer') } },
    { place: { path: 'other' }, decision: { act: 'ask' } },
  ]);
});

test('a yes to one key arms nothing else: what the policy would burn by itself is planned, not done', async () => {
  const { stage, issuer, keys, comment } = await asking();
  stage.github.permissions.set('writer', 'write');
  // Meanwhile the repository is public: the policy would burn both.
  stage.github.visibility = 'public';
  const granted = await comment('writer');
  expect(await Promise.all(keys.map((one) => issuer.lives(one)))).toEqual([false, true]);
  expect(granted.report.findings).toMatchObject([
    { place: { path: 'env' }, receipt: { outcome: 'revoked' } },
    { place: { path: 'other' }, decision: { act: 'burn' }, receipt: { outcome: 'planned' } },
  ]);
});

test('who may approve: write and admin; nobody else, and nobody where GitHub does not say', async () => {
  const { stage, issuer, keys, comment } = await asking();
  const { permissions } = stage.github;
  permissions.set('reader', 'read').set('triager', 'read').set('boss', 'admin');
  for (const login of ['stranger', 'reader', 'triager', 'writer/../../x', 'a b']) {
    const denied = await comment(login);
    expect([denied.code, denied.stdout]).toEqual([0, expect.stringContaining('not approved')]);
  }
  stage.github.refuse = ({ path }) =>
    path.endsWith('/permission') ? { status: 403, message: 'no' } : undefined;
  const unknown = await comment('boss');
  expect([unknown.code, unknown.stdout]).toEqual([
    0,
    expect.stringContaining('not approved: who may write to this repository cannot be told (HTTP 403: no)'),
  ]);
  stage.github.refuse = undefined;
  expect(await Promise.all(keys.map((one) => issuer.lives(one)))).toEqual([true, true]);
  await comment('boss');
  expect(await Promise.all(keys.map((one) => issuer.lives(one)))).toEqual([false, true]);
});

test('a runner that keeps its state: a step killed while it burned; the next one finds the key in the repository', async () => {
  const { stage, issuer, key } = await scene();
  const other = await issuer.mint();
  const env = { ...issuer.env, KEYBURN_HOME: `${stage.folder}/kept` };
  stage.commit({ env: `KEY=${key}\n` });
  const push = { ...stage.push('main'), depth: 1, env, inputs: live({ revoke: 'true' }) };
  issuer.meddle = (request) => {
    if (!request.endsWith('/revoke')) return false;
    stage.running?.kill('SIGKILL');
    issuer.meddle = undefined;
    return true;
  };
  expect((await stage.step(push)).code).toBe(null);

  // Its folder is gone with the job; the next push brings another key, and is armed for both.
  stage.forget();
  stage.commit({ env: 'clean\n', other: `KEY=${other}\n` });
  const next = await stage.step({ ...stage.push('main'), depth: 1, env, inputs: live({ revoke: 'true' }) });
  expect(await Promise.all([key, other].map((one) => issuer.lives(one)))).toEqual([false, false]);
  expect([next.code, next.outputs.complete, next.outputs['revoked-count']]).toEqual([1, 'true', '2']);
  expect(JSON.stringify(next.report)).not.toContain(stage.folder);
  expect(next.report.findings).toMatchObject([
    { place: { path: 'env', repository: `${stage.github.url}/acme/shop.git` } },
    { place: { path: 'other' } },
  ]);
});

test('the same where the key is nowhere any more: the step says so, and is not clean', async () => {
  const { stage, issuer } = await scene();
  const env = { ...issuer.env, KEYBURN_HOME: `${stage.folder}/kept` };
  const start = stage.git('rev-parse', 'HEAD');
  stage.commit({ env: `KEY=${await issuer.mint()}\n` });
  const inputs = live({ revoke: 'true' });
  const push = { ...stage.push('main'), depth: 1, env, inputs };
  issuer.meddle = (request) => {
    if (request.endsWith('/revoke')) stage.running?.kill('SIGKILL');
    return request.endsWith('/revoke');
  };
  expect((await stage.step(push)).code).toBe(null);
  issuer.meddle = undefined;
  stage.forget();
  stage.git('reset', '-q', '--hard', start);
  stage.git('push', '-q', '--force', 'origin', 'main');
  stage.in(stage.bare, 'gc', '-q', '--prune=now');
  stage.commit({ clean: 'x\n' });
  const next = await stage.step({ ...stage.push('main'), depth: 1, env, inputs });
  expect([next.code, next.outputs.complete]).toEqual([2, 'false']);
  expect(next.stdout).toMatch(
    /the key of incident [0-9a-f]{12} is not there any more, and its revocation is unfinished/,
  );
});

test('a runner that keeps the state of several repositories: each ends its own work', async () => {
  const { stage, issuer, key } = await scene();
  const env = { ...issuer.env, KEYBURN_HOME: `${stage.folder}/kept` };
  stage.commit({ env: `KEY=${key}\n` });
  const inputs = live({ revoke: 'true' });
  issuer.meddle = (request) => {
    if (request.endsWith('/revoke')) stage.running?.kill('SIGKILL');
    return request.endsWith('/revoke');
  };
  expect((await stage.step({ ...stage.push('main'), depth: 1, env, inputs })).code).toBe(null);
  const asked: string[] = [];
  issuer.meddle = (request) => asked.push(request) === 0;
  stage.forget();
  stage.commit({ clean: 'x\n' });
  const push = stage.push('main');
  stage.in(stage.folder, 'clone', '-q', '--bare', stage.bare, 'host/acme/third.git');
  const elsewhere = { ...env, GITHUB_REPOSITORY: 'acme/third' };
  const step = await stage.step({ ...push, env: elsewhere, inputs });
  expect([step.code, step.outputs.complete, asked]).toEqual([0, 'true', []]);
});

test('a configuration that is neither in the checkout nor in what was pushed is fetched from the default branch', async () => {
  const { stage, issuer, key } = await scene({
    'keyburn.toml': '[[policy.rule]]\nwhen = { service = "keyburn" }\nact = "notify"\n',
  });
  stage.git('checkout', '-q', '--orphan', 'island');
  stage.git('rm', '-q', '-rf', '.');
  stage.commit({ env: `KEY=${key}\n` });
  const step = await stage.step({
    ...stage.push('island'),
    env: issuer.env,
    inputs: live({ revoke: 'true' }),
  });
  expect(step.report.findings).toMatchObject([{ decision: { act: 'notify' } }]);
  expect(await issuer.lives(key)).toBe(true);
});

test('an issuer that does not answer: unknown, neither live nor dead, and asked again by the next run (trl#6759)', async () => {
  const { stage, issuer, key } = await scene();
  stage.commit({ env: `KEY=${key}\n` });
  const push = { ...stage.push('main'), depth: 1, env: issuer.env };
  issuer.meddle = () => true;
  const armed = await stage.step({ ...push, inputs: live({ revoke: 'true' }) });
  expect(armed.code).toBe(1);
  expect(armed.outputs).toMatchObject({ 'unknown-count': '1', 'live-count': '0', 'revoked-count': '0' });
  expect(armed.stdout).toMatch(/^::warning file=env,line=1,.*unknown/m);
  // Whoever wants red for living keys alone gets no red for a slow issuer, and no green word either.
  const relaxed = await stage.step({ ...push, inputs: live({ 'fail-on': 'live' }) });
  expect([relaxed.code, relaxed.lines.at(-1)]).toEqual([0, expect.stringContaining('1 unknown')]);
  issuer.meddle = undefined;
  const again = await stage.step({ ...push, inputs: live({ revoke: 'true' }) });
  expect(again.outputs).toMatchObject({ 'unknown-count': '0', 'revoked-count': '1' });
  expect(await issuer.lives(key)).toBe(false);
});

test('among many keys the living one is the first that is named', async () => {
  const { stage, issuer, key } = await scene();
  const quiet = Array.from({ length: 12 }, (_, index) => [
    `a${index}`,
    `token = "${keyWithoutIssuer(index)}"\n`,
  ]);
  stage.commit({ ...Object.fromEntries(quiet), zz: `KEY=${key}\n` });
  const step = await stage.step({ ...stage.push('main'), depth: 1, env: issuer.env, inputs: live() });
  const annotations = step.lines.filter((line) => /^::(?:error|warning|notice) file=/.test(line));
  expect([annotations.length, annotations[0]]).toEqual([
    11,
    expect.stringMatching(/^::error file=zz,line=1,/),
  ]);
  expect(
    step.summary.split('\n').find((line) => line.startsWith('| ') && !line.startsWith('| State')),
  ).toContain('<b>live</b>');
  expect(step.lines).toContain('2 more: see the job summary and the report file');
});

// What is said, and what is not: masks before lines, annotations within limits, strangers' words that stay words, and
// GitHub's refusals as warnings.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { commentBy } from '../doubles/github/index.ts';
import { key, outputsOf, Stage } from './stage.ts';

test('every output is set on every way out', async () => {
  const stage = await Stage.set();
  stage.commit({ a: 'clean\n' });
  const { payload, ...ask } = stage.push('main');
  const names = outputsOf().sort();
  expect(names.length).toBeGreaterThan(8);
  const ways = [
    { ...ask, payload },
    { name: 'issue_comment', payload: {} },
    { name: 'push', payload: {} },
  ];
  for (const way of ways) expect(Object.keys((await stage.step(way)).outputs).sort()).toEqual(names);
});

test('a commit message, a path and an author full of commands stay words (huggingface.js#745)', async () => {
  const stage = await Stage.set();
  stage.commit({ a: 'x\n' });
  stage.push('main');
  const evil =
    '$(touch pwned)`id`"\';&|\n::set-env name=X::y\n::error::boo\r\n##[add-path]/tmp\n%0A::stop-commands::z';
  stage.git('config', 'user.name', 'x');
  const path = 'a,b::c##[set-env name=Y]%0A::warning::d/[x](https://evil.example)<img src=x>|@everyone.txt';
  stage.write({ [path]: `token = "${key(1)}"\n` });
  stage.git('add', '.');
  stage.git(
    'commit',
    '-q',
    '--author=::error::Eve [x](y) <eve@example.com>',
    '-m',
    `${evil}\ntoken = "${key(2)}"`,
  );
  const step = await stage.step({ ...stage.push('main'), depth: 1 });
  expect([...step.masks].sort()).toEqual([key(1), key(2)].sort());
  // One line for each finding, and the last word; whatever else the runner would take for a command is not there.
  expect(step.lines).toHaveLength(3);
  for (const line of step.lines)
    expect(line).toMatch(
      /^(?:::warning (?:file=[^:,]+,line=\d+,endLine=\d+,col=\d+,)?title=keyburn%3A [^:]*::|keyburn: 2 leaked keys)/,
    );
  expect(step.lines.at(-1)).not.toMatch(/##\[|^\s*::/);
  for (const markup of ['<img', '](', '@everyone', '::', '##', '](https'])
    expect(step.summary.split('\n').slice(3).join('\n')).not.toContain(markup);
  expect(step.summary.match(/^\| .*\|$/gm)).toHaveLength(3);
  expect(Object.keys(step.outputs).sort()).toEqual(outputsOf().sort());
});

test('fourteen keys: ten annotations, the rest is counted and in the summary', async () => {
  const stage = await Stage.set();
  stage.commit({ a: 'x\n' });
  stage.push('main');
  stage.commit(
    Object.fromEntries(Array.from({ length: 14 }, (_, index) => [`f${index}`, `token = "${key(index)}"\n`])),
  );
  const step = await stage.step({ ...stage.push('main'), depth: 1 });
  expect(step.masks).toHaveLength(14);
  // Masks first: no line before the last of them.
  expect(step.stdout.lastIndexOf('::add-mask::')).toBeLessThan(step.stdout.indexOf('::warning'));
  expect(step.lines.filter((line) => line.startsWith('::'))).toHaveLength(10);
  expect(step.lines).toContain('4 more: see the job summary and the report file');
  expect(step.summary.match(/^\| unknown.*\|$/gm)).toHaveLength(14);
});

test('SARIF: written where asked, uploaded as GitHub takes it; the names of alerts are the same in every run', async () => {
  const stage = await Stage.set();
  stage.commit({ a: 'x\n' });
  stage.push('main');
  stage.commit({ conf: `token = "${key(1)}"\n` });
  const push = { ...stage.push('main'), depth: 1 };
  const file = `${stage.folder}/keyburn.sarif`;
  const inputs = { 'sarif-file': file, 'upload-sarif': 'true' };
  const step = await stage.step({ ...push, inputs });
  expect([step.outputs['sarif-file'], step.lines.some((line) => line.includes('not uploaded'))]).toEqual([
    file,
    false,
  ]);
  const [call] = stage.github.calls;
  expect(call).toMatchObject({ method: 'POST', path: '/repos/acme/shop/code-scanning/sarifs' });
  const body = call?.body as Record<string, string>;
  expect(body).toMatchObject({ commit_sha: push.sha, ref: 'refs/heads/main', tool_name: 'keyburn' });
  const uploaded = gunzipSync(Buffer.from(body.sarif ?? '', 'base64')).toString('utf8');
  expect(uploaded).toBe(readFileSync(file, 'utf8'));
  const names = (text: string) =>
    [...text.matchAll(/"primaryLocationLineHash":"([^"]+)"/g)].map(([, name]) => name);
  expect(names(uploaded)).toHaveLength(1);
  await stage.step({ ...push, inputs });
  expect(names(readFileSync(file, 'utf8'))).toEqual(names(uploaded));
});

test.each([
  [
    'no permission',
    { status: 403, message: 'Resource not accessible by integration' },
    'security-events: write',
  ],
  [
    'code scanning off',
    { status: 403, message: 'Code Security must be enabled for this repository' },
    'Code Security',
  ],
  [
    'the rate limit',
    {
      status: 403,
      message: 'API rate limit exceeded',
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '4102444800' },
    },
    'the rate limit of the API is used up',
  ],
  ['a fault of GitHub', { status: 422, message: 'Unprocessable' }, 'HTTP 422'],
])('SARIF upload refused: %s is a warning, not a red build', async (_what, refusal, words) => {
  const stage = await Stage.set();
  stage.github.refuse = () => refusal;
  stage.commit({ a: 'clean\n' });
  const step = await stage.step({
    ...stage.push('main'),
    depth: 1,
    inputs: { 'upload-sarif': 'true', comment: 'true' },
  });
  expect(step.code).toBe(0);
  expect(step.lines.filter((line) => line.startsWith('::warning'))).toEqual([expect.stringContaining(words)]);
});

test('one comment, made when there is something to say, then updated; a stranger’s comment is left alone', async () => {
  const stage = await Stage.set();
  stage.commit({ a: 'x\n' });
  stage.push('main');
  stage.git('checkout', '-q', '-b', 'feature');
  stage.commit({ clean: 'y\n' });
  stage.push('feature');
  const { comments } = stage.github;
  const step = () => stage.step({ ...stage.pull('feature'), depth: 1, inputs: { comment: 'true' } });
  for (let id = 1; id <= 101; id++)
    comments.push(
      commentBy(id, '<!-- keyburn --> mine', { login: 'eve', type: 'User', association: 'NONE' }),
    );
  await step();
  expect(comments).toHaveLength(101);
  stage.commit({ conf: `token = "${key(1)}"\n` });
  stage.push('feature');
  await step();
  expect(comments).toHaveLength(102);
  expect(comments.at(-1)?.body).toMatch(/^<!-- keyburn -->\n## keyburn: 1 leaked key/);
  stage.git('reset', '-q', '--hard', 'HEAD~1');
  stage.push('feature', { force: true });
  await step();
  expect(comments).toHaveLength(102);
  expect(comments.at(-1)?.body).toContain('no leaked keys');
  expect(comments.slice(0, 101).every(({ body }) => body === '<!-- keyburn --> mine')).toBe(true);
});

test('inputs that are wrong are named all at once, without their values', async () => {
  const stage = await Stage.set();
  const inputs = {
    'fail-on': 'sometimes',
    verify: 'perhaps',
    'fingerprint-key': 'not-hex',
    base: '--output=x',
  };
  const step = await stage.step({ name: 'push', inputs });
  expect(step.code).toBe(2);
  for (const name of Object.keys(inputs)) expect(step.stdout).toContain(`input ${name} `);
  for (const value of Object.values(inputs)) expect(step.stdout).not.toContain(value);
});

test('SARIF: what became of the upload is asked until it is known, and a refusal is said in GitHub’s words', async () => {
  const stage = await Stage.set();
  stage.commit({ a: `token = "${key(1)}"\n` });
  const ask = { ...stage.push('main'), depth: 1, inputs: { 'upload-sarif': 'true' } };
  const asked = () => stage.github.calls.splice(0).filter(({ method }) => method === 'GET').length;
  const about = (step: { lines: readonly string[] }) => step.lines.filter((line) => /SARIF/.test(line));
  stage.github.processing.push({ processing_status: 'pending' });
  const slow = await stage.step(ask);
  expect([about(slow), asked()]).toEqual([[], 2]);
  stage.github.processing.push({ processing_status: 'failed', errors: ['too many ::error::results\n##[x]'] });
  const failed = await stage.step(ask);
  expect(about(failed)).toEqual([
    '::warning title=keyburn::code scanning has refused the SARIF: too many ::error::results%0A##[x]',
  ]);
  expect([failed.code, slow.code]).toEqual([1, 1]);
  stage.github.refuse = ({ method }) => (method === 'GET' ? { status: 403, message: 'no' } : undefined);
  const silent = await stage.step(ask);
  expect(about(silent)).toEqual(['SARIF was uploaded; what became of it cannot be asked: HTTP 403: no']);
});

test('a used up rate limit: who can read the repository stays unknown, and the scan is as whole as before', async () => {
  const stage = await Stage.set();
  stage.commit({ a: `token = "${key(1)}"\n` });
  const { sha, ref } = stage.push('main');
  stage.github.refuse = () => ({
    status: 403,
    message: 'API rate limit exceeded',
    headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '4102444800' },
  });
  const step = await stage.step({ name: 'schedule', payload: {}, sha, ref });
  expect(step.report.findings).toMatchObject([{ exposure: 'unknown' }]);
  expect([step.code, step.outputs.complete, step.stderr]).toEqual([1, 'true', '']);
});

test('a call that GitHub wants a moment later is made then, without a word', async () => {
  const stage = await Stage.set();
  stage.commit({ a: 'x\n' });
  stage.push('main');
  stage.git('checkout', '-q', '-b', 'feature');
  stage.commit({ conf: `token = "${key(1)}"\n` });
  stage.push('feature');
  let early = true;
  stage.github.refuse = ({ method }) => {
    if (method !== 'POST' || !early) return undefined;
    early = false;
    return {
      status: 429,
      message: 'You have exceeded a secondary rate limit',
      headers: { 'retry-after': '1' },
    };
  };
  const step = await stage.step({ ...stage.pull('feature'), depth: 1, inputs: { comment: 'true' } });
  expect(step.lines.filter((line) => line.includes('got no comment'))).toEqual([]);
  expect(stage.github.comments).toHaveLength(1);
});

test('without the permission for a comment: a warning that names it', async () => {
  const stage = await Stage.set();
  stage.commit({ conf: `token = "${key(1)}"\n` });
  stage.push('main');
  const head = stage.git('rev-parse', 'HEAD');
  stage.git('checkout', '-q', '--orphan', 'base');
  stage.commit({ b: 'y\n' });
  stage.push('base');
  stage.github.refuse = ({ method }) =>
    method === 'POST' ? { status: 403, message: 'Resource not accessible by integration' } : undefined;
  const ask = { ...stage.pull(head, { base: 'base' }), inputs: { comment: 'true', 'fail-on': 'none' } };
  const step = await stage.step(ask);
  expect([step.code, step.lines.filter((line) => line.includes('got no comment'))]).toEqual([
    0,
    [expect.stringMatching(/^::warning title=keyburn::.*HTTP 403.*pull-requests: write/)],
  ]);
});

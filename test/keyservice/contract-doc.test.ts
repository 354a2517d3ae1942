// docs/issuer-contract.md: its settings are accepted, its routes exist, its members are those of the code, its commands work.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseConfig } from '../../src/config/file.ts';
import { receiverSettings } from '../../src/connect/index.ts';
import { issuerDocument, problemSchema } from '../../src/keyservice/index.ts';
import { REASONS } from '../../src/keyservice/record.ts';
import { operatorServices } from '../../src/services/index.ts';
import { start } from './start.ts';

const page = readFileSync(new URL('../../docs/issuer-contract.md', import.meta.url), 'utf8');
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    (match) => match[1] ?? '',
  );

test('every setting that it shows is accepted as it stands', () => {
  expect(blocks('toml').length).toBe(3);
  for (const block of blocks('toml')) {
    const { receiver, service } = parseConfig(block, 'docs/issuer-contract.md');
    expect(() => receiverSettings(receiver)).not.toThrow();
    expect(operatorServices(service)).toHaveLength(service.length);
  }
});

test('every route that it names exists, and every contract route is named', () => {
  const { paths } = issuerDocument() as { paths: Record<string, Record<string, { tags: string[] }>> };
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { tags }]) => ({ name: `${method.toUpperCase()} ${path}`, tags })),
  );
  const named = [...page.matchAll(/\b(GET|POST) (\/v1\/[\w/{}-]+)/g)].map(
    (match) => `${match[1]} ${match[2]}`,
  );
  const known = new Set(all.map(({ name }) => name));
  expect(named.filter((name) => !known.has(name))).toEqual([]);
  const contract = all.filter(({ tags }) => tags.includes('contract')).map(({ name }) => name);
  expect(contract.filter((name) => !named.includes(name))).toEqual([]);
});

test('the members and the causes are those of the code', () => {
  const elsewhere = ['errors', 'expired_at', 'required_scope', 'retryable', 'cause'];
  const members = Object.keys(problemSchema.shape).filter((name) => !elsewhere.includes(name));
  for (const name of members) expect(page).toContain(`\`${name}\``);
  for (const reason of REASONS) expect(page).toContain(`\`${reason}\``);
});

const curl = spawnSync('curl', ['--version']).status === 0;

test.skipIf(!curl)('the commands of one key’s life do what they say', async () => {
  const service = await start({ leaks: { found: {} } });
  const life = blocks('sh').find((block) => block.includes('the root key is shown')) ?? '';
  const { key } = await service.make();
  const steps = life
    .replaceAll('http://127.0.0.1:8787', service.url)
    .replace(/\| npx keyburn why/, '')
    .split(/\n\n/);
  expect(steps).toHaveLength(4);
  const run = (script: string): Promise<string> =>
    new Promise((resolve) => {
      const shell = spawn('sh', ['-c', script], {
        env: { PATH: process.env.PATH, KEYBURN_ROOT_KEY: service.root, API_KEY: key },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const pieces: Buffer[] = [];
      shell.stdout.on('data', (piece: Buffer) => pieces.push(piece));
      shell.on('close', () => resolve(Buffer.concat(pieces).toString('utf8')));
    });
  const [made = '', checked = '', reported = '', refused = ''] = steps;
  expect(JSON.parse(await run(made))).toMatchObject({ environment: 'live' });
  expect(JSON.parse(await run(checked))).toEqual({ state: 'live', environment: 'live' });
  expect(JSON.parse(await run(reported))).toMatchObject({ status: 'received' });
  await expect
    .poll(async () => (await service.send('GET', '/v1/whoami', key)).status, { interval: 5 })
    .toBe(401);
  expect(await run(refused)).toMatch(
    /^HTTP\/1\.1 401 [\s\S]*"found_at":\{"url":"https:\/\/github\.com\/acme\/shop/,
  );
});

// Who asks the host, and what becomes of a no.
import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lineOf } from '../../src/cli/fleet-progress.ts';
import { parseList } from '../../src/fleet/listing.ts';
import { commit, makeBare } from './repositories.ts';
import { lines, OrgStage } from './stage.ts';

describe('credentials', { timeout: 60_000 }, () => {
  let stage: OrgStage;
  beforeEach(async () => {
    stage = await OrgStage.set();
    commit(makeBare(stage.hosted, 1), [{ files: { 'a.txt': 'a\n' } }]);
    stage.github.add({ id: 1, name: 'acme/r1', visibility: 'private' });
  });
  afterEach(() => stage.close());

  const pem = (): string =>
    generateKeyPairSync('rsa', { modulusLength: 2048 })
      .privateKey.export({ type: 'pkcs8', format: 'pem' })
      .toString();

  it('of an App open a private repository, and its installation is found by the owner', async () => {
    delete stage.env.KEYBURN_GITHUB_TOKEN;
    const file = join(stage.folder, 'app.pem');
    writeFileSync(file, pem());
    chmodSync(file, 0o600);
    Object.assign(stage.env, { KEYBURN_GITHUB_APP_ID: '12', KEYBURN_GITHUB_APP_KEY_FILE: file });
    const ran = await stage.org('--format', 'jsonl');
    expect(ran.code, ran.stderr).toBe(0);
    expect(lines(ran.stdout).summary.blobs).toBe(1);
    expect(stage.github.calls[0]?.path).toBe('/users/acme/installation');
  });

  it('that are broken are a broken set-up, in our words', async () => {
    Object.assign(stage.env, { KEYBURN_GITHUB_APP_ID: '12', KEYBURN_GITHUB_APP_KEY: 'not a key' });
    const ran = await stage.org();
    expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining('private key cannot be used')]);
    delete stage.env.KEYBURN_GITHUB_APP_KEY;
    expect((await stage.org()).stderr).toContain('KEYBURN_GITHUB_APP_KEY_FILE');
  });

  it('of an installation that was revoked are told apart from an empty organisation', async () => {
    Object.assign(stage.env, {
      KEYBURN_GITHUB_APP_ID: '12',
      KEYBURN_GITHUB_APP_KEY: pem().replaceAll('\n', '\\n'),
      KEYBURN_GITHUB_INSTALLATION_ID: '99',
    });
    const ran = await stage.org('--format', 'jsonl');
    expect(ran.code).toBe(2);
    expect(lines(ran.stdout).summary.skipped).toMatchObject([
      { path: 'acme', why: expect.stringMatching(/refused/) },
    ]);
  });

  it('of github.com are never shown to another host', async () => {
    delete stage.env.KEYBURN_GITHUB_TOKEN;
    stage.env.GITHUB_TOKEN = stage.github.token;
    const ran = await stage.org('--format', 'jsonl');
    expect(lines(ran.stdout).summary.skipped).toMatchObject([{ why: expect.stringContaining('401') }]);
    delete stage.env.GITHUB_TOKEN;
    stage.env.GH_ENTERPRISE_TOKEN = stage.github.token;
    expect((await stage.org('--format', 'jsonl')).code).toBe(0);
  });

  it('that may not ask one question leave the others alone', async () => {
    stage.github.meddle = (path) =>
      path.endsWith('/activity') ? { status: 403, message: 'Resource not accessible' } : undefined;
    const ran = await stage.org('--format', 'jsonl');
    expect(ran.code).toBe(2);
    const { summary } = lines(ran.stdout);
    expect(summary.blobs).toBe(1);
    expect(summary.skipped).toMatchObject([{ path: 'acme/r1', why: expect.stringMatching(/^lost: .*403/) }]);
  });

  it('stand in no file and no output', async () => {
    const ran = await stage.org('--format', 'jsonl');
    for (const entry of readdirSync(stage.home, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const bytes = readFileSync(join(entry.parentPath, entry.name));
      expect(bytes.includes(stage.github.token), entry.name).toBe(false);
    }
    expect(ran.stdout + ran.stderr).not.toContain(stage.github.token);
  });
});

describe('what is asked for', () => {
  it('is named one a line, as a name or an address', () => {
    expect(parseList('a/b\n\n# no\nhttps://github.com/c/d.git\n  e/f # yes\na/b\n', 'x')).toEqual([
      'a/b',
      'c/d',
      'e/f',
    ]);
    expect(() => parseList('a/b\nwhat is this\nalso not\n', 'names.txt')).toThrow(
      /names\.txt:2.*\nnames\.txt:3/,
    );
  });
});

describe('the progress line', () => {
  it('says how far, how fast, how long, and what is waited for', () => {
    const standing = { done: 50, of: 200, bytes: 80e6, problems: 1, findings: 3, at: ['acme/shop'] };
    expect(lineOf(standing, 40_000, 120, undefined)).toBe(
      '50/200 repositories · 80 MB, 2 MB/s · 2 min left · 3 keys · 120 requests · 1 with trouble · acme/shop',
    );
    expect(lineOf({ ...standing, problems: 0 }, 40_000, 120, 'api: rate limit, 60 s')).toContain(
      'waiting: api: rate limit, 60 s',
    );
  });

  it('prints no control character of a stranger’s name', () => {
    const standing = { done: 0, of: 1, bytes: 0, problems: 0, findings: 0, at: ['a\u001b[2Jb'] };
    expect(lineOf(standing, 1, 0, undefined)).not.toContain('\u001b');
  });
});

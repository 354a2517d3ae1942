// From the log of a run to a dead key, by the command line: and the log goes only after the key in it has been burned by this run,
// and proved dead.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fillTemplate } from '../../src/detect/index.ts';
import { openLedger } from '../../src/record/index.ts';
import { type Issuer, startIssuer } from '../action/issuer.ts';
import { type Console, openConsole } from '../cli/console.ts';
import { type Hosted, hostOn } from '../doubles/github/hosted.ts';
import { type GitHubDouble, startGitHub } from '../doubles/github/index.ts';
import { zip } from '../read/archive/zip-writer.ts';

interface Scene {
  readonly console: Console;
  readonly double: GitHubDouble;
  readonly hosted: Hosted;
  readonly issuer: Issuer;
  readonly target: string;
  /** A run whose log shows a key. */
  readonly ran: (id: number, key: string) => void;
  readonly scan: (...flags: string[]) => ReturnType<Console['keyburn']>;
}

async function scene(): Promise<Scene> {
  const issuer = await startIssuer();
  const token = 'HUB_TOKEN';
  const double = await startGitHub('/nowhere');
  const console = await openConsole({ ...issuer.env, [token]: double.token });
  onTestFinished(async () => {
    await double.close();
    await console.close();
  });
  const hosted = hostOn(double);
  const host = new URL(double.url).host;
  const config = join(console.folder, 'keyburn.toml');
  writeFileSync(
    config,
    `[[host]]\nhost = "${host}"\nkind = "github"\napi = "${double.api}"\ntoken-env = "${token}"\n`,
  );
  const target = `github:${host}/acme/shop`;
  return {
    console,
    double,
    hosted,
    issuer,
    target,
    ran(id, key) {
      hosted.runs.unshift({
        id,
        run_attempt: 1,
        status: 'completed',
        created_at: new Date().toISOString(),
        html_url: `${double.url}/acme/shop/actions/runs/${id}`,
      });
      const text = `2026-11-20T00:00:00.1234567Z export KEY=\u001b[1m${key.slice(0, 12)}\u001b[0m${key.slice(12)}\n`;
      hosted.files.set(`/repos/acme/shop/actions/runs/${id}/attempts/1/logs`, {
        bytes: zip([{ name: 'build.txt', content: text }]),
      });
    },
    scan: (...flags) =>
      console.keyburn('scan', target, '--sources', 'logs', '--config', config, '--quiet', ...flags),
  };
}

const ARMED = ['--revoke', '--delete-leaked-logs'];
/** No issuer can be asked about it. */
const ghost = (): string =>
  fillTemplate('AGE-SECRET-KEY-1{{upper-alnum:58}}', { literals: ['AGE-SECRET-KEY-1'] }, 5).text;

async function story(console: Console): Promise<string> {
  const listed = await console.keyburn('incidents', 'list', '--format', 'jsonl');
  const shown: string[] = [];
  for (const line of listed.stdout.trim().split('\n').filter(Boolean)) {
    const { id } = JSON.parse(line) as { id: string };
    shown.push((await console.keyburn('incidents', 'show', id)).stdout);
  }
  return shown.join('\n');
}

test('a key that this run burns and proves dead takes its log with it, and no other', async () => {
  const { console, hosted, issuer, scan, ran } = await scene();
  const key = await issuer.mint();
  const other = ghost();
  ran(7, key);
  ran(8, other);
  const dry = await scan('--revoke', '--offline');
  expect(dry.code).toBe(2);
  expect((await scan('--delete-leaked-logs')).stderr).toContain('--delete-leaked-logs needs --revoke');
  const looked = await scan('--format', 'jsonl');
  expect(looked.code).toBe(3);
  expect(hosted.deleted).toEqual([]);
  const places = looked.stdout
    .trim()
    .split('\n')
    .slice(0, -1)
    .map(
      (line) =>
        (JSON.parse(line) as { place: { kind: string; url: string; line: number; column: number } }).place,
    );
  expect(places.map(({ kind, line, column }) => [kind, line, column])).toEqual([
    ['hosted', 1, 45],
    ['hosted', 1, 45],
  ]);
  expect(places.map(({ url }) => new URL(url).pathname).sort()).toEqual([
    '/acme/shop/actions/runs/7/attempts/1',
    '/acme/shop/actions/runs/8/attempts/1',
  ]);

  const armed = await scan(...ARMED);
  expect(await issuer.lives(key)).toBe(false);
  expect(hosted.deleted).toEqual([7]);
  const told = await story(console);
  expect(told).toMatch(/log-intended[\s\S]*log-deleted/);
  for (const text of [looked.stdout, looked.stderr, armed.stdout, armed.stderr, told])
    for (const secret of [key, other, key.slice(12)]) expect(text).not.toContain(secret);

  // Dead by now, and so nothing that this run has burned.
  await scan(...ARMED);
  expect(hosted.deleted).toEqual([7]);
});

test('a key that is not burned, or outlives its burning, keeps its log', async () => {
  const { double, hosted, issuer, scan, ran } = await scene();
  double.visibility = 'private';
  const key = await issuer.mint();
  ran(7, key);
  expect((await scan(...ARMED)).code).toBe(3);
  expect(await issuer.lives(key)).toBe(true);
  expect(hosted.deleted).toEqual([]);
});

test('a log that may not be deleted is named, and a run that was killed is made good', async () => {
  const { console, double, hosted, issuer, scan, ran, target } = await scene();
  const key = await issuer.mint();
  ran(7, key);
  double.refuse = ({ method }) => (method === 'DELETE' ? { status: 403, message: 'no' } : undefined);
  const refused = await scan(...ARMED);
  expect(await issuer.lives(key)).toBe(false);
  expect(refused.stderr).toContain(`the log of run 7 of ${target} still stands: the token may not delete it`);
  expect(await story(console)).toContain('log-kept');

  double.refuse = undefined;
  const ledger = await openLedger(join(console.folder, 'home'));
  const [incident] = await ledger.incidents();
  if (incident === undefined) throw new Error('no incident');
  await ledger.intendLog(incident.id, { target, run: 7 });
  expect(await ledger.unfinishedLogs()).toHaveLength(1);
  await ledger.end();
  await scan('--revoke');
  expect(hosted.deleted).toEqual([]);
  await scan(...ARMED);
  expect(hosted.deleted).toEqual([7]);
  await scan(...ARMED);
  expect(hosted.deleted).toEqual([7]);
});

test('targets, sources and dates that make no sense are refused in words', async () => {
  const { console, scan, target } = await scene();
  const wrong = async (...args: string[]) => (await console.keyburn('scan', ...args)).stderr;
  expect(await wrong('github:acme/shop/x/y')).toContain('not a repository of GitHub');
  expect(await wrong('github:nobody.example/acme/shop')).toContain('nobody.example is not known');
  expect(await wrong(target, '--offline')).toContain('GitHub cannot be asked');
  expect(await wrong(target, '--sources', 'mails')).toContain('Allowed choices are issues');
  expect((await scan('--since', 'HEAD~3')).stderr).toContain('needs a date');
  expect((await scan('--staged')).code).toBe(2);
  expect((await scan('--since', '2026-11-20')).code).toBe(0);
});

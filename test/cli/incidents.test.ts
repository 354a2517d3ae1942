// A person's word about an incident: what cannot be done goes to standard error, with the reason.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Fingerprint } from '../../src/model/index.ts';
import { openLedger } from '../../src/record/index.ts';
import { place, revoked, entry as sample } from '../record/sample.ts';
import { type Console, openConsole } from './console.ts';

let at: Console;
let id: string;
beforeAll(async () => {
  at = await openConsole();
  const ledger = await openLedger(join(at.folder, 'home'));
  const entry = sample({ otherPlaces: [place({ kind: 'blob', object: 'ab'.repeat(20) })] });
  id = entry.id;
  await ledger.upsert(entry);
  await ledger.end();
});
afterAll(() => at.close());

it('a file and the blob of its commit are one line', async () => {
  const { stdout } = await at.keyburn('incidents', 'show', id.slice(0, 12));
  expect(stdout.match(/src\/config\.ts:3/g)).toHaveLength(1);
});

it('a closed one is not approved', async () => {
  const closed = await at.keyburn('incidents', 'close', id.slice(0, 12), '--reason', 'rotated');
  expect(closed).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^closed: /) });
  const late = await at.keyburn('incidents', 'approve', id.slice(0, 12), '--reason', 'rotated');
  expect(late).toMatchObject({ code: 2, stdout: '' });
  expect(late.stderr).toMatch(/is closed already\nhint: it opens again/);
});

it('closing what is closed says so and changes nothing', async () => {
  await at.keyburn('incidents', 'close', id.slice(0, 12), '--reason', 'rotated');
  const before = await at.keyburn('incidents', 'show', id);
  const again = await at.keyburn('incidents', 'close', id.slice(0, 12), '--reason', 'and once more');
  expect(again).toMatchObject({
    code: 0,
    stderr: '',
    stdout: expect.stringMatching(/^closed already: .*nothing/),
  });
  expect((await at.keyburn('incidents', 'show', id)).stdout).toBe(before.stdout);
});

it('ledger purge counts first, and takes nothing out without --delete', async () => {
  const days = (text: string) => at.keyburn('ledger', 'purge', '--older-than', text);
  expect(await days('400d')).toMatchObject({
    code: 0,
    stdout: 'nothing is old enough\n',
    stderr: 'nothing was changed: --delete does it\n',
  });
  for (const wrong of ['400', '29d', '0d', '-400d', '1e3d', ''])
    expect(await days(wrong), wrong).toMatchObject({ code: 2, stdout: '' });
  const ledger = await openLedger(join(at.folder, 'home'), { now: () => new Date('2020-01-01') });
  const dead = sample({ id: 'd'.repeat(64) as Fingerprint, verdict: revoked(0) });
  await ledger.upsert({ ...dead, otherPlaces: [place({ path: 'b' }), place({ path: 'c' })] });
  await ledger.end();
  const would = await days('400d');
  expect(would.stdout).toMatch(/^would be taken out:\n {2}1 incident without details.*\n {2}2 places\n$/);
  const done = await at.keyburn('ledger', 'purge', '--older-than', '400d', '--delete');
  expect(done).toMatchObject({ code: 0, stderr: '', stdout: would.stdout.replace('would be ', '') });
  const shown = await at.keyburn('incidents', 'show', 'dddd');
  expect(shown.stdout).toMatch(/purged/);
  expect(shown.stdout).not.toMatch(/ (?:b|c):3/);
});

it.each([['list'], ['show'], ['runs']])('%s reads the ledger that --config names', async (verb) => {
  const config = join(at.folder, 'other.toml');
  await writeFile(config, 'ledger = "postgres://127.0.0.1:1/keyburn"\n');
  const ran = await at.keyburn('incidents', verb, ...(verb === 'show' ? [id] : []), '--config', config);
  expect(ran).toMatchObject({ code: 2, stdout: '' });
  expect(ran.stderr).toContain('127.0.0.1:1');
});

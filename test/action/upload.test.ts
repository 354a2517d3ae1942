// What code scanning takes, and what it is spared: the limits that no repository of a test reaches.
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { GitHub } from '../../src/action/github.ts';
import { createRunner } from '../../src/action/runner.ts';
import type { Audience } from '../../src/action/tell.ts';
import { upload } from '../../src/action/upload.ts';
import { entry, live, revoked, summary } from '../record/sample.ts';

test('of more than 25,000 findings code scanning gets the most urgent, and the rest is said', async () => {
  const entries = [
    ...Array.from({ length: 25_001 }, () => entry({ verdict: revoked() })),
    entry({ verdict: live() }),
  ];
  const out: string[] = [];
  const runner = createRunner({}, { write: (text: string) => out.push(text) });
  let sent = '';
  const github = {
    uploadSarif: async ({ sarif }: { sarif: string }) => {
      sent = sarif;
      return { ok: true, value: 'an-id' };
    },
    processed: async () => ({ ok: true, value: { state: 'complete', errors: [] } }),
  } as unknown as GitHub;
  const about = { sha: 'a'.repeat(40), ref: 'refs/heads/main' };
  const job = { signal: new AbortController().signal };
  await upload({ job, situation: { about }, github, runner } as unknown as Audience, {
    entries,
    summary: summary(),
    range: '',
    notes: [],
    armed: false,
    stable: true,
  });
  runner.speak();
  const { runs } = JSON.parse(gunzipSync(Buffer.from(sent, 'base64')).toString('utf8')) as {
    runs: { results: { level: string }[] }[];
  };
  expect(runs[0]?.results).toHaveLength(25_000);
  expect(runs[0]?.results.filter(({ level }) => level === 'error').length).toBeGreaterThan(0);
  expect(out.join('')).toBe(
    '::warning title=keyburn::code scanning gets 25000 findings; 2 more are in the report file\n',
  );
});

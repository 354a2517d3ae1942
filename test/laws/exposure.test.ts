// Law 3, of who could read a key: unknown is not no. What is known of an incident never goes down by itself.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type Stage, setStage } from './stage.ts';

let stage: Stage | undefined;
afterEach(() => stage?.close());

interface Line {
  readonly exposure: string;
  readonly decision: { readonly act: string };
}

async function folderWith(at: Stage, name: string): Promise<string> {
  const folder = join(at.folder, name);
  await mkdir(folder);
  await writeFile(join(folder, 'app.env'), `KEYBURN_KEY=${at.key}\n`);
  return folder;
}

async function scanned(at: Stage, ...args: readonly string[]): Promise<Line> {
  const { stdout, stderr } = await at.run(['scan', ...args, '--format', 'jsonl']);
  const [line = ''] = stdout.split('\n');
  expect(line, stderr).toContain('"finding"');
  return JSON.parse(line) as Line;
}

it('a later scan that knows less changes neither the exposure nor what is decided', {
  timeout: 120_000,
}, async () => {
  stage = await setStage();
  const one = await folderWith(stage, 'one');
  const other = await folderWith(stage, 'other');
  const seen = async (...args: readonly string[]) => {
    const { exposure, decision } = await scanned(stage as Stage, ...args);
    const list = await (stage as Stage).run(['incidents', 'list', '--format', 'jsonl']);
    expect((JSON.parse(list.stdout) as Line).exposure).toBe(exposure);
    return [exposure, decision.act];
  };
  expect(await seen(one)).toEqual(['unknown', 'ask']);
  expect(await seen(one, '--exposure', 'public')).toEqual(['public', 'burn']);
  expect(await seen(one)).toEqual(['public', 'burn']);
  // A word on these targets says nothing of the others.
  expect(await seen(other, '--exposure', 'private')).toEqual(['public', 'burn']);
  expect(await seen(one, other, '--exposure', 'private')).toEqual(['private', 'ask']);
  expect(await seen(one)).toEqual(['private', 'ask']);
});

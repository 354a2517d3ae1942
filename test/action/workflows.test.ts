// The workflows that people copy from docs/: what they give to the action exists, others' actions are pinned, and the linters of
// the trade have nothing to say, where they are installed: actionlint 1.7.12 and zizmor 1.32.0 were, on 2026-11-21.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { inputsOf, outputsOf } from './stage.ts';

const FOLDERS = ['workflows', 'fleet'].map((name) =>
  fileURLToPath(new URL(`../../docs/${name}`, import.meta.url)),
);
const ACTION = fileURLToPath(new URL('../../action.yml', import.meta.url));
const workflows = new Map(
  FOLDERS.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((path) => path.endsWith('.yml'))
    .map((path) => [basename(path), readFileSync(path, 'utf8')] as const),
);
const ours = [...workflows].filter(([, text]) => text.includes('OWNER/keyburn@v1'));

test('there is one for each way to use it', () => {
  const names = ['approve.yml', 'burn.yml', 'push.yml', 'schedule.yml'];
  expect(ours.map(([name]) => name).sort()).toEqual(names);
  expect([...workflows.keys()].sort()).toEqual([...names, 'org-nightly.yml', 'org-scan.yml'].sort());
});

test.each([...workflows])(
  '%s: others’ actions pinned, rights named, no stranger’s trigger',
  (_name, text) => {
    const used = [...text.matchAll(/uses: (\S+)/g)].map(([, uses = '']) => uses);
    for (const uses of used)
      expect(uses).toMatch(/^(?:OWNER\/keyburn@v1|\.\/\S+|[\w.-]+\/[\w.-]+@[0-9a-f]{40})$/);
    expect(text).toMatch(/^permissions: \{\}$/m);
    expect(text).not.toMatch(/^ +pull_request_target:/m);
  },
);

test.each(ours)('%s: inputs and outputs that action.yml has', (_name, text) => {
  const known = inputsOf().map(({ name }) => name);
  const steps = text.split(/^ {6}- /m).filter((step) => step.includes('OWNER/keyburn@v1'));
  expect(steps.length).toBeGreaterThan(0);
  for (const step of steps) {
    const given = /^ {8}with:\n((?: {10}.*\n)+)/m.exec(step)?.[1] ?? '';
    for (const [, name = ''] of given.matchAll(/^ {10}([\w-]+):/gm)) expect(known).toContain(name);
  }
  for (const [, name = ''] of text.matchAll(/steps\.keyburn\.outputs\.([\w-]+)/g))
    expect(outputsOf()).toContain(name);
});

/** A linter's program; undefined where it is not installed. */
function installed(name: string, variable: string): string | undefined {
  const program = process.env[variable] ?? name;
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0 ? program : undefined;
}

const actionlint = installed('actionlint', 'KEYBURN_TEST_ACTIONLINT');
const zizmor = installed('zizmor', 'KEYBURN_TEST_ZIZMOR');

/** The workflows as a repository has them, with an owner in the place of OWNER. */
function repository(): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'keyburn-workflows-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const inside = join(folder, '.github/workflows');
  mkdirSync(inside, { recursive: true });
  for (const [name, text] of workflows) writeFileSync(join(inside, name), text.replaceAll('OWNER/', 'acme/'));
  return folder;
}

test.skipIf(actionlint === undefined)(
  'actionlint has nothing to say (skipped where it is not installed)',
  () => {
    const folder = repository();
    const files = [...workflows.keys()].map((name) => join(folder, '.github/workflows', name));
    expect(
      execFileSync(actionlint ?? '', ['-no-color', '-shellcheck=', '-pyflakes=', ...files]).toString(),
    ).toBe('');
  },
);

test.skipIf(zizmor === undefined)(
  'zizmor has nothing to say, however pedantic (skipped where it is not installed)',
  () => {
    const folder = repository();
    const config = join(folder, 'zizmor.yml');
    // Our own action stands there as v1, for the reader to pin.
    const policies = '{ "acme/keyburn": ref-pin, "*": hash-pin }';
    writeFileSync(config, `rules:\n  unpinned-uses:\n    config:\n      policies: ${policies}\n`);
    const flags = [
      '--offline',
      '--no-progress',
      '--persona',
      'pedantic',
      '--format',
      'json',
      '--config',
      config,
    ];
    const { stdout } = spawnSync(zizmor ?? '', [...flags, join(folder, '.github/workflows'), ACTION]);
    const findings = JSON.parse(stdout.toString()) as { ident: string; ignored?: boolean }[];
    expect(findings.filter(({ ignored }) => ignored !== true).map(({ ident }) => ident)).toEqual([]);
  },
);

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
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { inputsOf, outputsOf } from './stage.ts';

const FOLDER = fileURLToPath(new URL('../../docs/workflows', import.meta.url));
const ACTION = fileURLToPath(new URL('../../action.yml', import.meta.url));
const FLEET = fileURLToPath(new URL('../../docs/fleet', import.meta.url));
const workflows = new Map(
  readdirSync(FOLDER).map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')] as const),
);
/** Those of whole organisations run the command line, not the action. */
const ofFleets = new Map(
  readdirSync(FLEET)
    .filter((name) => name.endsWith('.yml'))
    .map((name) => [name, readFileSync(join(FLEET, name), 'utf8')] as const),
);

test('there is one for each way to use it', () => {
  expect([...workflows.keys()].sort()).toEqual(['approve.yml', 'burn.yml', 'push.yml', 'schedule.yml']);
});

test.each([...workflows])(
  '%s: inputs and outputs that action.yml has, others’ actions pinned, rights named',
  (_name, text) => {
    const known = inputsOf().map(({ name }) => name);
    const steps = text.split(/^ {6}- /m).filter((step) => step.includes('OWNER/keyburn@v1'));
    expect(steps.length).toBeGreaterThan(0);
    for (const step of steps) {
      const given = /^ {8}with:\n((?: {10}.*\n)+)/m.exec(step)?.[1] ?? '';
      for (const [, name = ''] of given.matchAll(/^ {10}([\w-]+):/gm)) expect(known).toContain(name);
    }
    for (const [, name = ''] of text.matchAll(/steps\.keyburn\.outputs\.([\w-]+)/g))
      expect(outputsOf()).toContain(name);
    const used = [...text.matchAll(/uses: (\S+)/g)].map(([, uses = '']) => uses);
    for (const uses of used) expect(uses).toMatch(/^(?:OWNER\/keyburn@v1|[\w.-]+\/[\w.-]+@[0-9a-f]{40})$/);
    expect(text).toMatch(/^permissions: \{\}$/m);
    expect(text).not.toMatch(/^ +pull_request_target:/m);
  },
);

test('there is one to call for an organisation, and one that calls it', () => {
  expect([...ofFleets.keys()].sort()).toEqual(['org-nightly.yml', 'org-scan.yml']);
});

test.each([...ofFleets])('%s: others’ actions pinned, rights named', (_name, text) => {
  const used = [...text.matchAll(/uses: (\S+)/g)].map(([, uses = '']) => uses);
  expect(used.length).toBeGreaterThan(0);
  for (const uses of used)
    expect(uses).toMatch(/^(?:\.\/\.github\/workflows\/org-scan\.yml|[\w.-]+\/[\w.-]+@[0-9a-f]{40})$/);
  // For whoever renews it: which version the hash is.
  for (const [line] of text.matchAll(/.*uses: \S+@[0-9a-f]{40}.*/g))
    expect(line).toMatch(/ # v\d+\.\d+\.\d+$/);
  expect(text).toMatch(/^permissions: \{\}$/m);
  expect(text).not.toMatch(/^ +pull_request_target:/m);
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
  for (const [name, text] of [...workflows, ...ofFleets])
    writeFileSync(join(inside, name), text.replaceAll('OWNER/', 'acme/'));
  return folder;
}

test.skipIf(actionlint === undefined)(
  'actionlint has nothing to say (skipped where it is not installed)',
  () => {
    const folder = repository();
    const files = [...workflows.keys(), ...ofFleets.keys()].map((name) =>
      join(folder, '.github/workflows', name),
    );
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

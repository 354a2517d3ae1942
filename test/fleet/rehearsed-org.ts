// The organisation of a rehearsal: repositories with real histories, forks, empty and broken ones, keys planted in branches, pull
// requests, commits that were pushed away, and beside the code.

import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { HistoricCommit, Histories } from './real-history.ts';
import { plantBeside } from './rehearsed-beside.ts';
import { fork, git, makeBare } from './repositories.ts';
import type { OrgStage } from './stage.ts';

export interface RehearsedOrg {
  /** Planted keys, by where: each is to be found once. */
  readonly keys: string[];
  readonly empty: ReadonlySet<number>;
  readonly broken: ReadonlySet<number>;
  /** Repositories that can be pushed to. */
  readonly whole: readonly number[];
}

interface Plan {
  readonly repos: number;
  readonly keys: number;
  readonly histories: Histories;
  readonly random: () => number;
  /** Runs of one repository that has more of them than a source asks for at a time. */
  readonly greedy: number;
}

export async function makeOrg(
  stage: OrgStage,
  { repos, keys: wanted, histories, random, greedy }: Plan,
): Promise<RehearsedOrg> {
  const keys = await mintAll(stage, wanted);
  const [empty, broken, forks] = [new Set<number>(), new Set<number>(), new Set<number>()];
  for (let id = 1; id <= repos; id++) {
    const draw = random();
    if (id > 4 && draw < 0.1) forks.add(id);
    else if (id > 4 && draw < 0.13) empty.add(id);
    else if (id > 4 && draw < 0.14) broken.add(id);
  }
  // A rehearsal without any of them would show less than it says.
  const kinds = [forks, empty, broken];
  for (const kind of kinds) {
    let id = repos;
    while (kinds.some((one) => one.has(id))) id -= 1;
    if (kind.size === 0 && id > 4) kind.add(id);
  }
  const whole = Array.from({ length: repos }, (_, index) => index + 1).filter(
    (id) => !kinds.some((kind) => kind.has(id)),
  );
  const planted = new Map<number, string[]>();
  const written = new Map<number, string[]>();
  for (const [index, key] of keys.entries()) {
    const id = whole[index % whole.length] ?? 1;
    // Five of eight in the code, the others beside it.
    if (index % 8 >= 5) {
      written.set(id, [...(written.get(id) ?? []), key]);
      continue;
    }
    planted.set(id, [...(planted.get(id) ?? []), key]);
    // Every tenth stands in a second repository, too.
    const other = whole[(index * 7 + 3) % whole.length];
    if (index % 10 === 0 && other !== undefined && other !== id)
      planted.set(other, [...(planted.get(other) ?? []), key]);
  }
  for (let id = 1; id <= repos; id++) {
    if (forks.has(id)) continue;
    const folder = makeBare(stage.hosted, id);
    const name = `acme/r${id}`;
    if (empty.has(id)) {
      stage.github.add({ id, name });
      continue;
    }
    const length = 5 + Math.floor(random() * 20);
    fill(folder, histories.draw(length, random), planted.get(id) ?? [], stage, id, random);
    if (broken.has(id)) rmSync(join(folder, 'objects'), { recursive: true });
  }
  const parents = whole.filter((id) => id < repos);
  for (const id of [...forks].sort((a, b) => a - b)) {
    const source = parents[Math.floor(random() * parents.length)] ?? 1;
    fork(stage.hosted, source, id);
    stage.github.add({ id, name: `acme/fork${id}`, source });
  }
  plantBeside(stage, { whole, written, random, greedy });
  return { keys, empty, broken, whole };
}

async function mintAll(stage: OrgStage, number: number): Promise<string[]> {
  const keys: string[] = [];
  for (let index = 0; index < number; index++) keys.push(await stage.key(`planted ${index}`));
  return keys;
}

let clock = Date.UTC(2025, 0, 1) / 1_000;

/** The history on main, the keys in turn on main, in a pull request, and in a commit that a forced push took away. */
function fill(
  folder: string,
  history: readonly HistoricCommit[],
  keys: readonly string[],
  stage: OrgStage,
  id: number,
  random: () => number,
): void {
  const onMain = keys.filter((_, index) => index % 4 < 2);
  const commits = history.map((one) => ({ ...one, files: [...one.files] }));
  for (const [index, key] of onMain.entries()) {
    const at = commits[Math.floor(random() * commits.length)];
    at?.files.push({ path: `config/payments-${index}.env`, bytes: envWith(key) });
  }
  importInto(folder, 'refs/heads/main', undefined, commits);
  const repository = stage.github.add({ id, name: `acme/r${id}` });
  for (const [index, key] of keys.entries()) {
    if (index % 4 < 2) continue;
    const files = [{ path: `config/other-${index}.env`, bytes: envWith(key) }];
    const one = [{ author: 'Ada Example', message: 'try it', files }];
    if (index % 4 === 2) {
      importInto(folder, `refs/pull/${index}/head`, 'refs/heads/main', one);
      continue;
    }
    const ref = `refs/heads/gone-${index}`;
    importInto(folder, ref, 'refs/heads/main', one);
    repository.activity.push({
      id: index,
      before: git(folder, 'rev-parse', ref),
      after: '0'.repeat(40),
      ref,
      timestamp: '2026-01-02T00:00:00Z',
      activity_type: index % 8 === 3 ? 'force_push' : 'branch_deletion',
    });
    git(folder, 'update-ref', '-d', ref);
  }
}

export function envWith(key: string): Buffer {
  return Buffer.from(`PAYMENTS_URL=https://pay.example.com\nPAYMENTS_KEY=${key}\n`);
}

export function importInto(
  folder: string,
  ref: string,
  from: string | undefined,
  commits: readonly HistoricCommit[],
): void {
  const pieces: (string | Buffer)[] = [];
  for (const [index, { author, message, files }] of commits.entries()) {
    const who = `${author.replace(/[<>\n]/g, '')} <somebody@example.com> ${clock++} +0000`;
    const said = Buffer.from(message);
    pieces.push(`commit ${ref}\nauthor ${who}\ncommitter ${who}\ndata ${said.length}\n`, said, '\n');
    if (index === 0 && from !== undefined) pieces.push(`from ${from}^0\n`);
    for (const { path, bytes } of files)
      pieces.push(`M 100644 inline ${JSON.stringify(path)}\ndata ${bytes.length}\n`, bytes, '\n');
  }
  execFileSync('git', ['fast-import', '--quiet', '--force'], {
    cwd: folder,
    env: { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
    input: Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece))),
    stdio: ['pipe', 'ignore', 'pipe'],
    maxBuffer: 1 << 28,
  });
}

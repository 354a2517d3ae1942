// What the repositories of a rehearsal have beside their code: wikis, logs, issues, some with keys; one with more logs than a source asks
// for at a time, one log that is a bomb, one repository whose runs the credential may not see.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { zip } from '../read/archive/zip-writer.ts';
import { commentOf, hasWorkflow, issueOf, ranIn } from './beside.ts';
import { commit, git } from './repositories.ts';
import type { OrgStage } from './stage.ts';

export interface PlanBeside {
  readonly whole: readonly number[];
  /** Keys to be planted, by repository. */
  readonly written: ReadonlyMap<number, readonly string[]>;
  readonly random: () => number;
  readonly greedy: number;
}

/** One log for so many repositories, one wiki for so many, one issue for so many. */
const LOGS = 4;
const WIKIS = 20;
const ISSUES = 3;

const QUIET = zip([{ name: 'build/1_Test.txt', content: 'all 214 tests have passed\n' }]);

export function logWith(key: string): Uint8Array {
  const text = `2026-11-20T00:00:00.1234567Z ##[group]Run\n2026-11-20T00:00:01.1234567Z PAYMENTS_KEY=${key}\n`;
  return zip([{ name: 'build/1_Test.txt', content: text }]);
}

export function plantBeside(stage: OrgStage, { whole, written, random, greedy }: PlanBeside): void {
  const { github } = stage;
  const some = (): number => whole[Math.floor(random() * whole.length)] ?? 1;
  const days = (): Date => new Date(Date.now() - Math.floor(random() * 25) * 86_400_000);
  for (let index = 0; index < whole.length / LOGS; index++) {
    const beside = github.beside(some());
    for (const workflow of [1, 2, 3]) hasWorkflow(beside, workflow);
    ranIn(beside, QUIET, days(), 1 + (index % 3));
  }
  for (let index = 0; index < whole.length / ISSUES; index++) {
    const { issues, issueComments } = github.beside(some());
    issues.push(issueOf('it is slow', days()));
    issueComments.push(commentOf('it is not', days()));
  }
  for (let index = 0; index < whole.length / WIKIS; index++) addWiki(stage, some(), 'welcome\n');
  let turn = 0;
  for (const [id, keys] of written) for (const key of keys) plantOne(stage, id, key, turn++);
  const [first = 1, second = 1] = whole;
  for (let index = 0; index < greedy; index++)
    ranIn(github.beside(first), QUIET, new Date(Date.now() - index * 60_000));
  ranIn(github.beside(second), zip([{ name: 'big.txt', content: Buffer.alloc(300 << 20, 0x20) }]));
  const forbidden = whole.at(-1) ?? 1;
  github.meddle = (path) =>
    path === `/repos/${github.repositories.get(forbidden)?.name}/actions/artifacts`
      ? { status: 403, message: 'Resource not accessible by integration' }
      : undefined;
}

/** Whether that has been there before: the first run of a repository comes with a push, and a first page alone is seen later. */
export function isReadyFor(stage: OrgStage, id: number, turn: number): boolean {
  if (turn % 4 === 0) return stage.github.beside(id).runs.length > 0;
  return turn % 4 < 3 || existsSync(join(stage.hosted, `${id}.wiki.git`));
}

/** In turn in a log, an issue, a comment, a wiki. */
export function plantOne(stage: OrgStage, id: number, key: string, turn: number): void {
  const beside = stage.github.beside(id);
  const text = `it says PAYMENTS_KEY=${key}`;
  switch (turn % 4) {
    case 0:
      ranIn(beside, logWith(key));
      break;
    case 1:
      beside.issues.push(issueOf(text));
      break;
    case 2:
      // As GitHub does it: a comment changes its issue.
      beside.issues.push(issueOf('it does not work'));
      beside.issueComments.push(commentOf(text));
      break;
    default:
      addWiki(stage, id, text);
  }
}

function addWiki(stage: OrgStage, id: number, text: string): void {
  const name = `${id}.wiki.git`;
  if (!existsSync(join(stage.hosted, name))) git(stage.hosted, 'init', '-q', '--bare', '-b', 'master', name);
  commit(join(stage.hosted, name), [{ ref: 'refs/heads/master', files: { 'Home.md': `${text}\n` } }]);
}

import { expect, test } from 'vitest';
import { answerBytes, faultOf, feed, git, split } from '../../src/read/git.ts';
import { Repo } from './scratch.ts';

const MANY = 20_000; // more lines than any pipe holds

async function tokens(stream: AsyncIterable<Buffer>, separator: number): Promise<string[]> {
  const all: string[] = [];
  for await (const token of split(stream, separator)) all.push(token.toString());
  return all;
}

test('git reads more than a pipe holds, at its own pace', async () => {
  const repo = Repo.make();
  const oid = repo.gitWith('x', 'hash-object', '-w', '--stdin');
  const lines = Array.from({ length: MANY }, () => oid);
  const printed = await answerBytes({ cwd: repo.path }, ['cat-file', '--batch-check=%(objecttype)'], lines);
  expect(printed.length).toBe(MANY * 'blob\n'.length);
});

test('a git that stops reading tells why, if there is a why', async () => {
  const repo = Repo.make();
  const oid = repo.gitWith('x', 'hash-object', '-w', '--stdin');
  function* lines(): Generator<string> {
    for (let index = 0; index < MANY; index++) yield index === 5 ? 'no-such-rev' : oid;
  }
  const list = git({ cwd: repo.path }, ['rev-list', '--objects', '--no-object-names', '--stdin']);
  feed(list, lines());
  expect(await tokens(list.stdout, 0x0a)).toEqual([]);
  expect(await faultOf(list)).toContain('no-such-rev');
  const check = git({ cwd: repo.path }, ['check-ref-format', 'refs/heads/main']);
  feed(check, lines());
  expect(await tokens(check.stdout, 0x0a)).toEqual([]);
  expect(await faultOf(check)).toBeUndefined();
});

test('lines that cannot be made end git, and the error is not lost', async () => {
  const repo = Repo.make();
  const oid = repo.gitWith('x', 'hash-object', '-w', '--stdin');
  async function* lines(): AsyncGenerator<string> {
    yield oid;
    throw new Error('no more lines');
  }
  const check = git({ cwd: repo.path }, ['cat-file', '--batch-check']);
  feed(check, lines());
  await tokens(check.stdout, 0x0a);
  await expect(check.done()).rejects.toThrow('no more lines');
});

test('tokens are whole, however they arrive', async () => {
  async function* pieces(): AsyncGenerator<Buffer> {
    for (const text of ['a', 'b\0c', '\0\0', 'd', 'e']) yield Buffer.from(text);
  }
  expect(await tokens(pieces(), 0)).toEqual(['ab', 'c', '', 'de']);
});

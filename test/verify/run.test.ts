import { describe, expect, it } from 'vitest';
import { commandRunner } from '../../src/verify/index.ts';

const node = (script: string, options: Partial<Parameters<typeof commandRunner>[1]> = {}) =>
  commandRunner(process.execPath, { env: { PATH: process.env.PATH }, ...options })([
    '-e',
    script,
    '$HOME;`id`',
    '*',
  ]);

describe('a vendor’s command', () => {
  it('gets its arguments as they are, and gives back what it prints', async () => {
    const got = await node('console.log(JSON.stringify(process.argv.slice(1)))');
    expect(got).toEqual({ kind: 'ran', exitCode: 0, stdout: '["$HOME;`id`","*"]\n' });
  });

  it('may fail: its exit code counts, its stderr does not', async () => {
    expect(await node('console.error("hidden"); console.log("seen"); process.exit(3)')).toEqual({
      kind: 'ran',
      exitCode: 3,
      stdout: 'seen\n',
    });
  });

  it('may be absent, hang, or talk without end', async () => {
    const gone = commandRunner('keyburn-no-such-program', { env: {} });
    expect(await gone([])).toEqual({ kind: 'failed', detail: 'ENOENT' });
    expect(await node('setInterval(() => {}, 1000)', { timeoutMs: 100 })).toMatchObject({ kind: 'failed' });
    expect(await node('process.stdout.write("x".repeat(2_000_000))')).toMatchObject({ kind: 'failed' });
  });

  it('sees the environment that it is given, and no more', async () => {
    const got = await node('console.log(process.env.A, process.env.KEYBURN_ROOT_KEY)', { env: { A: 'a' } });
    expect(got).toMatchObject({ stdout: 'a undefined\n' });
  });
});

import {
  existsSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GitFault, runGit } from '../../src/fleet/git.ts';
import { createMirrors, type MirrorOptions } from '../../src/fleet/mirrors.ts';
import { digestOf, parseRefs, tipsOf } from '../../src/fleet/refs.ts';
import { commit, makeBare } from './repositories.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), 'keyburn-mirrors-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const { signal } = new AbortController();
const mirrors = (more: Partial<MirrorOptions> = {}) =>
  createMirrors({ folder: join(folder, 'mirrors'), mostBytes: 1e9, mostOfOne: 1e9, signal, ...more });

describe('mirrors', () => {
  it('are one holder’s at a time', async () => {
    const [one, other] = [mirrors(), mirrors()];
    const order: string[] = [];
    const first = await one.take('a');
    const second = other.take('a').then((mirror) => {
      order.push('second');
      return mirror;
    });
    await (await one.take('b')).release();
    order.push('first');
    await first.release();
    await (await second).release();
    expect(order).toEqual(['first', 'second']);
    expect(readdirSync(join(folder, 'mirrors')).sort()).toEqual(['a.git', 'b.git']);
  });

  it('are taken from a process that was killed', async () => {
    const kept = mirrors();
    await (await kept.take('a')).release();
    // No process has this number: Linux and macOS give none above four million.
    writeFileSync(join(folder, 'mirrors/a.git.lock'), `${(await import('node:os')).hostname()} 99999999`);
    await (await kept.take('a')).release();
    writeFileSync(join(folder, 'mirrors/a.git.lock'), 'another-machine 1');
    const old = new Date(Date.now() - 120_000);
    utimesSync(join(folder, 'mirrors/a.git.lock'), old, old);
    await (await kept.take('a')).release();
    expect(readdirSync(join(folder, 'mirrors'))).toEqual(['a.git']);
  });

  it('leave nothing of a fetch that was killed', async () => {
    const kept = mirrors();
    const mirror = await kept.take('a');
    writeFileSync(join(mirror.folder, 'objects/pack/tmp_pack_x'), 'half');
    await mirror.release();
    const again = await kept.take('a');
    expect(readdirSync(join(again.folder, 'objects/pack'))).toEqual([]);
    await again.release();
  });

  const noise = (bytes: number): string =>
    Array.from({ length: bytes / 8 }, () => Math.random().toString(36).slice(2, 10)).join('');
  const fetchInto = async (kept: ReturnType<typeof mirrors>, name: string, from: string): Promise<void> => {
    const mirror = await kept.take(name);
    try {
      await kept.guarded(mirror, 0, (until) =>
        runGit(['-c', 'protocol.file.allow=always', 'fetch', '-q', from, '+refs/*:refs/repositories/1/*'], {
          cwd: mirror.folder,
          signal: until,
        }),
      );
    } finally {
      await mirror.release();
    }
  };

  it('make room by the longest unused, never by one that is in use', async () => {
    const source = makeBare(folder, 1);
    commit(source, [{ files: { 'noise.txt': noise(400_000) } }]);
    const kept = mirrors({ mostBytes: 700_000 });
    for (const name of ['a', 'b']) await fetchInto(kept, name, source);
    const old = new Date(Date.now() - 60_000);
    utimesSync(join(folder, 'mirrors/a.git'), old, old);
    const used = await kept.take('b');
    await fetchInto(kept, 'c', source);
    await fetchInto(kept, 'd', source);
    expect(existsSync(join(folder, 'mirrors/a.git'))).toBe(false);
    expect(existsSync(used.folder)).toBe(true);
    await used.release();
  });

  it('refuse what its host says is too large, before a byte is fetched', async () => {
    const kept = mirrors({ mostOfOne: 1e6 });
    const mirror = await kept.take('a');
    const fetched = kept.guarded(mirror, 10_000_000, () => Promise.reject(new Error('it was fetched')));
    await expect(fetched).rejects.toMatchObject({
      trouble: 'too-large',
      message: expect.stringContaining('1.0 MB'),
    });
    await mirror.release();
  });

  it('end a fetch that grows beyond what was said', async () => {
    const kept = mirrors({ mostOfOne: 1e5 });
    const mirror = await kept.take('a');
    const fetched = kept.guarded(mirror, 0, async (until) => {
      writeFileSync(join(mirror.folder, 'objects/pack/tmp_pack_1'), noise(400_000));
      await new Promise((_, refuse) => until.addEventListener('abort', () => refuse(until.reason as Error)));
    });
    await expect(fetched).rejects.toBeInstanceOf(GitFault);
    await mirror.release();
  });
});

describe('refs', () => {
  const [a, b] = ['a'.repeat(40), 'b'.repeat(40)];

  it('are the same, listed here or asked for there', () => {
    const asked = parseRefs(
      `${a}\tHEAD\n${a}\trefs/heads/main\n${b}\trefs/tags/v1\n${a}\trefs/tags/v1^{}\n`,
      {
        from: 'refs/',
        to: 'refs/',
      },
    );
    const here = parseRefs(`${b} refs/repositories/7/tags/v1\n${a} refs/repositories/7/heads/main\n`, {
      from: 'refs/repositories/7/',
      to: 'refs/',
    });
    expect(digestOf(asked)).toBe(digestOf(here));
    expect(tipsOf(asked)).toEqual([a, b]);
  });

  it('are others when a name or an id is another', () => {
    const of = (text: string): string => digestOf(parseRefs(text, { from: 'refs/', to: 'refs/' }));
    expect(of(`${a} refs/heads/x`)).not.toBe(of(`${a} refs/heads/y`));
    expect(of(`${a} refs/heads/x`)).not.toBe(of(`${b} refs/heads/x`));
  });
});

// Archives of every kind, whole, nested, broken and hostile.

import { closeSync, openSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import * as zlib from 'node:zlib';
import { type Header, pack } from 'tar-stream';
import { describe, expect, test } from 'vitest';
import { builtInRules, loadRules } from '../../../src/detect/index.ts';
import { createCrew } from '../../../src/find/index.ts';
import { formAt, LIMITS, type Limits, lookArchive } from '../../../src/read/archive/index.ts';
import { Listener } from '../listener.ts';
import { placed, read } from '../reading.ts';
import { Repo, scratch, write } from '../scratch.ts';
import { type ZipFile, zip } from './zip-writer.ts';

type TarFile = Partial<Header> & { readonly content?: string | Buffer };

async function tar(files: readonly TarFile[]): Promise<Buffer> {
  const to = pack();
  for (const { content = '', ...header } of files) to.entry(header as Header, content);
  to.finalize();
  return await buffer(to);
}

async function scan(name: string, bytes: Uint8Array): Promise<Listener> {
  const folder = scratch();
  write(folder, { [name]: bytes });
  const { listener } = await read(join(folder, name));
  // Nothing of an archive ever reaches the disk.
  expect(readdirSync(folder, { recursive: true })).toEqual([name]);
  return shortened(listener, folder);
}

/** Places are named by the path that was given; a test's own folder says nothing. */
function shortened(listener: Listener, folder: string): Listener {
  for (const one of [...listener.heard, ...listener.skipped]) {
    const named = 'origin' in one ? one.origin : one;
    if ('path' in named) Object.assign(named, { path: named.path.replace(`${folder}/`, '') });
  }
  return listener;
}

const TEXT = 'first line\n  key_abc123\n';

describe('a zip', () => {
  test('is read member by member, with line and column', async () => {
    const listener = await scan(
      'build.zip',
      zip([
        { name: 'conf/app.env', content: TEXT },
        { name: 'b', content: 'key_def456', stored: true },
      ]),
    );
    expect(listener.places).toEqual([
      'file:build.zip!/b key_def456',
      'file:build.zip!/conf/app.env key_abc123',
    ]);
    expect(listener.found).toContain('13 2:3 near key_abc123');
    expect(listener.skipped).toEqual([]);
    expect(listener.total.files).toBe(2);
  });

  test.each(['app.jar', 'app.whl', 'app.nupkg', 'letter.docx', 'no-name-at-all'])(
    'is one as %s, too',
    async (name) => {
      expect((await scan(name, zip([{ name: 'a', content: TEXT }]))).places).toEqual([
        `file:${name}!/a key_abc123`,
      ]);
    },
  );

  test.each<[string, ZipFile]>([
    ['with data descriptors', { name: 'a', content: TEXT, descriptor: true }],
    ['of the 64-bit kind', { name: 'a', content: TEXT, zip64: true }],
    ['whose name is no UTF-8', { name: Buffer.from([0x61, 0xff]), content: TEXT }],
    ['with a name that climbs', { name: '../../../etc/passwd', content: TEXT }],
    ['with an absolute name', { name: '/etc/passwd', content: TEXT }],
    ['with a name for Windows', { name: 'C:\\x\\y', content: TEXT }],
  ])('%s', async (_what, file) => {
    const listener = await scan('a.zip', zip([file]));
    expect(listener.found).toEqual(['13 2:3 near key_abc123']);
    expect(listener.skipped).toEqual([]);
  });

  test('with one name twice has both of its members', async () => {
    const listener = await scan(
      'a.zip',
      zip([
        { name: 'x', content: 'key_abc123' },
        { name: 'x', content: 'key_def456' },
      ]),
    );
    expect(listener.places).toEqual(['file:a.zip!/x (2) key_def456', 'file:a.zip!/x key_abc123']);
  });

  test('names the members that it cannot read, and reads the others', async () => {
    const whole: ZipFile = { name: 'whole', content: 'key_abc123' };
    const listener = await scan(
      'a.zip',
      zip([
        { name: 'locked', content: 'key_def456', encrypted: true },
        { name: 'odd', content: 'key_def456', method: 14 },
        { name: 'liar', content: 'key_bbb222 and much more than it says', claims: 3 },
        whole,
      ]),
    );
    expect(listener.places).toContain('file:a.zip!/whole key_abc123');
    expect(listener.skipped.map(({ path }) => path).sort()).toEqual([
      'a.zip!/liar',
      'a.zip!/locked',
      'a.zip!/odd',
    ]);
    expect(listener.skipped).toContainEqual({ path: 'a.zip!/locked', why: 'it is encrypted' });
  });

  test('that is cut off, or damaged, is named', async () => {
    const whole = zip([{ name: 'a', content: TEXT.repeat(1000) }]);
    expect((await scan('cut.zip', whole.subarray(0, whole.length - 30))).skipped).toEqual([
      { path: 'cut.zip', why: expect.any(String) },
    ]);
    const damaged = Buffer.from(whole);
    damaged.fill(0xff, 60, 90);
    expect((await scan('damaged.zip', damaged)).skipped).toEqual([
      { path: 'damaged.zip!/a', why: expect.any(String) },
    ]);
    expect((await scan('empty.zip', zip([]))).skipped).toEqual([]);
  });

  test('counts what is binary in it, as everywhere', async () => {
    const listener = await scan(
      'a.zip',
      zip([
        { name: 'image', content: Buffer.alloc(100_000) },
        { name: 'a', content: TEXT },
      ]),
    );
    expect(listener.total.binary).toBe(1);
    expect(listener.skipped).toEqual([]);
    expect(listener.places).toEqual(['file:a.zip!/a key_abc123']);
  });
});

describe('a tar', () => {
  test('is read, packed or not; links and devices are names only', async () => {
    const bytes = await tar([
      { name: 'dir/', type: 'directory' },
      { name: 'a.txt', content: TEXT },
      { name: 'picture', content: Buffer.alloc(50_000) },
      { name: `${'long/'.repeat(60)}name`, content: 'key_bbb222' },
      { name: 'link', type: 'symlink', linkname: '/etc/passwd' },
      { name: 'hard', type: 'link', linkname: '../../x' },
      { name: 'tty', type: 'character-device' },
      { name: '../../up', content: 'key_ccc333' },
    ]);
    const expected = [
      'a.txt key_abc123',
      `${'long/'.repeat(60)}name key_bbb222`,
      '../../up key_ccc333',
    ].sort();
    for (const [name, packed] of [
      ['app.tar', bytes],
      ['app.tar.gz', zlib.gzipSync(bytes)],
      ['app.tgz', zlib.gzipSync(bytes)],
      ...(typeof zlib.zstdCompressSync === 'function'
        ? ([['app.tar.zst', zlib.zstdCompressSync(bytes)]] as const)
        : []),
    ] as const) {
      const listener = await scan(name, packed);
      expect(listener.skipped).toEqual([]);
      expect(listener.places.map((one) => one.replace(`file:${name}!/`, '')).sort()).toEqual(expected);
      expect(listener.total.binary).toBe(1);
    }
  });

  test('that is cut off gives what came before, and says so', async () => {
    const bytes = await tar([
      { name: 'a', content: TEXT },
      { name: 'b', content: Buffer.from('key_zzz999 '.repeat(10_000)) },
    ]);
    for (const [name, cut] of [
      ['cut.tar', bytes.subarray(0, 5000)],
      ['cut.tar.gz', zlib.gzipSync(bytes).subarray(0, -40)],
    ] as const) {
      const listener = await scan(name, cut);
      expect(listener.places).toContain(`file:${name}!/a key_abc123`);
      expect(listener.skipped.length).toBeGreaterThan(0);
    }
  });
});

describe('archives in archives', () => {
  const inner = zip([{ name: 'deep.env', content: TEXT }]);

  test('are read where they stand', async () => {
    const bundle = await tar([
      { name: 'lib/app.jar', content: inner },
      { name: 'old.log.gz', content: zlib.gzipSync(TEXT) },
    ]);
    const listener = await scan('all.zip', zip([{ name: 'bundle.tar.gz', content: zlib.gzipSync(bundle) }]));
    expect(listener.places).toEqual([
      'file:all.zip!/bundle.tar.gz!/lib/app.jar!/deep.env key_abc123',
      'file:all.zip!/bundle.tar.gz!/old.log.gz key_abc123',
    ]);
  });

  test('are opened so deep and no deeper', async () => {
    let bytes = inner;
    for (let depth = 0; depth < 12; depth++) bytes = zip([{ name: 'in.zip', content: bytes }]);
    const listener = await scan('deep.zip', bytes);
    expect(listener.found).toEqual([]);
    expect(listener.skipped).toEqual([
      { path: expect.stringMatching(/^deep\.zip(!\/in\.zip){8}$/), why: expect.stringContaining('8 deep') },
    ]);
  });

  test('packed by others are named', async () => {
    const seven = Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4, 0, 0]);
    expect((await scan('a.zip', zip([{ name: 'x.7z', content: seven }]))).skipped).toEqual([
      { path: 'a.zip!/x.7z', why: 'what 7z has packed is not read' },
    ]);
    expect((await scan('x.7z', seven)).skipped).toHaveLength(1);
  });
});

describe('a bomb', () => {
  async function bounded(bytes: Uint8Array, limits: Partial<Limits>): Promise<Listener> {
    const folder = scratch();
    write(folder, { a: bytes });
    const handle = openSync(join(folder, 'a'), 'r');
    const listener = new Listener();
    try {
      const form = formAt(handle);
      if (form === undefined) throw new Error('no archive');
      await lookArchive(listener, { kind: 'file', path: 'a' }, handle, form, {
        size: statSync(join(folder, 'a')).size,
        limits: { ...LIMITS, ...limits },
      });
    } finally {
      closeSync(handle);
    }
    return listener;
  }
  const zeros = Buffer.alloc(4 * 1024 * 1024, ' ');

  test.each<[string, () => Promise<Uint8Array> | Uint8Array, Partial<Limits>, RegExp]>([
    ['by its ratio', () => zip([{ name: 'z', content: zeros }]), { free: 1024 * 1024 }, /times its size/],
    [
      'by its bytes',
      () => zip([{ name: 'z', content: zeros }]),
      { bytes: 1024 * 1024 },
      /more than 1048576 bytes/,
    ],
    [
      'by its members',
      () => zip(Array.from({ length: 40 }, (_, at) => ({ name: `${at}`, content: 'x' }))),
      { members: 20 },
      /more than 20 members/,
    ],
    ['by its time', () => zip([{ name: 'z', content: zeros }]), { seconds: -1 }, /longer than/],
    [
      'packed twice',
      () => zlib.gzipSync(zlib.gzipSync(zeros)),
      { bytes: 1024 * 1024 },
      /more than 1048576 bytes/,
    ],
    [
      'in a tar',
      async () => zlib.gzipSync(await tar([{ name: 'z', content: zeros }])),
      { bytes: 1024 * 1024 },
      /more than 1048576 bytes/,
    ],
    [
      'of many that are each small',
      () =>
        zip(
          Array.from({ length: 8 }, (_, at) => ({
            name: `${at}.zip`,
            content: zip([{ name: 'z', content: zeros }]),
          })),
        ),
      { bytes: 6 * 1024 * 1024 },
      /more than 6291456 bytes/,
    ],
  ])('is stopped %s, and said once under its own name', async (_how, make, limits, why) => {
    const { skipped } = await bounded(await make(), limits);
    expect(skipped).toEqual([{ path: 'a', why: expect.stringMatching(why) }]);
  });

  test('does not hide what came before it', async () => {
    const listener = await bounded(
      zip([
        { name: 'a', content: 'key_abc123' },
        { name: 'z', content: zeros },
      ]),
      { bytes: 100_000 },
    );
    expect(listener.places).toEqual(['file:a!/a key_abc123']);
  });

  test('that would have to be held in memory is left alone, and the rest is read', async () => {
    const big = zip([
      { name: 'x', content: Buffer.from(Array.from({ length: 9000 }, (_, at) => at * 7)), stored: true },
    ]);
    const listener = await bounded(
      zip([
        { name: 'big.zip', content: big },
        { name: 'a', content: 'key_abc123' },
      ]),
      { held: 4000 },
    );
    expect(listener.skipped).toEqual([
      { path: 'a!/big.zip', why: expect.stringContaining('larger than 4000 bytes') },
    ]);
    expect(listener.places).toEqual(['file:a!/a key_abc123']);
  });
});

describe('in a tree', () => {
  test('archives are binary unless they are asked for, in one thread and in many', async () => {
    const folder = scratch();
    write(folder, { 'lib/app.jar': zip([{ name: 'deep.env', content: TEXT }]), 'a.txt': 'key_def456' });
    const closed = await read(folder);
    expect(closed.listener.places).toEqual(['file:a.txt key_def456']);
    expect(closed.listener.total.binary).toBe(1);
    const both = ['file:a.txt key_def456', 'file:lib/app.jar!/deep.env key_abc123'];
    expect((await read(folder, { archives: true })).listener.places).toEqual(both);

    const rules = await loadRules([builtInRules]);
    const crew = createCrew({ threads: 2, rules, files: { few: { files: 0, bytes: 0 } } });
    try {
      const reader = await read(folder, { archives: true, openFiles: crew.openFiles });
      expect(reader.listener.skipped).toEqual([]);
      expect(reader.listener.total.binary).toBe(0);
    } finally {
      await crew.close();
    }
  });

  test('a member of a committed archive is placed as the archive is', async () => {
    const repo = Repo.make();
    const commit = repo.commit({ 'lib/app.jar': zip([{ name: 'deep.env', content: TEXT }]) });
    write(repo.path, { 'new.zip': zip([{ name: 'x', content: 'key_def456' }]) });
    const reading = await read(repo.path, { archives: true, history: 'no' });
    expect((await placed(reading)).flat().sort()).toEqual([
      `lib/app.jar!/deep.env:2 ${commit.slice(0, 7)} false`,
      'new.zip!/x:1 - false',
    ]);
  });
});

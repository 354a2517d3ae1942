// The floor plan of the house as a test: which folder may open which door, and who may do what the laws reserve.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../src', import.meta.url));

/** Folder -> the folders whose door it may open. What is not listed is forbidden. */
const DOORS: Readonly<Record<string, readonly string[]>> = {
  model: [],
  read: ['model'],
  detect: ['model'],
  services: ['model'],
  verify: ['model', 'services'],
  decide: ['model'],
  revoke: ['model', 'services'],
  notify: ['model'],
  record: ['model'],
  keyservice: ['model'],
  connect: ['model', 'services', 'verify', 'decide', 'revoke', 'notify', 'record', 'keyservice'],
  find: ['model', 'read', 'detect'],
  config: ['model', 'read', 'detect', 'services', 'decide', 'notify'],
  pipeline: [
    'model',
    'find',
    'read',
    'detect',
    'services',
    'verify',
    'decide',
    'revoke',
    'notify',
    'record',
    'config',
  ],
  'index.ts': ['model', 'pipeline', 'detect', 'services', 'keyservice', 'config', 'record'],
  'version.ts': [],
  equip: [
    'version.ts',
    'model',
    'find',
    'pipeline',
    'read',
    'detect',
    'services',
    'verify',
    'decide',
    'revoke',
    'notify',
    'record',
    'config',
  ],
  page: ['model', 'record', 'pipeline', 'equip'],
  fleet: ['model', 'find', 'read', 'record', 'equip', 'pipeline'],
  action: ['model', 'version.ts', 'pipeline', 'read', 'detect', 'notify', 'record', 'config', 'equip'],
  cli: [
    'version.ts',
    'model',
    'equip',
    'fleet',
    'pipeline',
    'find',
    'read',
    'detect',
    'services',
    'verify',
    'decide',
    'revoke',
    'notify',
    'record',
    'keyservice',
    'connect',
    'config',
    'page',
  ],
};

/** What reveals, and schemas that are loaded only where there is a file to judge: a door loads all that stands behind it. */
const SIDE_DOORS: ReadonlySet<string> = new Set([
  'model/reveal.ts',
  'model/handover.ts',
  'decide/policy.ts',
  'notify/channels.ts',
]);

interface Source {
  readonly file: string;
  readonly folder: string;
  readonly text: string;
}

function sources(): Source[] {
  return (
    readdirSync(SRC, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
      .map((entry) => relative(SRC, join(entry.parentPath, entry.name)).split(sep).join('/'))
      // AssemblyScript is another language in the same suffix; its folders hold no imports of the house.
      .filter((file) => !file.includes('/as/'))
      .sort()
      .map((file) => ({
        file,
        folder: file.split('/')[0] ?? file,
        text: readFileSync(join(SRC, file), 'utf8'),
      }))
  );
}

const all = sources();

function imports(source: Source): string[] {
  const found = source.text.matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g);
  return [...found].map((match) =>
    join(dirname(source.file), match[1] ?? '')
      .split(sep)
      .join('/'),
  );
}

/** Without those of types alone, which are gone when the code runs. */
function running(source: Source): string[] {
  return imports({ ...source, text: source.text.replace(/^(?:import|export) type\b[^;]*;/gm, '') });
}

/** What is loaded with a file: everything that it imports but types, and so on. Modules of others by their name. */
function loadedWith(file: string, known = new Set<string>()): ReadonlySet<string> {
  if (known.has(file)) return known;
  known.add(file);
  const text = all.find((source) => source.file === file)?.text ?? '';
  for (const [, from = ''] of text.matchAll(/^(?:import|export) (?!type\b)[^;']*?from '([^']+)';/gm)) {
    if (from.startsWith('.')) loadedWith(join(dirname(file), from).split(sep).join('/'), known);
    else known.add(from);
  }
  return known;
}

describe('the house', () => {
  it('has no folder that the plan does not know', () => {
    expect([...new Set(all.map((source) => source.folder))].filter((folder) => !(folder in DOORS))).toEqual(
      [],
    );
  });

  it.each(Object.entries(DOORS))('%s opens only its own doors', (folder, allowed) => {
    const wrong: string[] = [];
    for (const source of all.filter((one) => one.folder === folder)) {
      for (const target of imports(source)) {
        const other = target.split('/')[0] ?? target;
        if (other === folder || target.startsWith('..')) continue;
        const door = other.endsWith('.ts') ? other : `${other}/index.ts`;
        if (!allowed.includes(other) || (target !== door && !SIDE_DOORS.has(target)))
          wrong.push(`${source.file} -> ${target}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('has every folder on the page that shows the way', () => {
    const page = readFileSync(join(SRC, '../CONTRIBUTING.md'), 'utf8');
    const shown = [...page.matchAll(/^\| `src\/(\w+)\/`/gm)].map(([, name = '']) => name).sort();
    expect(shown).toEqual(
      Object.keys(DOORS)
        .filter((name) => !name.endsWith('.ts'))
        .sort(),
    );
  });

  it('has no circle: what runs imports what is below it, though it be later, by import()', () => {
    const below = new Map(all.map((source) => [source.file, running(source)] as const));
    const circles: string[] = [];
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]): void => {
      const at = path.indexOf(file);
      if (at >= 0) circles.push([...path.slice(at), file].join(' -> '));
      if (at >= 0 || done.has(file)) return;
      for (const next of below.get(file) ?? []) visit(next, [...path, file]);
      done.add(file);
    };
    for (const { file } of all) visit(file, []);
    expect(circles).toEqual([]);
  });

  it.each(['cli/main.ts', 'cli/commands/scan.ts', 'find/work.ts'])(
    'starts quickly: %s brings along nothing but what every scan needs',
    (file) => {
      const dear = [
        'zod',
        'smol-toml',
        'undici',
        'kysely',
        'simple-git',
        'p-queue',
        'yauzl',
        'services/index.ts',
      ];
      const loaded = loadedWith(file);
      expect(loaded.size).toBeGreaterThan(5);
      expect(dear.filter((name) => loaded.has(name))).toEqual([]);
    },
  );

  it('has no syntax that the oldest Node lacks: a checkout runs as it is written', () => {
    // `using` came with Node 24; package.json promises 22.
    const late = /^\s*(?:await )?using [\w$]+ =|\b(?:const|let) \w+ = new (?:Async)?DisposableStack\b/m;
    expect(all.filter(({ text }) => late.test(text)).map(({ file }) => file)).toEqual([]);
  });

  it('keeps every file small enough to fit in the head', () => {
    const long = all
      .filter((source) => !/^\/\/ Generated by /m.test(source.text.slice(0, 300)))
      .map((source) => ({ file: source.file, lines: source.text.split('\n').length }))
      .filter(({ lines }) => lines > 420);
    expect(long).toEqual([]);
  });
});

describe('the laws that a folder holds', () => {
  const only = (pattern: RegExp, allowed: (file: string) => boolean) =>
    all.filter((source) => pattern.test(source.text) && !allowed(source.file)).map((source) => source.file);
  const under =
    (...folders: string[]) =>
    (file: string) =>
      folders.some((folder) => file === folder || file.startsWith(`${folder}/`));

  it('reveals a secret in services/ and action/ alone', () => {
    expect(
      only(
        /model\/reveal\.ts'|\breveal\b.*from '.*secret\.ts'/,
        under('services', 'action', 'model/reveal.ts'),
      ),
    ).toEqual([]);
  });

  it('carries secrets between threads in find/ alone', () => {
    expect(only(/model\/handover\.ts'|\b(?:un)?packSecret\b/, under('find', 'model'))).toEqual([]);
  });

  it('opens a connection to an issuer in verify/ask.ts alone', () => {
    const network = /from '(?:undici|node:https?|node:net|node:tls)'|(?<![.\w])fetch\(/;
    // notify/ writes to its channels, keyservice/ and fleet/metrics are servers, read/hosts asks the code host, the Action its runner's cache;
    // page/script.ts runs in the browser and asks its own server; page/oidc.ts asks the operator's identity provider; the demo
    // stands in for all of them.
    const allowed = [
      'verify',
      'notify',
      'keyservice',
      'read/hosts.ts',
      'action/cache-service.ts',
      'page/script.ts',
      'page/oidc.ts',
      'fleet/metrics.ts',
      'cli/demo',
    ];
    expect(only(network, under(...allowed))).toEqual([]);
  });

  it('makes a revoke order in decide/order.ts alone', () => {
    expect(only(/as RevokeOrder\b|as unknown as RevokeOrder/, under('decide/order.ts'))).toEqual([]);
  });

  it('decides exit codes at the front doors alone', () => {
    expect(only(/process\.exit/, under('cli', 'action'))).toEqual([]);
  });

  it('has no console, no any and no default export', () => {
    expect(
      only(
        /^(?!\s*(?:\/\/|\/?\*)).*(?:\bconsole\.(?:log|error|warn|info|debug|trace)\b|: any\b|<any>|as any\b)|^export default/m,
        () => false,
      ),
    ).toEqual([]);
  });
});

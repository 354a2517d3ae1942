// Law 1, of the commands that people are told to type: whoever is on a machine reads the arguments of every program in `ps`, so a secret
// goes in by standard input, a file or the environment.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { checklist, issuers } from '../../src/services/index.ts';

const services = issuers({});
const root = fileURLToPath(new URL('../..', import.meta.url));

function printed(): readonly (readonly [where: string, text: string])[] {
  const hand = services.flatMap(({ id, byHand }) =>
    byHand({ preview: 'abc_…wxyz' }).map((text) => [id, text] as const),
  );
  const lists = [undefined, ...services.map(({ id }) => id)].flatMap((id) =>
    checklist(id).map(({ text }) => [`checklist ${id ?? ''}`, text] as const),
  );
  const files = ['README.md', 'docs/issuer-contract.md', 'docs/configuration.md', 'docs/middleware/hono.js'];
  const read = [
    ...files,
    'docs/middleware/express.js',
    'docs/middleware/fastify.js',
    'src/cli/demo/demo.ts',
    'src/services/explain.ts',
  ];
  return [...hand, ...lists, ...read.map((file) => [file, readFileSync(join(root, file), 'utf8')] as const)];
}

const PROGRAM = /(?:curl|wget|gcloud|vault|aws|npm|heroku|oc|oz|gh|az|kubectl) (?:[^|\n`\\]|\\\n)*/g;
/** A variable, a placeholder or a word in capitals that stands for a secret; ids, addresses and files are none. */
const SECRET =
  /\$\{?[A-Z_]*(?:KEY|TOKEN|SECRET|PASSWORD)\b|<(?:key|token|secret|password)>|\b(?:KEY|TOKEN|SECRET|PASSWORD)\b|\b[Bb]earer \S|\s-u\s/;

test('no command that people are told to type has a secret among its arguments', () => {
  const faults = printed().flatMap(([where, text]) =>
    [...text.matchAll(PROGRAM)]
      .map(([command]) => command)
      .filter((command) => SECRET.test(command))
      .map((command) => `${where}: ${command}`),
  );
  expect(faults).toEqual([]);
});

/** A curl that notes its arguments and what it reads. */
function shim() {
  const folder = mkdtempSync(join(tmpdir(), 'keyburn-commands-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const name of ['curl', 'gcloud']) {
    const body =
      name === 'curl'
        ? `printf '%s\\n' "$@" > "${folder}/argv"; cat > "${folder}/input"`
        : 'echo made-up-token';
    writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

test('as typed into a shell, curl has the key on standard input, and not in its arguments', () => {
  const folder = shim();
  const commands = printed()
    .filter(([where]) => !where.includes('.'))
    .flatMap(([, text]) => [...text.matchAll(/printf [^|]*\| curl [^|]*/g)].map(([command]) => command));
  expect(commands.length).toBeGreaterThan(services.length);
  for (const command of new Set(commands)) {
    const names = [...command.matchAll(/"\$([A-Z_]+)"/g)].map(([, name = '']) => name);
    const env = Object.fromEntries(names.map((name) => [name, `made-up-${name}`]));
    const path = `${folder}${delimiter}${process.env.PATH ?? ''}`;
    execFileSync('/bin/sh', ['-c', command], { env: { ...env, PATH: path }, stdio: 'ignore' });
    const [argv, input] = ['argv', 'input'].map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(names, command).not.toEqual([]);
    for (const secret of [...Object.values(env), 'made-up-token'])
      expect(argv, command).not.toContain(secret);
    for (const secret of Object.values(env)) expect(input, command).toContain(secret);
    expect(argv, command).toMatch(/^@-$|^--config\n-$/m);
  }
});

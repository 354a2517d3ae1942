// The container as far as it can be judged without an engine: it has all that the package has, and no rights.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const read = (name: string) => readFileSync(fileURLToPath(new URL(`../${name}`, import.meta.url)), 'utf8');
const [, image = ''] = read('Dockerfile')
  .split(/^FROM .*$/m)
  .slice(1);

test('the image has every folder that the package has', () => {
  const { files } = JSON.parse(read('package.json')) as { files: string[] };
  const copied = [...image.matchAll(/^COPY --from=build \/keyburn\/(\S+)/gm)].map(([, name]) => name);
  expect(copied).toEqual(
    expect.arrayContaining(files.filter((name) => !name.endsWith('.md') && name !== 'LICENSE')),
  );
  expect(copied).toContain('node_modules');
});

test('it runs as a user without rights, whose state is a volume', () => {
  const steps = image
    .split('\n')
    .filter((line) => /^[A-Z]+ /.test(line))
    .map((line) => line.split(' ')[0]);
  expect(image).toMatch(/^USER [1-9]\d*$/m);
  // Nothing is set up behind the user's back.
  expect(steps.slice(steps.indexOf('USER'))).toEqual(['USER', 'WORKDIR', 'VOLUME', 'ENTRYPOINT', 'CMD']);
  expect(image).toMatch(/^ENV KEYBURN_HOME=\/state /m);
});

test('what it installs is told by the lock file, and no package runs a script', () => {
  const installs = [...read('Dockerfile').matchAll(/npm (?:ci|install|i|prune)\b[^&\n]*/g)].map(
    ([line]) => line,
  );
  expect(installs.length).toBeGreaterThan(1);
  for (const line of installs) expect(line).toMatch(/^npm (?:ci|prune) .*--ignore-scripts/);
});

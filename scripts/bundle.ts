// Makes dist/index.js, the one file that `uses:` runs: `npm run bundle`, or `node scripts/bundle.ts FOLDER` to compare. The same
// bytes come out wherever it runs. Rules and package.json stay files of the repository, which a checkout of the action has.

import { posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

export async function bundle(folder: string): Promise<void> {
  await build({
    cwd: ROOT,
    input: fileURLToPath(import.meta.resolve('../src/action/index.ts')),
    platform: 'node',
    treeshake: true,
    logLevel: 'warn',
    plugins: [
      {
        // A module that reads a file of the repository beside itself finds it from dist/, too.
        name: 'keep-places',
        transform(code, id) {
          if (!id.startsWith(`${ROOT}src${sep}`) || !code.includes('import.meta.')) return null;
          const place = `../${relative(ROOT, id).split(sep).join('/')}`;
          return code.replaceAll(/\bimport\.meta\.(url|dirname)\b/g, (_all, what: string) =>
            what === 'url'
              ? `new URL(${JSON.stringify(place)}, import.meta.url).href`
              : `(import.meta.dirname + ${JSON.stringify(`/${posix.dirname(place)}`)})`,
          );
        },
      },
    ],
    output: {
      dir: folder,
      format: 'esm',
      entryFileNames: 'index.js',
      codeSplitting: false,
      minify: 'dce-only',
      comments: false,
    },
  });
}

if (import.meta.main) await bundle(process.argv[2] ?? `${ROOT}dist`);

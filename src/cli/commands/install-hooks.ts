// Puts keyburn before a commit or a push. The law of this file: a hook that somebody else wrote, and a folder that belongs to
// another tool or to other repositories, are never written to; the lines to add there are printed instead.

import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { SetupError } from '../../model/index.ts';
import type { Io } from '../io.ts';
import { printable } from '../words.ts';

type Hook = 'pre-commit' | 'pre-push';

interface Options {
  readonly hook: readonly Hook[];
  readonly print: boolean;
}

const MARK = '# Made by `keyburn install-hooks`; it writes this file again, so changes belong elsewhere.';

/** keyburn from the PATH, else the project's own; that there is neither is no reason to let the commit through. */
const FIND = `scan() {
  if command -v keyburn >/dev/null 2>&1; then keyburn scan "$@"
  elif [ -x node_modules/.bin/keyburn ]; then node_modules/.bin/keyburn scan "$@"
  elif npx --no-install keyburn --version >/dev/null 2>&1; then npx --no-install keyburn scan "$@"
  else
    echo "keyburn: not found: put it on the PATH, or into the project: npm i -D keyburn" >&2
    return 2
  fi
}`;

/** A commit or push that is refused says by whom, and how to go on. */
const SAY = `refused() {
  case $2 in
    2) echo "keyburn: this $1 is stopped: not everything could be looked at (exit code 2); see above" >&2 ;;
    *) echo "keyburn: this $1 is stopped: take the key out and replace it (exit code $2)" >&2 ;;
  esac
  echo "keyburn: where you know better, let this one through: git $1 --no-verify" >&2
  exit "$2"
}`;

/** What git tells a pre-push hook: https://git-scm.com/docs/githooks#_pre_push */
const PUSH = `remote=$1
code=0
while read -r _ new _ old; do
  case $new in *[!0]*) ;; *) continue ;; esac # a deletion brings nothing
  case $old in *[!0]*) git cat-file -e "$old^{commit}" 2>/dev/null || old= ;; *) old= ;; esac
  who=
  if [ -z "$old" ]; then
    # No remote has been heard of so far: what this push brings has not left.
    [ -n "$(git for-each-ref --count=1 refs/remotes)" ] || who='--exposure=local'
    # New there: from before the first commit that the remote has not.
    first=$(git rev-list --topo-order --reverse "$new" --not --remotes="$remote" | head -n 1)
    [ -n "$first" ] || continue
    old=$(git rev-parse --quiet --verify "$first^") || {
      # It has nothing before it: an empty commit that nobody sees stands in.
      tree=$(git hash-object -w -t tree --stdin </dev/null)
      old=$(git -c user.name=keyburn -c user.email=keyburn@localhost commit-tree -m empty "$tree" </dev/null)
    }
  fi
  scan $who --range "$old..$new" </dev/null || code=$?
done
[ $code = 0 ] || refused push $code`;

function hookText(hook: Hook): string {
  const body = hook === 'pre-commit' ? 'scan --staged || refused commit $?' : PUSH;
  return `#!/bin/sh\n${MARK}\n${FIND}\n${SAY}\n${body}\n`;
}

export async function installHooks(io: Io, options: Options): Promise<number> {
  if (options.print) {
    io.stdout.write(options.hook.map(hookText).join('\n'));
    return 0;
  }
  const top = ask(io, 'rev-parse', '--show-toplevel');
  if (top === undefined)
    throw new SetupError(`${io.cwd}: not a git repository with a working tree`, {
      hint: 'run it in a checkout',
    });
  const tool = toolOf(io, top);
  if (tool !== undefined) {
    io.stdout.write(
      `${tool.name} keeps the hooks here, so nothing was written. Add this to ${tool.file}:\n\n`,
    );
    io.stdout.write(
      `${tool.head ?? ''}${options.hook.map(tool.snippet).join(tool.head === undefined ? '\n' : '')}\n`,
    );
    if (tool.after !== undefined) io.stdout.write(`${tool.after(options.hook)}\n`);
    return 0;
  }
  const folder = resolve(top, ask(io, 'rev-parse', '--git-path', 'hooks') ?? '.git/hooks');
  const common = resolve(io.cwd, ask(io, 'rev-parse', '--git-common-dir') ?? '.git');
  if (![top, common].some((own) => isInside(own, folder)))
    throw new SetupError(
      `core.hooksPath is ${printable(folder)}, which other repositories use as well: nothing was written`,
      {
        hint: 'call keyburn from the hooks there: `keyburn install-hooks --print` shows how',
      },
    );
  const foreign = options.hook.filter((hook) => !isOurs(join(folder, hook)));
  if (foreign.length > 0)
    throw new SetupError(
      `${foreign.map((hook) => printable(join(folder, hook))).join(', ')}: there already, and not ours: nothing was written`,
      {
        hint: 'add to it what `keyburn install-hooks --print` shows',
      },
    );
  mkdirSync(folder, { recursive: true });
  for (const hook of options.hook) {
    const file = join(folder, hook);
    writeFileSync(file, hookText(hook));
    chmodSync(file, 0o755);
    io.stdout.write(`wrote ${printable(file)}\n`);
  }
  return 0;
}

interface Tool {
  readonly name: string;
  readonly file: string;
  /** What stands once, before the snippets. */
  readonly head?: string;
  readonly snippet: (hook: Hook) => string;
  /** What is to be done after that. */
  readonly after?: (hooks: readonly Hook[]) => string;
}

/** The tool that a repository's own files name as the keeper of its hooks. */
function toolOf(io: Io, top: string): Tool | undefined {
  const has = (...names: readonly string[]) => names.find((name) => existsSync(join(top, name)));
  const inline = (hook: Hook) =>
    hook === 'pre-commit'
      ? 'npx --no-install keyburn scan --staged'
      : hookText(hook).split('\n').slice(2).join('\n');
  const configured = ask(io, 'config', '--get', 'core.hooksPath') ?? '';
  if (has('.husky') !== undefined || /(?:^|\/)\.husky(?:\/|$)/.test(configured))
    return { name: 'husky', file: '.husky/', snippet: (hook) => `# .husky/${hook}\n${inline(hook)}` };
  const lefthook = ['lefthook', '.lefthook'].flatMap((name) =>
    ['yml', 'yaml', 'toml', 'json'].map((end) => `${name}.${end}`),
  );
  const found = has(...lefthook);
  if (found !== undefined)
    return {
      name: 'lefthook',
      file: found,
      // Lefthook hands git's lines on only where it is told to: https://lefthook.dev/configuration/use_stdin.html
      snippet: (hook) =>
        hook === 'pre-commit'
          ? 'pre-commit:\n  commands:\n    keyburn:\n      run: npx --no-install keyburn scan --staged\n'
          : `pre-push:\n  scripts:\n    keyburn.sh:\n      runner: sh\n      use_stdin: true\n\nand put this into .lefthook/pre-push/keyburn.sh:\n\n#!/bin/sh\n${inline(hook)}`,
    };
  const framework = has('.pre-commit-config.yaml');
  if (framework === undefined) return undefined;
  return {
    name: 'pre-commit',
    file: framework,
    head: '  - repo: https://github.com/OWNER/keyburn\n    rev: v1.0.0\n    hooks:\n',
    snippet: (hook) =>
      `      - id: ${hook === 'pre-commit' ? 'keyburn' : 'keyburn-push'}\n        language_version: 24.11.0\n`,
    // Without being told, it installs itself before commits alone.
    after: (hooks) => `Then: pre-commit install${hooks.map((hook) => ` --hook-type ${hook}`).join('')}`,
  };
}

function isOurs(file: string): boolean {
  return !existsSync(file) || readFileSync(file, 'utf8').includes(MARK);
}

function isInside(folder: string, path: string): boolean {
  const way = relative(real(folder), real(path));
  return !way.startsWith('..') && !isAbsolute(way);
}

/** Without symlinks as far as the path exists. */
function real(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  const above = dirname(path);
  return above === path ? path : join(real(above), path.slice(above.length));
}

function ask(io: Io, ...args: readonly string[]): string | undefined {
  const asked = spawnSync('git', args, { cwd: io.cwd, env: { ...io.env }, encoding: 'utf8' });
  if (asked.error !== undefined && 'code' in asked.error && asked.error.code === 'ENOENT')
    throw new SetupError('git was not found', { hint: 'install git 2.31 or newer, or put it on the PATH' });
  return asked.status === 0 ? asked.stdout.replace(/\n$/, '') : undefined;
}

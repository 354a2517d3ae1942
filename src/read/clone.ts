import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SetupError } from '../model/index.ts';
import { gitEnvironment } from './git.ts';
import { withoutCredentials } from './remote.ts';

/** A local copy of an address, to read from. */
export interface Clone {
  readonly folder: string;
  /** Without credentials. */
  readonly url: string;
  /** A bare repository that keyburn has made, and fetched whole. */
  readonly whole?: boolean;
  remove(): Promise<void>;
}

/** Whether a target is an address and not a path: a URL, or `user@host:path`. */
export function isAddress(target: string): boolean {
  return /^[a-z][a-z0-9+.-]*:(\/\/|:)/i.test(target) || /^[\w.-]+@[\w.-]+:(?!\/\/)./.test(target);
}

/**
 * Clones all refs of an address, pull requests included, without a working tree, into a temporary folder. Credentials in a
 * URL travel in the environment, not in git's argv, and are not kept in the clone's config.
 */
export async function clone(target: string, signal?: AbortSignal): Promise<Clone> {
  const scheme = /^([a-z][a-z0-9+.-]*):(\/\/|:)/i.exec(target)?.[1]?.toLowerCase() ?? 'ssh';
  if (!['https', 'ssh', 'file'].includes(scheme))
    throw new SetupError(`${withoutCredentials(target)}: ${scheme} addresses are not read`, {
      hint: 'give an https, ssh or file address, or the path of a local clone',
    });
  const url = withoutCredentials(target);
  const folder = makeFolder();
  const drop = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', drop);
  const remove = async () => {
    process.off('exit', drop);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await (await clientFor(url, authorization(target), signal)).mirror(url, folder);
  } catch (error) {
    await remove();
    signal?.throwIfAborted();
    throw new SetupError(`${url}: cannot be cloned: ${lastWord(error)}`, {
      hint: 'check the address, and that git clone works with it here without a question',
    });
  }
  return { folder, url, remove };
}

/** The refs of an address and where they point, as one text: it changes when anything there does. */
export async function tipsOf(target: string, signal?: AbortSignal): Promise<string> {
  const url = withoutCredentials(target);
  try {
    return await (await clientFor(url, authorization(target), signal)).listRemote([url]);
  } catch (error) {
    signal?.throwIfAborted();
    throw new SetupError(`${url}: its refs cannot be listed: ${lastWord(error)}`);
  }
}

/** git with the network, for one address. */
async function clientFor(url: string, header: string | undefined, signal: AbortSignal | undefined) {
  const config = [
    'core.hooksPath=/dev/null',
    'core.fsmonitor=false',
    'protocol.allow=never',
    ...['https', 'ssh', 'file'].map((scheme) => `protocol.${scheme}.allow=always`),
  ];
  const secret =
    header === undefined
      ? {}
      : {
          GIT_CONFIG_COUNT: '1',
          GIT_CONFIG_KEY_0: `http.${origin(url)}/.extraHeader`,
          GIT_CONFIG_VALUE_0: header,
        };
  const env = { ...cloneEnvironment(), ...secret };
  const { simpleGit } = await import('simple-git');
  return simpleGit({
    config,
    ...(signal ? { abort: signal } : {}),
    allowEnvironment: Object.keys(env),
    unsafe: {
      allowUnsafeHooksPath: true,
      allowUnsafeFsMonitor: true,
      allowUnsafeProtocolOverride: true,
      allowUnsafeConfigEnvCount: true,
      allowUnsafeSshCommand: true,
      allowUnsafeAskPass: true,
      allowUnsafeConfigPaths: true,
      allowUnsafeExec: true,
    },
  }).env(env);
}

/** The user's own way to a host stays, the machine's credential helpers too; editors and pagers have no business in a clone. */
function cloneEnvironment(): NodeJS.ProcessEnv {
  const {
    GIT_CONFIG_NOSYSTEM: _system,
    EDITOR: _editor,
    VISUAL: _visual,
    PAGER: _pager,
    PREFIX: _prefix,
    ...env
  } = gitEnvironment();
  const ways = ['GIT_SSH', 'GIT_SSH_COMMAND', 'GIT_ASKPASS'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...env, ...Object.fromEntries(ways) };
}

function makeFolder(): string {
  const home = process.env.KEYBURN_HOME;
  const base = home ? join(home, 'clones') : tmpdir();
  mkdirSync(base, { recursive: true });
  return mkdtempSync(join(base, 'keyburn-clone-'));
}

function origin(url: string): string {
  return new URL(url).origin;
}

function authorization(target: string): string | undefined {
  if (!/^https:/i.test(target) || !URL.canParse(target)) return undefined;
  const { username, password } = new URL(target);
  if (!username && !password) return undefined;
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Authorization: Basic ${Buffer.from(pair).toString('base64')}`;
}

function lastWord(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  const lines = said.trim().split('\n');
  return (lines.findLast((line) => /^(fatal|error|remote):/.test(line)) ?? lines.at(-1) ?? '').replace(
    /^\w+: /,
    '',
  );
}

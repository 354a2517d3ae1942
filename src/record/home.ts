// Where state lives, and the key that fingerprints are made under.

import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { FingerprintKey, SetupError } from '../model/index.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** `KEYBURN_HOME`, else the platform's folder for state. Only names it: nothing is created. */
export function stateFolder(env: Environment, platform: NodeJS.Platform = process.platform): string {
  const named = env.KEYBURN_HOME;
  if (named !== undefined && named !== '') return resolve(named);
  const home = (platform === 'win32' ? env.USERPROFILE : env.HOME) || homedir();
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'keyburn');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'keyburn');
  // The XDG Base Directory Specification 0.8: a relative path in the variable is to be ignored.
  const state = env.XDG_STATE_HOME;
  return join(state && isAbsolute(state) ? state : join(home, '.local', 'state'), 'keyburn');
}

/** Makes the state folder, for its owner alone. */
export function makeHome(home: string): void {
  try {
    makeFolder(home);
  } catch (cause) {
    throw new SetupError(`${home}: the state folder cannot be made`, {
      hint: 'set KEYBURN_HOME to a folder that this user may write to',
      cause,
    });
  }
}

/** Folder by folder: where a parent refuses with ENOENT (below /proc, say), Node's own recursive way never ends. */
function makeFolder(path: string): void {
  if (isFolder(path)) return;
  const above = dirname(path);
  if (above !== path) makeFolder(above);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (cause) {
    // Another process may have been faster.
    if (!isFolder(path)) throw cause;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

const KEY_BYTES = 32;
const KEY_TEXT = /^[0-9a-f]{64}\n?$/;

/**
 * The project's own random fingerprint key, made on first use. Two processes that start at once get the same one: the
 * file appears whole, by a link that fails where it is already there.
 */
export function loadFingerprintKey(home: string): FingerprintKey {
  makeHome(home);
  const file = join(home, 'fingerprint.key');
  const text = read(file) ?? create(file);
  if (!KEY_TEXT.test(text)) {
    throw new SetupError(`${file}: not a fingerprint key (64 hex digits are due)`, {
      hint: 'put the right file back; without it every known fingerprint changes. To start anew, remove it together with the ledger',
    });
  }
  return new FingerprintKey(Buffer.from(text.trim(), 'hex'));
}

function read(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'latin1');
    if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
    return text;
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return undefined;
    throw new SetupError(`${file}: cannot be read`, {
      hint: 'it must belong to the user who runs keyburn',
      cause,
    });
  }
}

function create(file: string): string {
  const draft = `${file}.${process.pid}.${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(draft, `${randomBytes(KEY_BYTES).toString('hex')}\n`, {
      mode: 0o600,
      flag: 'wx',
      flush: true,
    });
    linkSync(draft, file);
  } catch (cause) {
    // Somebody was faster: theirs counts.
    if (codeOf(cause) !== 'EEXIST') {
      throw new SetupError(`${file}: cannot be made`, {
        hint: 'KEYBURN_HOME must be a writable folder on a file system with hard links; or name a key in keyburn.toml',
        cause,
      });
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(file, 'latin1');
}

function codeOf(cause: unknown): unknown {
  return cause instanceof Error && 'code' in cause ? cause.code : undefined;
}

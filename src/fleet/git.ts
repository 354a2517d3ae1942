// git with a network, for mirrors alone. The laws: a token travels in git's environment and never in argv, a URL or a config on disk;
// it goes to the host of the repository alone; nothing that a repository brings is run.

import { spawn } from 'node:child_process';
import { gitEnvironment } from '../read/index.ts';

const SAFE = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'protocol.allow=never',
  'protocol.https.allow=always',
  'protocol.http.allow=always',
  'credential.helper=',
  'http.followRedirects=initial',
  'gc.auto=0',
  'maintenance.auto=false',
  // New objects come as packs, however few they are.
  'fetch.unpackLimit=1',
].flatMap((setting) => ['-c', setting]);

/** What went wrong, so far as it decides what happens next. */
export type GitTrouble = 'missing' | 'refused' | 'too-large' | 'damaged' | 'unreachable' | 'other';

export class GitFault extends Error {
  override readonly name = 'GitFault';
  readonly trouble: GitTrouble;
  constructor(trouble: GitTrouble, message: string) {
    super(message);
    this.trouble = trouble;
  }
}

export interface GitCall {
  readonly cwd: string;
  readonly signal: AbortSignal;
  /** For `http.<origin>/`: the whole header. */
  readonly header?: { readonly origin: string; readonly value: string } | undefined;
  /** Lines for stdin. */
  readonly input?: readonly string[];
}

const MOST_OUTPUT = 64 * 1024 * 1024;
const STDERR_KEPT = 4096;

/** Runs git to its end and gives its stdout back. Rejects with a GitFault, or with the signal's reason. */
export function runGit(args: readonly string[], call: GitCall): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const { GIT_CONFIG_NOSYSTEM: _system, ...env } = gitEnvironment();
  const child = spawn('git', [...SAFE, ...args], {
    cwd: call.cwd,
    env: { ...env, ...headerOf(call) },
    stdio: ['pipe', 'pipe', 'pipe'],
    signal: call.signal,
  });
  const pieces: Buffer[] = [];
  let size = 0;
  let said = '';
  child.stdout.on('data', (piece: Buffer) => {
    size += piece.length;
    if (size > MOST_OUTPUT) child.kill();
    else pieces.push(piece);
  });
  child.stderr.on('data', (piece: Buffer) => {
    said = (said + piece.toString('utf8')).slice(-STDERR_KEPT);
  });
  child.stdin.on('error', () => undefined);
  child.on('error', (error) => reject(call.signal.aborted ? call.signal.reason : error));
  child.on('close', (code) => {
    if (call.signal.aborted) reject(call.signal.reason);
    else if (code === 0) resolve(Buffer.concat(pieces).toString('utf8'));
    else reject(faultOf(args.find((arg) => !/^-c$|=/.test(arg)) ?? '', said));
  });
  child.stdin.end((call.input ?? []).map((line) => `${line}\n`).join(''));
  return promise;
}

/**
 * All refs of an address, as `git ls-remote` prints them. Whoever wants all of them asks in the first version of the protocol: its
 * greeting is the list, where the second takes a further request.
 */
// https://git-scm.com/docs/protocol-v2
export function listRefs(address: string, call: Pick<GitCall, 'signal' | 'header'>): Promise<string> {
  return runGit(['-c', 'protocol.version=0', 'ls-remote', '--quiet', address, 'refs/*'], {
    ...call,
    cwd: '/',
  });
}

function headerOf({ header }: GitCall): NodeJS.ProcessEnv {
  if (header === undefined) return {};
  return {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${header.origin}/.extraHeader`,
    GIT_CONFIG_VALUE_0: header.value,
  };
}

const SIGNS: readonly (readonly [RegExp, GitTrouble])[] = [
  [
    /repository '.*' not found|not found: did you run git update-server-info|error: 404|does not exist/i,
    'missing',
  ],
  [/could not read Username|Authentication failed|error: 401|Invalid username/i, 'refused'],
  [/not our ref|no such remote ref|unadvertised object/i, 'missing'],
  [
    /bad object|missing blob|corrupt|inflate|bad pack|index-pack|unpack|fsck|not a git repository|bad tree/i,
    'damaged',
  ],
  [
    /could not resolve|connection (?:refused|reset|timed out)|unable to access|early EOF|hung up|error: 5\d\d/i,
    'unreachable',
  ],
];

function faultOf(what: string, said: string): GitFault {
  const lines = said.trim().split('\n');
  const fatal = lines.findLast((line) => /^(?:fatal|error|remote):/.test(line)) ?? lines.at(-1) ?? '';
  const trouble = SIGNS.find(([sign]) => sign.test(said))?.[1] ?? 'other';
  // A URL with credentials is never ours, but the remote's own words are a stranger's.
  const words = fatal
    .replace(/^\w+: /, '')
    .replace(/\/\/[^/@\s]*@/g, '//')
    .slice(0, 300);
  return new GitFault(trouble, `git ${what}: ${words || 'it ended without a word'}`);
}

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Problem, problemSchema, type ServeOptions, serve } from '../../src/keyservice/index.ts';

export const START = Date.parse('2026-11-20T12:00:00.000Z');

/** A real service on a free loopback port with a clock of its own; ended with the test. */
export async function start(options: Partial<ServeOptions> = {}) {
  const home = options.home ?? (await mkdtemp(join(tmpdir(), 'keyburn-keyservice-')));
  // Registered first, so it runs last: after the service has closed.
  if (options.home === undefined) onTestFinished(() => rm(home, { recursive: true, force: true }));
  const lines: string[] = [];
  const clock = { ms: START };
  const running = await serve({
    home,
    log: (line) => lines.push(line),
    now: () => new Date(clock.ms),
    ...options,
  });
  onTestFinished(() => running.close());
  const root = options.rootKey ?? running.mintedRootKey ?? '';

  function call(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(running.url + path, init);
  }
  function send(method: string, path: string, key: string | undefined, body?: unknown): Promise<Response> {
    return call(path, {
      method,
      headers: {
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
  async function make(wanted: Record<string, unknown> = {}): Promise<{ keyId: string; key: string }> {
    const response = await send('POST', '/v1/keys', root, { name: 'billing', ...wanted });
    if (response.status !== 201) throw new Error(await response.text());
    return (await response.json()) as { keyId: string; key: string };
  }
  /** The call that the guarded example route gets, with its problem document. */
  async function whoami(headers: Record<string, string>): Promise<{ response: Response; problem: Problem }> {
    const response = await call('/v1/whoami', { headers });
    return { response, problem: problemSchema.parse(await response.json()) };
  }
  return { ...running, home, lines, clock, root, call, send, make, whoami };
}

/** Everything in a folder, as one string of bytes. */
export async function everythingIn(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true });
  const contents = await Promise.all(
    names.map((name) => readFile(join(folder, name), 'latin1').catch(() => '')),
  );
  return contents.join('\n');
}

/** The spellings in which a key could hide. */
export function spellings(secret: string): readonly string[] {
  const base64 = (text: string) => Buffer.from(text).toString('base64').replace(/=+$/, '');
  return [
    secret,
    // At any alignment the middle of the base64 text is the same.
    ...['', 'x', 'xx'].map((before) => base64(before + secret).slice(4, -4)),
    Buffer.from(secret).toString('hex'),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    secret
      .split('')
      .map((char) => `%${char.charCodeAt(0).toString(16)}`)
      .join(''),
    secret
      .split('')
      .map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  ];
}

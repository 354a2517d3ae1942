// Around a real server on loopback: the whole of verify/ and revoke/ with a service's own code, and a witness of every
// connection that this thread opens, the server's own ones included.

import diagnostics from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { type Finding, FingerprintKey, type Receipt, Secret, type Verdict } from '../../src/model/index.ts';
import { type Journal, revoke } from '../../src/revoke/index.ts';
import type { Key, Service } from '../../src/services/index.ts';
import { createVerifier, type Verifier } from '../../src/verify/index.ts';
import { orderFor } from './recorded.ts';

/** A server on loopback needs no care. */
export const BRISK: Service['rate'] = { requests: 10_000, perMs: 1_000, concurrency: 10 };

export interface Reality {
  /** As a scan asks, the control question included. */
  readonly verify: (secret: string) => Promise<Verdict>;
  /** As an armed run burns: looks, keeps the intent, sends, proves. */
  readonly burn: (secret: string) => Promise<Receipt>;
  readonly verifier: Verifier;
  /** What the journal was told, in order. */
  readonly story: readonly string[];
}

export function keyOf(secret: string, parts: Readonly<Record<string, string>> = {}): Key {
  const halves = Object.entries(parts).map(([name, text]) => [name, new Secret(text)] as const);
  return { secret: new Secret(secret), parts: Object.fromEntries(halves) };
}

export async function realityOf(
  service: Service,
  credentials: Readonly<Record<string, string>> = {},
): Promise<Reality> {
  const story: string[] = [];
  const verifier = await createVerifier({
    services: [service],
    offline: false,
    fingerprintKey: new FingerprintKey(Buffer.alloc(32, 7)),
    credential: (name) => {
      const value = credentials[name];
      return value === undefined ? undefined : new Secret(value);
    },
    now: () => new Date(),
    timeoutMs: 10_000,
  });
  const journal: Journal = {
    async intend(_, step) {
      story.push(`intend ${step}`);
    },
    async settle(_, receipt) {
      story.push(`settle ${receipt.outcome}`);
    },
  };
  return {
    verifier,
    story,
    verify: (secret) => verifier.verify({ ...finding(service.id), ...keyOf(secret) }),
    burn: (secret) => {
      const key = keyOf(secret);
      return revoke(orderFor(service.id, key.secret, key.parts), {
        service,
        tools: verifier.tools(service.id),
        again: () => verifier.again(service.id, key),
        journal,
        now: () => new Date(),
      });
    },
  };
}

function finding(service: string): Omit<Finding, 'secret' | 'parts'> {
  return {
    rule: { id: 'real', title: 'a key of a real server', severity: 'high' },
    services: [service],
    environment: 'unknown',
    allowed: false,
    origin: { kind: 'stream', path: '-' },
    span: { start: 0, end: 1, line: 1, column: 1, endLine: 1 },
  };
}

/** Every address that this thread connects to from now on, as `127.0.0.1:4873`. */
export function witness(): { readonly seen: ReadonlySet<string>; [Symbol.dispose](): void } {
  const seen = new Set<string>();
  const note = (message: unknown): void => {
    const { socket } = message as { readonly socket: Socket };
    socket.on('connectionAttempt', (address: string, port: number) => seen.add(`${address}:${port}`));
  };
  diagnostics.subscribe('net.client.socket', note);
  return { seen, [Symbol.dispose]: () => void diagnostics.unsubscribe('net.client.socket', note) };
}

import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Fingerprint, Incident } from '../../src/model/index.ts';
import { channelsSchema } from '../../src/notify/channels.ts';
import { createNotifier, type NotifierOptions } from '../../src/notify/index.ts';
import { openOutbox } from './outbox-file.ts';

export const START = Date.parse('2026-11-20T12:00:00.000Z');

export function fingerprint(n: number): Fingerprint {
  return n.toString(16).padStart(64, 'a') as Fingerprint;
}

/** An incident of a burned key; `change` says what is different. */
export function incident(change: Partial<Incident> = {}): Incident {
  const proof = {
    state: 'revoked',
    checkedAt: '2026-11-20T11:59:58.000Z',
    why: 'GET /whoami: 401 revoked_key',
  } as const;
  return {
    id: fingerprint(1),
    state: 'closed',
    rule: 'acme-key',
    title: 'Acme API key',
    severity: 'critical',
    service: 'acme',
    preview: 'acm_…a1B2',
    environment: 'live',
    exposure: 'public',
    place: {
      kind: 'blob',
      path: 'src/config.py',
      line: 12,
      column: 8,
      endLine: 12,
      repository: '/home/ada/shop',
      commit: '0123456789abcdef0123456789abcdef01234567',
      author: 'Ada',
      email: 'ada@example.com',
      date: '2026-11-19T08:00:00+01:00',
      url: 'https://git.example/acme/shop/blob/0123456/src/config.py#L12',
    },
    otherPlaces: [],
    verdict: { state: 'live', checkedAt: '2026-11-20T11:59:50.000Z', why: 'GET /whoami: 200 with a key id' },
    decision: { act: 'burn', because: 'public and live (policy: default)' },
    receipt: {
      outcome: 'revoked',
      at: '2026-11-20T11:59:57.000Z',
      proof,
      note: 'POST /keys/{id}/revoke: 200',
    },
    firstSeen: '2026-11-20T11:59:00.000Z',
    lastSeen: '2026-11-20T11:59:00.000Z',
    ...change,
  };
}

export async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'keyburn-notify-'));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}

/** A notifier on a real outbox, with a clock of its own and no waiting between tries. */
export async function notifier(channels: readonly unknown[], options: Partial<NotifierOptions> = {}) {
  const clock = { ms: START };
  const now = () => new Date(clock.ms);
  const outbox = openOutbox(join(await folder(), 'outbox.sqlite'), now);
  onTestFinished(() => outbox.end());
  const made = await createNotifier({
    channels: channelsSchema.parse(channels),
    outbox,
    now,
    pauseMs: 0,
    ...options,
  });
  return { ...made, outbox, clock };
}

export interface Got {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

type Answer = { readonly status: number; readonly headers?: Record<string, string> } | 'reset';

/** A real receiver on loopback: answers what `answers` says in turn, the last one for ever. */
export async function receiver(...answers: readonly Answer[]) {
  const got: Got[] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      got.push({
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(pieces).toString('utf8'),
      });
      const answer = answers[Math.min(got.length, answers.length) - 1] ?? { status: 204 };
      if (answer === 'reset') request.socket.destroy();
      else response.writeHead(answer.status, answer.headers).end();
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(
    () =>
      new Promise<void>((ended) => {
        server.closeAllConnections();
        server.close(() => ended());
      }),
  );
  return { url, got };
}

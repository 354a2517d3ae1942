// Numbers for Prometheus, in its text format. The law: counts and names of ours, never a repository's or a key's.
// https://prometheus.io/docs/instrumenting/exposition_formats/

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Ledger } from '../record/index.ts';

const COUNTERS = {
  keyburn_repositories_scanned_total: 'Repositories that were scanned by this process.',
  keyburn_bytes_read_total: 'Bytes that were looked at by this process.',
  keyburn_findings_total: 'Keys that were found by this process.',
  keyburn_jobs_failed_total: 'Jobs that came to nothing; they are tried again.',
  keyburn_requests_total: 'Requests to the API of the code host.',
  keyburn_requests_unchanged_total: 'Those of them that were answered with 304, and cost nothing.',
} as const;
export type Counter = keyof typeof COUNTERS;

export interface Metrics {
  count(name: Counter, by?: number): void;
  /** All of them as text; the ledger is asked for what all workers share. */
  text(): Promise<string>;
}

/** @param queued how many jobs wait, by queue; left out where there is no queue */
export function createMetrics(
  ledger: Ledger,
  queued?: () => Promise<Readonly<Record<string, number>>>,
): Metrics {
  const counted = new Map<Counter, number>();
  return {
    count(name, by = 1) {
      counted.set(name, (counted.get(name) ?? 0) + by);
    },
    async text() {
      const lines: string[] = [];
      const family = (
        name: string,
        kind: 'counter' | 'gauge',
        help: string,
        rows: readonly (readonly [labels: string, value: number])[],
      ): void => {
        lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`);
        for (const [labels, value] of rows) lines.push(`${name}${labels} ${value}`);
      };
      for (const [name, help] of Object.entries(COUNTERS))
        family(name, 'counter', help, [['', counted.get(name as Counter) ?? 0]]);
      const [repositories, alive, waiting, jobs] = await Promise.all([
        ledger.fleet.counts(''),
        ledger.fleet.alive(),
        ledger.outbox.waiting(),
        queued === undefined ? {} : queued(),
      ]);
      family('keyburn_repositories', 'gauge', 'Repositories that the ledger knows, by state.', [
        ['{state="scanned"}', repositories.current],
        ['{state="due"}', repositories.known - repositories.current],
        ['{state="troubled"}', repositories.troubled],
        ['{state="gone"}', repositories.gone],
      ]);
      const exposures = Map.groupBy(alive, ({ exposure }) => exposure);
      family(
        'keyburn_keys_alive',
        'gauge',
        'Keys that still work, by who could read them.',
        (['public', 'internal', 'private', 'unknown'] as const).map((exposure) => [
          `{exposure="${exposure}"}`,
          exposures.get(exposure)?.length ?? 0,
        ]),
      );
      const oldest = alive[0] === undefined ? 0 : (Date.now() - Date.parse(alive[0].firstSeen)) / 1_000;
      family('keyburn_oldest_key_alive_seconds', 'gauge', 'Age of the oldest key that still works.', [
        ['', Math.max(0, Math.round(oldest))],
      ]);
      family('keyburn_messages_waiting', 'gauge', 'Messages to owners that are not sent yet.', [
        ['', waiting],
      ]);
      family(
        'keyburn_jobs_waiting',
        'gauge',
        'Jobs by queue.',
        Object.entries<number>(jobs).map(([queue, number]) => [`{queue="${queue}"}`, number]),
      );
      family('keyburn_resident_bytes', 'gauge', 'Memory that this process has resident.', [
        ['', process.memoryUsage.rss()],
      ]);
      return `${lines.join('\n')}\n`;
    },
  };
}

/** Serves `/metrics` and `/healthz`, and nothing else. */
export async function serveMetrics(
  metrics: Metrics,
  at: { readonly host: string; readonly port: number },
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0];
    if (request.method !== 'GET' || (path !== '/metrics' && path !== '/healthz')) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found\n');
      return;
    }
    const answer = path === '/healthz' ? Promise.resolve('ok\n') : metrics.text();
    answer.then(
      (text) =>
        response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text),
      () => response.writeHead(503, { 'content-type': 'text/plain' }).end('the ledger does not answer\n'),
    );
  });
  await new Promise<void>((ready, refuse) => {
    server.once('error', refuse);
    server.listen(at.port, at.host, ready);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${at.host}:${port}/metrics`,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

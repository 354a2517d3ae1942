// What a team reads in the morning: one message a period, of no single key. The law is that of notices: complete, and without a secret.

import { z } from 'zod';
import type { Fingerprint } from '../model/index.ts';
import { type Notice, oneLine } from './notice.ts';

/** What a digest tells; the fleet counts it. */
export interface DigestFacts {
  readonly since: string;
  readonly repositories: { readonly known: number; readonly scanned: number; readonly gone: number };
  readonly keys: { readonly found: number; readonly burned: number; readonly alive: number };
  /** The oldest first. */
  readonly alive: readonly {
    readonly id: Fingerprint;
    readonly preview: string;
    readonly title: string;
    readonly service: string | null;
    readonly exposure: string;
    readonly firstSeen: string;
  }[];
  readonly troubled: readonly { readonly name: string; readonly problem: string; readonly tries: number }[];
  readonly gaps: number;
  readonly messagesWaiting: number;
}

/** More than this nobody reads in a message. */
const NAMED = 20;

export function digestNotice(facts: DigestFacts, at: Date): Notice {
  const { keys, repositories, alive, troubled, gaps } = facts;
  const rows = alive
    .slice(0, NAMED)
    .map((one) => [
      `Alive since ${one.firstSeen.slice(0, 10)}`,
      `${one.title} ${one.preview}, ${one.exposure} (${one.id.slice(0, 12)})`,
    ]);
  if (alive.length > NAMED) rows.push(['Alive', `and ${alive.length - NAMED} more`]);
  const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;
  return {
    version: 1,
    kind: 'digest',
    timestamp: at.toISOString(),
    subject: `Leaked keys: ${keys.alive} alive, ${keys.found} new, ${keys.burned} proved dead`,
    headline: `Since ${facts.since}: ${count(keys.found, 'key')} found, ${keys.burned} proved dead, ${keys.alive} still alive.`,
    facts: [
      [
        'Repositories',
        `${repositories.known} known, ${repositories.scanned} scanned, ${repositories.gone} gone`,
      ],
      [
        'Not read whole',
        `${count(troubled.length, 'repository').replace('ys', 'ies')}, ${count(gaps, 'gap')}`,
      ],
      ['Messages waiting', String(facts.messagesWaiting)],
      ...rows,
    ].map(([label = '', value = '']) => ({ label, value: oneLine(value, 600) })),
    steps: [
      ...(keys.alive > 0
        ? ['Handle what still works, the oldest first: keyburn incidents list --state open']
        : []),
      ...(troubled.length > 0 ? ['See what could not be read, and why: keyburn fleet status'] : []),
      ...(keys.alive + troubled.length === 0 ? ['Nothing.'] : []),
    ],
    link: null,
    owner: null,
    data: {
      digest: {
        since: facts.since,
        repositories: { known: repositories.known, scanned: repositories.scanned, gone: repositories.gone },
        keys,
        alive: alive.slice(0, NAMED),
        troubled: troubled.slice(0, NAMED),
        gaps,
        messagesWaiting: facts.messagesWaiting,
      },
    },
  };
}

const text = z
  .string()
  .nullable()
  .catch('')
  .transform((given) => oneLine(given ?? '', 600));
const number = z.int().catch(0);

const digestSchema = z.looseObject({
  since: text,
  repositories: z.looseObject({ known: number, scanned: number, gone: number }),
  keys: z.looseObject({ found: number, burned: number, alive: number }),
  alive: z.array(
    z
      .looseObject({
        id: text,
        preview: text,
        title: text,
        service: text,
        exposure: text,
        firstSeen: text,
      })
      .transform(({ id, preview, title, service, exposure, firstSeen }) => ({
        short: id.slice(0, 12),
        preview,
        title,
        service,
        exposure,
        first_seen: firstSeen,
      })),
  ),
  troubled: z.array(
    z
      .looseObject({ name: text, problem: text, tries: number })
      .transform(({ name, problem, tries }) => ({ name, problem, tries })),
  ),
  gaps: number,
  messagesWaiting: number,
});

/** What a template may speak of. */
export function digestWords(notice: Notice) {
  const { since, repositories, keys, alive, troubled, gaps, messagesWaiting } = digestSchema.parse(
    notice.data.digest,
  );
  return {
    since,
    repositories,
    keys,
    alive,
    troubled,
    gaps,
    messages_waiting: messagesWaiting,
    at: notice.timestamp,
  };
}

export function sampleDigest(): Notice {
  const facts: DigestFacts = {
    since: '2026-11-20T06:00:00.000Z',
    repositories: { known: 2_000, scanned: 103, gone: 2 },
    keys: { found: 4, burned: 3, alive: 1 },
    alive: [
      {
        id: '5f'.repeat(32) as Fingerprint,
        preview: 'kbn_live_9x…',
        title: 'keyburn key',
        service: 'keyburn',
        exposure: 'public',
        firstSeen: '2026-11-20T21:14:03.000Z',
      },
    ],
    troubled: [{ name: 'acme/old', problem: 'git: it comes damaged', tries: 6 }],
    gaps: 1,
    messagesWaiting: 0,
  };
  return digestNotice(facts, new Date('2026-11-21T06:00:00.000Z'));
}

// Tells people, once for each incident, channel and kind. A message is in the outbox before it is sent and marked after:
// a process that is killed between the two sends it again with the same id, and nothing is ever lost.

import { createHash } from 'node:crypto';
import pRetry, { AbortError } from 'p-retry';
import type { Incident } from '../model/index.ts';
import type { Channel, Delivery, Letter } from './channel.ts';
import type { ChannelConfig } from './channels.ts';
import { type DigestFacts, digestNotice } from './digest.ts';
import { file } from './file.ts';
import type { Environment, Lookup } from './held.ts';
import { hook } from './hook.ts';
import type { Issuer } from './letter.ts';
import { noticeOf, noticeSchema } from './notice.ts';
import type { NoticeKind, Outbox, OutboxMessage } from './outbox.ts';
import { slackMessage } from './slack.ts';
import { smtp } from './smtp.ts';
import { teamsMessage } from './teams.ts';
import type { Render, TemplateSettings } from './templates.ts';
import { webhook } from './webhook.ts';

export interface NotifierOptions {
  readonly channels: readonly ChannelConfig[];
  readonly outbox: Outbox;
  readonly env?: Environment;
  /** Folder that relative paths start from; the working directory where it is left out. */
  readonly base?: string;
  /** What mail is written by; keyburn's own English templates where it is left out. */
  readonly templates?: TemplateSettings;
  /** Who issued a key, for people. */
  readonly issuerOf?: (service: string) => Issuer | undefined;
  readonly now?: () => Date;
  readonly signal?: AbortSignal;
  readonly fetch?: typeof fetch;
  /** Wait before the second try of a run, in ms; doubled before the third. */
  readonly pauseMs?: number;
}

/** What a flush came to. */
export interface Flushed {
  readonly sent: number;
  /** What stays in the outbox, in words without a secret, one line a message. */
  readonly kept: readonly { readonly channel: string; readonly kind: string; readonly why: string }[];
}

export interface Notifier {
  /** Puts it in the outbox for every channel that wants this kind. @returns for how many it was new */
  readonly enqueue: (incident: Incident, kind: NoticeKind, owner?: string | null) => Promise<number>;
  /** The same for a digest. @param period names it: each channel gets one for each */
  readonly digest: (period: string, facts: DigestFacts) => Promise<number>;
  /** Sends what is due. A channel that fails keeps its messages for a later run; it never throws for that. */
  readonly flush: () => Promise<Flushed>;
}

const TRIES = 3;
/** Few at a time: two messages that fail after three tries of eight seconds, and three slow ones, end before the lease. */
const TAKE = { limit: 5, leaseMs: 90_000 } as const;
/** So many messages in a row without an answer, and the channel is left alone for the rest of the flush. */
const FAILING = 2;
/** When a later run may try again: after the first, second… failure. */
const LATER_MS = [10_000, 60_000, 300_000, 1_800_000, 3_600_000];
/** A channel that has been failing for about a week is not coming back by itself. */
const MOST_ATTEMPTS = 170;

/** SetupError where a channel's address or credential is missing or unsafe, or a template is broken: better before a key is burned than after. */
export async function createNotifier(options: NotifierOptions): Promise<Notifier> {
  const { outbox, now = () => new Date(), signal = new AbortController().signal, pauseMs = 500 } = options;
  const lookup: Lookup = { env: options.env ?? {}, base: options.base ?? process.cwd() };
  const send = options.fetch ?? fetch;
  const render = await renderFor(options);
  const channels = new Map(
    options.channels.map((config) => [config.name, open(config, lookup, send, now, render)]),
  );

  async function deliver(channel: Channel, message: OutboxMessage): Promise<Delivery> {
    const notice = noticeSchema.safeParse(message.payload);
    if (!notice.success)
      return { outcome: 'refused', why: 'the message in the outbox cannot be read', passing: false };
    const letter: Letter = { id: idOf(message), incident: message.incident, notice: notice.data };
    let last: Delivery = refused('interrupted', true);
    const attempt = async (): Promise<void> => {
      last = await channel.deliver(letter, signal);
      if (last.outcome === 'delivered') return;
      throw last.passing ? new Error(last.why) : new AbortError(last.why);
    };
    const retry = { retries: TRIES - 1, minTimeout: pauseMs, factor: 2, randomize: pauseMs > 0, signal };
    await pRetry(attempt, retry).catch(() => undefined);
    return last;
  }

  async function keep(
    message: OutboxMessage,
    said: Extract<Delivery, { outcome: 'refused' }>,
  ): Promise<void> {
    const pause = LATER_MS[Math.min(message.attempts, LATER_MS.length) - 1] ?? 0;
    const wait = signal.aborted ? 0 : Math.max(said.retryAfterMs ?? 0, pause);
    const retryAt = message.attempts >= MOST_ATTEMPTS ? null : new Date(now().getTime() + wait);
    await outbox.failed(message, retryAt, said.why);
  }

  return {
    async enqueue(incident, kind, owner) {
      const notice = noticeOf(incident, kind, now(), owner);
      let added = 0;
      for (const channel of channels.values()) {
        if (!channel.kinds.has(kind)) continue;
        if (await outbox.enqueue(incident.id, channel.name, kind, notice)) added += 1;
      }
      return added;
    },

    async digest(period, facts) {
      const notice = digestNotice(facts, now());
      let added = 0;
      for (const channel of channels.values()) {
        if (!channel.kinds.has('digest')) continue;
        if (await outbox.enqueue(`digest ${period}`, channel.name, 'digest', notice)) added += 1;
      }
      return added;
    },

    async flush() {
      let sent = 0;
      const kept: { channel: string; kind: string; why: string }[] = [];
      // Failures in a row, by channel. One message that is refused holds up no other.
      const failing = new Map<string, number>();
      const deliverTo = async (channel: Channel | undefined, message: OutboxMessage): Promise<Delivery> => {
        if (channel === undefined) return refused('the channel is no longer configured', false);
        const failures = failing.get(channel.name) ?? 0;
        if (failures >= FAILING) return refused('the channel does not answer', true);
        const said = await deliver(channel, message);
        if (said.outcome === 'delivered') failing.set(channel.name, 0);
        else if (said.retryAfterMs !== undefined) failing.set(channel.name, FAILING);
        else failing.set(channel.name, said.passing ? failures + 1 : 0);
        return said;
      };
      while (!signal.aborted) {
        const taken = await outbox.pending(TAKE);
        if (taken.length === 0) break;
        for (const message of taken) {
          const said = await deliverTo(channels.get(message.channel), message);
          if (said.outcome === 'delivered') {
            await outbox.sent(message);
            sent += 1;
          } else {
            await keep(message, said);
            kept.push({ channel: message.channel, kind: message.kind, why: said.why });
          }
        }
      }
      return { sent, kept };
    },
  };
}

/** Loaded only where mail may be sent, or the operator's own templates have to be judged. */
async function renderFor(options: NotifierOptions): Promise<Render | undefined> {
  const needed =
    options.channels.some((config) => config.kind === 'smtp') || options.templates?.folder !== undefined;
  if (!needed) return undefined;
  const { loadTemplates } = await import('./templates.ts');
  return loadTemplates(options.templates ?? { language: 'en' }, options.issuerOf ?? (() => undefined));
}

function open(
  config: ChannelConfig,
  lookup: Lookup,
  send: typeof fetch,
  now: () => Date,
  render: Render | undefined,
): Channel {
  switch (config.kind) {
    case 'slack':
      return hook(config, lookup, send, slackMessage);
    case 'teams':
      return hook(config, lookup, send, teamsMessage);
    case 'webhook':
      return webhook(config, lookup, send, now);
    case 'smtp':
      if (render === undefined) throw new Error('mail without templates');
      return smtp(config, lookup, render);
    case 'file':
      return file(config, lookup);
  }
}

function refused(why: string, passing: boolean): Delivery {
  return { outcome: 'refused', why, passing };
}

/** The id that receivers see: stable over retries, and without what the key is made of. */
function idOf(message: OutboxMessage): string {
  return `msg_${createHash('sha256').update(message.key).digest('hex').slice(0, 32)}`;
}

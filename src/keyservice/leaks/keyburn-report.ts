// A keyburn scanner's own report: signed after Standard Webhooks with a secret that both sides hold, and by the SHA-256 of
// the key, so that the key need not travel. Its time is signed, so a recorded report is good for five minutes.

import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from '@hono/zod-openapi';
import { SetupError } from '../../model/index.ts';
import { foundAtSchema, timeSchema } from '../schemas.ts';
import type { LeakDesk } from './desk.ts';

const WINDOW_S = 300;
const SHORTEST_SECRET = 24;

export const keyburnReportSchema = z
  .strictObject({
    reports: z
      .array(
        z.strictObject({
          sha256: z
            .string()
            .regex(/^[0-9a-fA-F]{64}$/)
            .openapi({ description: "SHA-256 of the key's UTF-8 bytes, in hex." }),
          foundAt: foundAtSchema.default({}),
          foundTime: timeSchema,
        }),
      )
      .min(1)
      .max(1000),
  })
  .openapi('LeakReport');

export const takenSchema = z
  .object({
    results: z.array(
      z.object({
        sha256: z.string(),
        known: z
          .union([z.boolean(), z.literal('unknown')])
          .openapi({ description: '`unknown`: taken, but nobody can tell at once whose it is.' }),
      }),
    ),
  })
  .openapi('LeakReportTaken');

type KeyburnReceived =
  | { readonly outcome: 'taken'; readonly results: z.infer<typeof takenSchema>['results'] }
  | { readonly outcome: 'unsigned' | 'unreadable' | 'full' };

/** @param secret `whsec_` and base64, or 24 and more characters that count as they stand */
export function createKeyburnReceiver(secret: string, desk: LeakDesk, now: () => Date) {
  const key = secret.startsWith('whsec_')
    ? Buffer.from(secret.slice(6), 'base64')
    : Buffer.from(secret, 'utf8');
  if (key.length < SHORTEST_SECRET) {
    throw new SetupError(
      `leak reports: the secret shared with scanners is shorter than ${SHORTEST_SECRET} bytes`,
      {
        hint: 'make one with `echo whsec_$(openssl rand -base64 32)`',
      },
    );
  }

  function signed(raw: Uint8Array, headers: Headers): boolean {
    const id = headers.get('webhook-id') ?? '';
    const timestamp = headers.get('webhook-timestamp') ?? '';
    if (!/^[\w-]{1,100}$/.test(id) || !/^\d{1,11}$/.test(timestamp)) return false;
    if (Math.abs(now().getTime() / 1000 - Number(timestamp)) > WINDOW_S) return false;
    const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(raw).digest();
    const given = (headers.get('webhook-signature') ?? '').split(' ').slice(0, 5);
    return given.some((entry) => {
      const bytes = entry.startsWith('v1,') ? Buffer.from(entry.slice(3), 'base64') : Buffer.alloc(0);
      return bytes.length === expected.length && timingSafeEqual(bytes, expected);
    });
  }

  return async function receive(raw: Uint8Array, headers: Headers): Promise<KeyburnReceived> {
    if (!signed(raw, headers)) return { outcome: 'unsigned' };
    const report = keyburnReportSchema.safeParse(parse(raw));
    if (!report.success) return { outcome: 'unreadable' };
    const sightings = report.data.reports.map(({ sha256, foundAt, foundTime }) => ({
      token: Buffer.from(sha256, 'hex'),
      foundAt,
      foundTime,
    }));
    const judged = await desk.take(sightings, 'keyburn-report');
    if (judged === undefined) return { outcome: 'full' };
    const results = judged.map(({ hash, known = 'unknown' as const }) => {
      return { sha256: Buffer.from(hash).toString('hex'), known };
    });
    return { outcome: 'taken', results };
  };
}

function parse(raw: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw));
  } catch {
    return undefined;
  }
}

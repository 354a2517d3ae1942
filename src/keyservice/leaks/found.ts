// "I found a key": a form for people and an endpoint for programs, open to everybody. The law of this file: the answer is
// the same, and the work until it is out is the same, whatever the key is: nobody learns here whether one lives. So nothing
// is looked up before the answer; one row is written for every report, and the look comes later.

import { z } from '@hono/zod-openapi';
import { addressSchema } from '../schemas.ts';
import type { LeakDesk, Sighting } from './desk.ts';

export interface FoundOptions {
  /** Reports in a minute from one address; 10 where it is left out. */
  readonly each?: number;
  /** Reports in a minute from everybody together; 300 where it is left out. */
  readonly all?: number;
}

export const EACH = 10;
export const ALL = 300;

export const foundSchema = z
  .strictObject({
    key: z.string().min(1).max(4096).openapi({ description: 'The key, whole, as it was found.' }),
    url: addressSchema
      .optional()
      .openapi({ description: 'Where it was found, if that place has an address.' }),
  })
  .openapi('FoundKey');

/** The whole of the answer, for everybody. */
export const FOUND_ANSWER = {
  status: 'received',
  next: 'If it is a key of ours and lives, it will be dead within minutes and its owner told. We do not say which.',
} as const;
export const foundAnswerSchema = z
  .object({ status: z.literal('received'), next: z.string() })
  .openapi('FoundAnswer');

/** False where too much waits already. */
export function takeFound(report: z.infer<typeof foundSchema>, desk: LeakDesk, now: Date): Promise<boolean> {
  const sighting: Sighting = {
    token: report.key.trim(),
    foundAt: { ...(report.url === undefined ? {} : { url: report.url }), exposure: 'public' },
    foundTime: now.toISOString(),
  };
  return desk.takeUnseen(sighting, 'public-report');
}

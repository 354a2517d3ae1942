// What the open contract tells of a stopped key: to the root key in a check, to whoever presents the key in its 401.

import { z } from 'zod';
import { oneLine } from './answer.ts';
import type { HttpResponse, IssuerReply, Story } from './service.ts';

const text = z.string().transform((value) => oneLine(value, 400));
const place = z.object({
  url: text.optional(),
  repository: text.optional(),
  path: text.optional(),
  commit: text.optional(),
  line: z.number().optional(),
  exposure: text.optional(),
});
const stopped = z.object({
  at: text.optional(),
  by: text.optional(),
  cause: z.object({ reason: text.optional(), foundAt: place.optional(), foundTime: text.optional() }),
});
const checked = z.object({ revoked: stopped.nullish(), disabled: stopped.nullish() });
const problem = z.object({
  code: z.enum(['revoked_key', 'disabled_key']),
  cause: z.object({
    reason: text.optional(),
    found_at: place.optional(),
    found_time: text.optional(),
    revoked_at: text.optional(),
    revoked_by: text.optional(),
    disabled_at: text.optional(),
    disabled_by: text.optional(),
  }),
});

/** From POST /v1/keys/check. */
export function checkedStory(reply: IssuerReply): Story | undefined {
  if (reply.kind === 'unanswered' || reply.status !== 200) return undefined;
  const told = checked.safeParse(reply.json).data;
  const stop = told?.revoked ?? told?.disabled;
  if (!stop) return undefined;
  const { reason, foundAt, foundTime } = stop.cause;
  return story(told?.revoked ? 'revoked' : 'disabled', stop.at, stop.by, reason, foundAt, foundTime);
}

/** From the problem document of a 401. */
export function problemStory(reply: IssuerReply | HttpResponse): Story | undefined {
  if ('kind' in reply && reply.kind === 'unanswered') return undefined;
  const told = problem.safeParse(reply.json).data;
  if (!told) return undefined;
  const { reason, found_at, found_time, revoked_at, revoked_by, disabled_at, disabled_by } = told.cause;
  return told.code === 'revoked_key'
    ? story('revoked', revoked_at, revoked_by, reason, found_at, found_time)
    : story('disabled', disabled_at, disabled_by, reason, found_at, found_time);
}

function story(
  how: Story['stopped'],
  at: string | undefined,
  by: string | undefined,
  reason: string | undefined,
  foundAt: z.infer<typeof place> | undefined,
  foundTime: string | undefined,
): Story {
  const { url, repository, path, commit, line, exposure } = foundAt ?? {};
  return {
    stopped: how,
    ...(at !== undefined && { at }),
    ...(by !== undefined && { by }),
    ...(reason !== undefined && { reason }),
    ...(foundTime !== undefined && { foundTime }),
    ...(foundAt && {
      foundAt: {
        ...(url !== undefined && { url }),
        ...(repository !== undefined && { repository }),
        ...(path !== undefined && { path }),
        ...(commit !== undefined && { commit }),
        ...(line !== undefined && { line }),
        ...(exposure !== undefined && { exposure }),
      },
    }),
  };
}

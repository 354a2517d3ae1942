// GitLab's Token Revocation API, with this service as its receiver: a self-managed GitLab asks which types of token we take,
// and hands over what its secret detection found. The two share a token; what is taken is answered with 204 and no word.
// https://docs.gitlab.com/development/sec/token_revocation_api/

import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { SetupError } from '../../model/index.ts';
import type { LeakDesk } from './desk.ts';
import { MOST_TOKENS, placeOf } from './partner.ts';

const SHORTEST_TOKEN = 24;

export interface GitLabRevocationOptions {
  /** What GitLab sends in Authorization: shared with it, 24 characters or more. */
  readonly token: string;
  /** Primary identifier type and value of the findings that we take: `gitleaks_rule_id_acme`. */
  readonly types: readonly string[];
}

export const revokeTokensSchema = z
  .array(
    z.object({
      type: z.string().min(1).max(200),
      token: z.string().min(1).max(4096),
      location: z.string().max(16_384).default(''),
    }),
  )
  .min(1)
  .max(MOST_TOKENS);

type Received = 'taken' | 'unauthorized' | 'unreadable' | 'unsupported' | 'full';

export function createGitLabReceiver(options: GitLabRevocationOptions, desk: LeakDesk, now: () => Date) {
  const { token, types } = options;
  if (token.length < SHORTEST_TOKEN) {
    throw new SetupError(`leak reports: GitLab's token is shorter than ${SHORTEST_TOKEN} characters`, {
      hint: 'make one with `openssl rand -hex 32`',
    });
  }
  const expected = hash(token);
  const supported = new Set(types);

  const authorized = (headers: Headers): boolean => {
    const sent = (headers.get('authorization') ?? '').replace(/^(?:bearer|token)\s+/i, '');
    return timingSafeEqual(hash(sent), expected);
  };

  return {
    authorized,
    types: [...supported],
    receive: async (body: string, headers: Headers): Promise<Received> => {
      if (!authorized(headers)) return 'unauthorized';
      const report = revokeTokensSchema.safeParse(parse(body));
      if (!report.success) return 'unreadable';
      if (report.data.some(({ type }) => !supported.has(type))) return 'unsupported';
      const foundTime = now().toISOString();
      const sightings = report.data.map(({ token: found, location }) => {
        // Who can read a project there, GitLab does not say.
        return {
          token: found,
          foundTime,
          foundAt: { ...placeOf(location, 'content'), exposure: 'unknown' as const },
        };
      });
      const judged = await desk.take(sightings, 'gitlab-token-revocation');
      return judged === undefined ? 'full' : 'taken';
    },
  };
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

// The few calls to GitHub's API. Each comes to a value: what GitHub refuses is a warning for the log, never a red build.

import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import { z } from 'zod';

type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly status: number; readonly why: string };

export interface Processed {
  readonly state: 'pending' | 'complete' | 'failed';
  readonly errors: readonly string[];
}

export interface GitHub {
  /** https://docs.github.com/rest/code-scanning/code-scanning#upload-an-analysis-as-sarif-data; the text is gzip in base64. */
  uploadSarif(file: { sha: string; ref: string; sarif: string }): Promise<Answer<string>>;
  /** What became of an upload: https://docs.github.com/rest/code-scanning/code-scanning#get-information-about-a-sarif-upload */
  processed(id: string): Promise<Answer<Processed>>;
  /** Comments of an issue or pull request that begin with the marker, and that somebody of this repository wrote. */
  ownComment(number: number, marker: string): Promise<Answer<number | undefined>>;
  comment(number: number, body: string, known: number | undefined): Promise<Answer<unknown>>;
  /** Whether somebody may push: https://docs.github.com/rest/collaborators/collaborators#get-repository-permissions-for-a-user */
  mayWrite(login: string): Promise<Answer<boolean>>;
  /** The payload's shape of a pull request. */
  pull(number: number): Promise<Answer<unknown>>;
}

const TIMEOUT_MS = 15_000;
const LONGEST_WAIT_S = 10;
// A comment that is far down is not worth more: 20 pages of 100.
const PAGES = 20;

const commentsSchema = z.array(
  z.object({
    id: z.int(),
    body: z.string().nullish(),
    author_association: z.string().optional(),
    user: z.object({ type: z.string().optional() }).nullish(),
  }),
);
const INSIDERS = new Set(['OWNER', 'MEMBER', 'COLLABORATOR']);

export function createGitHub(options: {
  readonly api: string;
  readonly repository: string;
  readonly token: string | undefined;
  readonly signal: AbortSignal;
}): GitHub {
  const wait = (after: number, _options: unknown, _octokit: unknown, tried: number) =>
    after <= LONGEST_WAIT_S && tried < 1;
  const client = new (Octokit.plugin(retry, throttling))({
    baseUrl: options.api.replace(/\/+$/, ''),
    userAgent: 'keyburn-action',
    ...(options.token === undefined ? {} : { auth: options.token }),
    retry: { retries: 1, retryAfterBaseValue: 250 },
    throttle: { onRateLimit: wait, onSecondaryRateLimit: wait },
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  });
  const [owner = '', repo = ''] = options.repository.split('/').map(encodeURIComponent);

  async function call(
    method: string,
    path: string,
    body: Record<string, unknown> = {},
  ): Promise<Answer<unknown>> {
    const request = { signal: AbortSignal.any([options.signal, AbortSignal.timeout(TIMEOUT_MS)]) };
    try {
      const reply = await client.request(`${method} /repos/${owner}/${repo}${path}`, { ...body, request });
      return { ok: true, value: reply.data };
    } catch (error) {
      options.signal.throwIfAborted();
      return refusal(error);
    }
  }
  async function parsed<S extends z.ZodType>(
    schema: S,
    asked: Promise<Answer<unknown>>,
  ): Promise<Answer<z.output<S>>> {
    const answer = await asked;
    if (!answer.ok) return answer;
    const value = schema.safeParse(answer.value);
    return value.success
      ? { ok: true, value: value.data }
      : { ok: false, status: 200, why: 'the answer is not what GitHub documents' };
  }

  return {
    async uploadSarif({ sha, ref, sarif }) {
      const body = { commit_sha: sha, ref, sarif, tool_name: 'keyburn' };
      const answer = await parsed(
        z.object({ id: z.string().optional() }),
        call('POST', '/code-scanning/sarifs', body),
      );
      return answer.ok ? { ok: true, value: answer.value.id ?? '' } : answer;
    },
    async processed(id) {
      const schema = z.object({
        processing_status: z.enum(['pending', 'complete', 'failed']).default('pending'),
        errors: z.array(z.string()).nullish(),
      });
      const answer = await parsed(schema, call('GET', `/code-scanning/sarifs/${encodeURIComponent(id)}`));
      if (!answer.ok) return answer;
      return {
        ok: true,
        value: { state: answer.value.processing_status, errors: answer.value.errors ?? [] },
      };
    },
    async ownComment(number, marker) {
      for (let page = 1; page <= PAGES; page++) {
        const path = `/issues/${number}/comments?per_page=100&page=${page}`;
        const answer = await parsed(commentsSchema, call('GET', path));
        if (!answer.ok) return answer;
        // A stranger's comment with our marker is not ours to change.
        const own = answer.value.find(
          ({ body, user, author_association: role }) =>
            body?.startsWith(marker) === true && (user?.type === 'Bot' || INSIDERS.has(role ?? '')),
        );
        if (own !== undefined || answer.value.length < 100) return { ok: true, value: own?.id };
      }
      return { ok: true, value: undefined };
    },
    comment: (number, body, known) =>
      known === undefined
        ? call('POST', `/issues/${number}/comments`, { body })
        : call('PATCH', `/issues/comments/${known}`, { body }),
    async mayWrite(login) {
      const path = `/collaborators/${encodeURIComponent(login)}/permission`;
      const answer = await parsed(z.object({ permission: z.string() }), call('GET', path));
      // `maintain` is told as write, `triage` as read.
      return answer.ok ? { ok: true, value: ['admin', 'write'].includes(answer.value.permission) } : answer;
    },
    pull: (number) => call('GET', `/pulls/${number}`),
  };
}

/** What went wrong, in words that hold neither the request nor its headers. */
function refusal(error: unknown): Answer<never> {
  const status =
    error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : 0;
  const response = error instanceof Error && 'response' in error ? error.response : undefined;
  const shape = z.object({
    data: z.object({ message: z.string() }).optional().catch(undefined),
    headers: z.record(z.string(), z.unknown()).optional().catch(undefined),
  });
  const { data, headers } = shape.safeParse(response).data ?? {};
  const limited = headers?.['x-ratelimit-remaining'] === '0' || headers?.['retry-after'] !== undefined;
  if (status === 0) return { ok: false, status, why: 'the API cannot be reached' };
  const said = (data?.message ?? '').replace(/[^\x20-\x7e]/g, ' ').slice(0, 200);
  return {
    ok: false,
    status,
    why: `${limited ? 'the rate limit of the API is used up' : `HTTP ${status}`}${said === '' ? '' : `: ${said}`}`,
  };
}

function quiet(): void {}

// Warp Oz. Pages, read 2026-11: docs.warp.dev/reference/cli/api-keys, developers/agent-api-openapi.yaml of its documentation
// repository, docs.warp.dev/reference/api-and-sdk/troubleshooting/errors. The type of an error is a relative URI whose
// path has moved: only its last segment counts, with hyphens or underscores.
// The trap: a 401 `external-authentication-required` is a live key. And a missing, malformed, expired or revoked key get one
// answer, so a dead key is `rejected`. The REST API cannot manage keys; the vendor's `oz` can, where the operator switched it on.

import { z } from 'zod';
import type { Secret, Verdict } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import { alive, bearer, dead, limited, oneLine, type Place, seen, silent, unexpected } from './answer.ts';
import type {
  Cause,
  Explanation,
  HttpResponse,
  IssuerRequest,
  Key,
  RevokeReply,
  Run,
  Service,
  Tools,
} from './service.ts';

const DOCS = 'https://docs.warp.dev/reference/cli/api-keys/';

const models = z.object({ models: z.array(z.object({ id: z.string().min(1) })).min(1) });
const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  instance: z.string().optional(),
  trace_id: z.string().optional(),
});
const listed = z.array(z.object({ uid: z.string(), key_suffix: z.string(), name: z.string().optional() }));
const expired = z.object({ key_uid: z.string(), expired: z.boolean() });

function codeOf(response: Pick<HttpResponse, 'json'>): string | undefined {
  const type = problem.safeParse(response.json).data?.type;
  return type?.split('/').filter(Boolean).at(-1)?.replaceAll('_', '-');
}

/** The key authenticates; what was asked cannot be done for another reason. */
const LIVE_403 = [
  'not-authorized',
  'feature-not-available',
  'insufficient-credits',
  'budget-exceeded',
  'integration-disabled',
  'content-policy-violation',
];

type Said = Pick<Explanation, 'meaning' | 'steps'> & { cause: Cause };
const CODES: Readonly<Record<string, Said>> = {
  'authentication-required': {
    cause: 'dead',
    meaning: 'Warp saw no key, or one that is malformed, expired or revoked: it answers all of these alike.',
    steps: [
      'Check that the header is `Authorization: Bearer wk-…` and that WARP_API_KEY is set where the program runs.',
      'If it is sent, the key has expired or was revoked: create a new one in the Oz web app (https://oz.warp.dev) or with the Oz CLI.',
      'Put the new key into your client’s configuration and try again.',
      'If the old key stood in a repository or a log, remove it there.',
    ],
  },
  'external-authentication-required': {
    cause: 'live-but-incomplete',
    meaning: 'The key works. What is missing is the link to GitHub or Slack that the task needs.',
    steps: ['Open the `auth_url` of the response and authorise the provider; do not replace the key.'],
  },
  'not-authorized': {
    cause: 'forbidden',
    meaning: 'The key works, but may not do this.',
    steps: ['Ask the team’s admin for the right, or use another key.'],
  },
  'feature-not-available': {
    cause: 'forbidden',
    meaning: 'The key works, but the plan has no such feature.',
    steps: ['Look at the plan.'],
  },
  'insufficient-credits': {
    cause: 'forbidden',
    meaning: 'The key works, but the credits are used up.',
    steps: ['Buy credits, or wait for the next period.'],
  },
  'budget-exceeded': {
    cause: 'forbidden',
    meaning: 'The key works, but the budget is spent.',
    steps: ['Raise the budget, or wait for the next period.'],
  },
  'integration-disabled': {
    cause: 'forbidden',
    meaning: 'The key works, but the integration is switched off.',
    steps: ['Ask the team’s admin to switch it on.'],
  },
  'content-policy-violation': {
    cause: 'forbidden',
    meaning: 'The key works, but the prompt was refused.',
    steps: ['Change the prompt.'],
  },
  'resource-unavailable': {
    cause: 'throttled',
    meaning: 'Warp cannot serve the request for now; this says nothing of the key.',
    steps: ['Try again later.'],
  },
  'internal-error': {
    cause: 'issuer-fault',
    meaning: 'Something broke at Warp; this says nothing of the key.',
    steps: ['Try again later, and quote the trace id.'],
  },
};

function explain(response: HttpResponse): Explanation | undefined {
  const said = problem.safeParse(response.json).data;
  if (!said) return undefined;
  const ours =
    /(?:^|\/)troubleshooting\/errors\//.test(said.type) ||
    said.instance?.startsWith('/api/v1/agent') === true;
  const code = ours ? codeOf(response) : undefined;
  const known = code !== undefined && Object.hasOwn(CODES, code) ? CODES[code] : undefined;
  if (!known) return undefined;
  const docs = `https://docs.warp.dev${said.type.startsWith('/') ? oneLine(said.type) : '/'}`;
  return { ...known, docs, ...(said.trace_id && { requestId: oneLine(said.trace_id) }) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whose suffix the leaked key ends in, among the operator's own keys: one, or a person decides. */
async function uidOf(secret: Secret, run: Run): Promise<string | RevokeReply> {
  const got = await run(['api-key', 'list', '--output-format', 'json']);
  if (got.kind === 'failed') return { outcome: 'refused', note: `oz api-key list: ${got.detail}` };
  const keys = got.exitCode === 0 ? listed.safeParse(parsed(got.stdout)).data : undefined;
  if (!keys)
    return { outcome: 'refused', note: `oz api-key list: exit code ${got.exitCode}, or no list of keys` };
  const value = reveal(secret);
  // Fewer than four characters name nobody; and what might be it, but does not show its suffix, is a doubt.
  const matching = keys.filter(({ key_suffix }) => value.endsWith(key_suffix));
  const [match, ...more] = matching;
  const unique =
    match && more.length === 0 && match.key_suffix.length >= 4 && /^\w[\w-]{0,99}$/.test(match.uid);
  if (unique) return match.uid;
  const note = `oz api-key list: ${matching.length} keys fit, so none was touched`;
  return { outcome: 'manual', note, steps: byHand({ preview: secret.preview }) };
}

async function expire(secret: Secret, tools: Tools): Promise<RevokeReply> {
  const run = tools.run?.oz;
  const steps = byHand({ preview: secret.preview });
  if (!run)
    return {
      outcome: 'manual',
      note: 'Warp’s REST API cannot revoke keys, and the oz runner is not switched on',
      steps,
    };
  const uid = await uidOf(secret, run);
  if (typeof uid !== 'string') return uid;
  const got = await run(['api-key', 'expire', uid, '--force', '--output-format', 'json']);
  if (got.kind === 'failed') return { outcome: 'refused', note: `oz api-key expire: ${got.detail}` };
  const said = expired.safeParse(parsed(got.stdout)).data;
  const ok = got.exitCode === 0 && said?.expired === true && said.key_uid === uid;
  return ok
    ? { outcome: 'accepted', note: `oz api-key expire ${uid}: expired` }
    : { outcome: 'refused', note: `oz api-key expire ${uid}: exit code ${got.exitCode}` };
}

function byHand({ preview }: { preview: string }): readonly string[] {
  return [
    `oz api-key list    # find the UID of the key whose last characters are those of ${preview}`,
    'oz api-key expire <uid>    # takes effect at once; add --force where nobody can confirm',
    'Or in the browser: https://oz.warp.dev/settings, Settings > Cloud platform > Oz Cloud API Keys, and delete it.',
  ];
}

export function warp(place: Place = {}): Service {
  const { api = 'https://app.warp.dev', internal = false } = place;

  async function check({ secret }: Key, tools: Tools): Promise<Verdict> {
    const headers = { accept: 'application/json', ...bearer(secret) };
    const request: IssuerRequest = {
      method: 'GET',
      url: `${api}/api/v1/agent/models`,
      headers,
      what: 'GET /api/v1/agent/models',
    };
    const reply = await tools.ask(request);
    if (reply.kind === 'unanswered') return silent(tools, reply);
    if (reply.status === 200 && models.safeParse(reply.json).success)
      return alive(tools, seen(request, reply, 'with models'));
    const code = codeOf(reply);
    if (reply.status === 401 && code === 'authentication-required') {
      return dead(tools, 'rejected', seen(request, reply, 'authentication-required: expired or revoked'));
    }
    if (reply.status === 401 && code === 'external-authentication-required') {
      return alive(
        tools,
        seen(request, reply, 'external-authentication-required: the key works, another login is missing'),
      );
    }
    if (reply.status === 403 && code !== undefined && LIVE_403.includes(code))
      return limited(tools, seen(request, reply, code));
    return unexpected(tools, request, reply);
  }

  return {
    id: 'warp',
    name: 'Warp Oz',
    docs: DOCS,
    hosts: [new URL(api).host],
    internal,
    rate: { requests: 5, perMs: 1_000, concurrency: 2 },
    settlesInMs: 15_000,
    check,
    revoke: (order, tools) => expire(order.secret, tools),
    byHand,
    explain,
  };
}

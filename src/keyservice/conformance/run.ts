import { type Caller, Fault, isHtml } from './caller.ts';

/** One thing that the contract asks for. */
export interface Check {
  readonly id: string;
  readonly title: string;
  /** What to do about it where it fails. */
  readonly mend: string;
  /** Checks that must have passed: what follows from a broken one says nothing new. */
  readonly needs?: readonly string[];
  /** Throws a Fault. `skip` and why, where there is nothing to judge. */
  readonly run: () => Promise<undefined | { readonly skip: string }>;
}

export interface Result {
  readonly id: string;
  readonly title: string;
  readonly outcome: 'pass' | 'fail' | 'skipped';
  /** Of a fail or a skip. */
  readonly why?: string;
  readonly mend?: string;
}

export async function runChecks(checks: readonly Check[]): Promise<readonly Result[]> {
  const results = new Map<string, Result>();
  for (const check of checks) results.set(check.id, await runOne(check, results));
  return [...results.values()];
}

async function runOne(check: Check, before: ReadonlyMap<string, Result>): Promise<Result> {
  const { id, title, mend } = check;
  const broken = check.needs?.find((name) => before.get(name)?.outcome !== 'pass');
  if (broken !== undefined) return { id, title, outcome: 'skipped', why: `${broken} did not pass` };
  try {
    const done = await check.run();
    return done ? { id, title, outcome: 'skipped', why: done.skip } : { id, title, outcome: 'pass' };
  } catch (error) {
    const why = error instanceof Fault ? error.message : `the kit itself failed (${nameOf(error)})`;
    return { id, title, outcome: 'fail', why, mend };
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}

/** What must be true of every reply, whichever check asked for it. */
export function checksOfAll(caller: Caller, secrets: readonly (string | undefined)[]): readonly Check[] {
  const named = secrets.filter((secret) => secret !== undefined && secret !== '');
  return [
    {
      id: 'no-redirect',
      title: 'no reply sends the caller elsewhere',
      mend: 'Answer at the address that was asked; a client that follows a redirect hands the key to whoever it names.',
      async run() {
        const one = caller.replies.find(({ status }) => status >= 300 && status < 400);
        if (!one) return;
        const to = URL.parse(one.headers.get('location') ?? '', caller.origin);
        const where = to && to.origin !== caller.origin ? `another host, ${to.host}` : 'another address';
        throw new Fault(`${one.what}: ${one.status}, a redirect to ${where}`);
      },
    },
    {
      id: 'no-html',
      title: 'no reply is a web page',
      mend: 'Answer API routes with JSON (application/json, refusals application/problem+json), also where a gateway or a login stands before the service.',
      async run() {
        const one = caller.replies.find(isHtml);
        if (one) throw new Fault(`${one.what}: ${one.status} with HTML`);
      },
    },
    {
      id: 'no-echo',
      title: 'no reply repeats a key',
      mend: 'Never write what a caller sent as a key into a reply: replies are logged.',
      async run() {
        const one = caller.replies.find(({ body, headers }) => {
          const text = `${body}\n${[...headers].map(([, value]) => value).join('\n')}`;
          return named.some((secret) => secret !== undefined && text.includes(secret));
        });
        if (one) throw new Fault(`${one.what}: the reply holds a key that was sent`);
      },
    },
  ];
}

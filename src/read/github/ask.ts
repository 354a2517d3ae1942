// Questions of one source. The law: each source has a budget of its own, so that one that has much to ask leaves enough for
// the others, and what it could not ask is said.

import type { GitHubClient, GitHubReply } from './client.ts';
import { noAnswer } from './no-answer.ts';

/** GitHub's no, in words without a URL. */
export class Refusal extends Error {
  /** Undefined where no answer came at all. */
  readonly status: number | undefined;
  constructor(status: number | undefined, message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.status = status;
  }
}

/** The source has asked as often as it may. */
export class Exhausted extends Error {}

/** What all sources of a run share of the hour's quota. */
export class Quota {
  /** As GitHub said it last. */
  remaining = Number.POSITIVE_INFINITY;

  hear({ headers }: Pick<GitHubReply, 'headers'>): void {
    const said = Number(headers['x-ratelimit-remaining'] ?? Number.NaN);
    if (Number.isFinite(said)) this.remaining = said;
  }

  /** An equal share for each source that is still to come, and one for whatever else uses the token. */
  share(sources: number): number {
    return Math.max(1, Math.floor(this.remaining / (sources + 1)));
  }
}

export interface Page {
  readonly data: unknown;
  readonly more: boolean;
  readonly etag: string | undefined;
}

export class Ask {
  readonly client: GitHubClient;
  readonly #signal: AbortSignal | undefined;
  readonly #quota: Quota;
  #left: number;

  constructor(client: GitHubClient, quota: Quota, budget: number, signal: AbortSignal | undefined) {
    this.client = client;
    this.#quota = quota;
    this.#left = budget;
    this.#signal = signal;
  }

  /** @returns undefined where the ETag still holds. @throws Refusal, Exhausted, the signal's reason */
  async page(
    path: string,
    query: Readonly<Record<string, string | number | undefined>> = {},
    etag?: string,
  ): Promise<Page | undefined> {
    const asked = new URLSearchParams();
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) asked.set(name, String(value));
    const url = `${this.client.api}${path}${asked.size === 0 ? '' : `?${asked.toString()}`}`;
    const headers = etag === undefined ? {} : { 'if-none-match': etag };
    const reply = await this.#send(`GET ${url}`, headers, {});
    if (reply.status === 304) return undefined;
    const said = reply.headers.etag;
    return {
      data: reply.data,
      more: /rel="next"/.test(String(reply.headers.link ?? '')),
      etag: typeof said === 'string' ? said : undefined,
    };
  }

  /** Where a file is kept: an address that is good for a minute, or, on some servers, the file itself. */
  async file(
    path: string,
    accept?: string,
  ): Promise<{ readonly address: string } | { readonly body: unknown }> {
    const headers = accept === undefined ? {} : { accept };
    const raw = { redirect: 'manual', parseSuccessResponseBody: false };
    const reply = await this.#send(`GET ${this.client.api}${path}`, headers, raw);
    if (reply.status < 300) return { body: reply.data };
    await cancel(reply.data);
    const address = String(reply.headers.location ?? '');
    if (!URL.canParse(address, this.client.api))
      throw new Refusal(undefined, 'GitHub says no place for the file');
    return { address: new URL(address, this.client.api).href };
  }

  /** A part of a file in storage, as a stream; it costs nothing of the quota. @throws Refusal */
  async part(address: string, headers: Readonly<Record<string, string>>): Promise<GitHubReply> {
    const raw = { redirect: 'error', parseSuccessResponseBody: false };
    const signal = this.#signal === undefined ? {} : { signal: this.#signal };
    try {
      return await this.client.fetch(`GET ${address}`, { headers, request: { ...raw, ...signal } });
    } catch (error) {
      this.#signal?.throwIfAborted();
      const status = replyOf(error)?.status;
      throw new Refusal(
        status,
        status === undefined ? 'its storage does not answer' : `its storage answers ${status}`,
      );
    }
  }

  async delete(path: string): Promise<void> {
    await this.#send(`DELETE ${this.client.api}${path}`, {}, {});
  }

  async #send(
    route: string,
    headers: Readonly<Record<string, string>>,
    request: Readonly<Record<string, unknown>>,
  ): Promise<GitHubReply> {
    this.#signal?.throwIfAborted();
    if (this.#left <= 0)
      throw new Exhausted('it has used its share of requests; the next scan goes on there');
    this.#left -= 1;
    try {
      const signal = this.#signal === undefined ? {} : { signal: this.#signal };
      const reply = await this.client.request(route, { headers, request: { ...request, ...signal } });
      this.#quota.hear(reply);
      return reply;
    } catch (error) {
      this.#signal?.throwIfAborted();
      const reply = replyOf(error);
      if (reply !== undefined) this.#quota.hear(reply);
      if (reply?.status === 304) return reply;
      throw refusalOf(reply?.status, error);
    }
  }
}

/** The reply that an Octokit has thrown. */
function replyOf(error: unknown): GitHubReply | undefined {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return undefined;
  const response = 'response' in error ? error.response : undefined;
  const headers =
    typeof response === 'object' && response !== null && 'headers' in response ? response.headers : undefined;
  const heard = typeof headers === 'object' && headers !== null ? (headers as GitHubReply['headers']) : {};
  return response === undefined && error.status !== 304
    ? undefined
    : { status: error.status, data: undefined, headers: heard };
}

function refusalOf(status: number | undefined, error?: unknown): Refusal {
  const said = error instanceof Error ? error.message : '';
  switch (status) {
    case undefined:
      return new Refusal(undefined, `GitHub does not answer: ${noAnswer(error) ?? 'no answer'}`, error);
    case 401:
      return new Refusal(status, 'GitHub refuses the token (401)');
    case 403:
      return new Refusal(
        status,
        /rate limit/i.test(said)
          ? 'the rate limit outlasts our patience (403)'
          : 'the token may not read this (403)',
      );
    case 404:
      return new Refusal(status, 'GitHub knows nothing of it, or hides it from the token (404)');
    case 410:
      return new Refusal(status, 'it is gone, or switched off (410)');
    case 429:
      return new Refusal(status, 'the rate limit outlasts our patience (429)');
    default:
      return new Refusal(status, `GitHub answers ${status}`);
  }
}

export async function cancel(body: unknown): Promise<void> {
  if (body instanceof ReadableStream && !body.locked) await body.cancel();
}

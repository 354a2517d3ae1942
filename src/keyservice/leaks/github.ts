// The receiving end of GitHub's secret-scanning partner programme: raw body, signature, batch, feedback.
// A report carries no time, so a recorded one could be sent again at any later day; all that it can do is to burn once
// more what is burned already.

import { z } from 'zod';
import type { FoundAt } from '../record.ts';
import type { LeakDesk } from './desk.ts';
import { createPublicKeys, type PublicKeysOptions } from './public-keys.ts';
import { verifies } from './signature.ts';

export const MOST_TOKENS = 5000;

const reportSchema = z
  .array(
    z.object({
      token: z.string().min(1).max(4096),
      type: z.string().max(200),
      url: z.string().max(16_384).default(''),
      source: z.string().max(100).default('unknown'),
    }),
  )
  .max(MOST_TOKENS);

/** One line of the feedback: by hash, so that no token travels back. */
interface Feedback {
  readonly token_hash: string;
  readonly token_type: string;
  readonly label: 'true_positive' | 'false_positive';
}

type Received =
  | { readonly outcome: 'taken'; readonly feedback: readonly Feedback[] }
  | { readonly outcome: 'unsigned' | 'unreadable' | 'unavailable' };

export type GitHubOptions = Omit<PublicKeysOptions, 'now'>;

export function createGitHubReceiver(options: PublicKeysOptions, desk: LeakDesk) {
  const keys = createPublicKeys(options);
  return async function receive(raw: Uint8Array, headers: Headers): Promise<Received> {
    const id = headers.get('github-public-key-identifier') ?? '';
    const signature = headers.get('github-public-key-signature') ?? '';
    if (!/^[0-9a-fA-F]{1,128}$/.test(id) || signature === '') return { outcome: 'unsigned' };
    const key = await keys.find(id);
    if (key === 'unavailable') return { outcome: 'unavailable' };
    if (key === 'unknown' || !verifies(key, raw, signature)) return { outcome: 'unsigned' };

    const report = reportSchema.safeParse(parse(raw));
    if (!report.success) return { outcome: 'unreadable' };
    const foundTime = options.now().toISOString();
    const sightings = report.data.map(({ token, url, source }) => ({
      token,
      foundTime,
      foundAt: placeOf(url, source),
    }));
    const judged = desk.take(sightings, 'github-secret-scanning');
    const feedback = report.data.map(({ type }, index): Feedback => {
      const { hash, known } = judged[index] ?? { hash: Buffer.alloc(0), known: false };
      const label = known ? 'true_positive' : 'false_positive';
      return { token_hash: Buffer.from(hash).toString('hex'), token_type: type, label };
    });
    return { outcome: 'taken', feedback };
  };
}

/** What the address says by itself: for content and commits GitHub gives `/OWNER/REPO/blob/COMMIT/PATH`. */
export function placeOf(text: string, source: string): FoundAt {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) return { exposure: 'public' };
  url.username = '';
  url.password = '';
  const found: FoundAt = { url: url.href, exposure: 'public' };
  const [, owner, name, kind, commit, ...path] = url.pathname.split('/');
  if (!/^(content|commit)$/i.test(source) || !owner || !name) return found;
  const repository = `${url.host}/${owner}/${name}`;
  if (!/^(blob|commit)$/.test(kind ?? '') || !commit || !/^[0-9a-f]{40}$/.test(commit))
    return { ...found, repository };
  return { ...found, repository, commit, ...(path.length === 0 ? {} : { path: decode(path.join('/')) }) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text).replace(/\p{Cc}/gu, ' ');
  } catch {
    return text;
  }
}

function parse(raw: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw));
  } catch {
    return undefined;
  }
}

// The receiving end of a secret-scanning partner programme: raw body, signature, batch, feedback. GitHub's, and GitLab's,
// which differs in the names of its headers. A report carries no time, so a signature that was taken is remembered: its sender may try
// again for an hour and hears the same; later it is a recording, and refused. Whoever bends a recorded signature gains nothing,
// because both forms of an ECDSA signature have one name here.

import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { FoundAt, Reporter } from '../record.ts';
import type { Judged, LeakDesk } from './desk.ts';
import { createPublicKeys, type PublicKeysOptions } from './public-keys.ts';
import { nameOfSignature, verifies } from './signature.ts';

export const MOST_TOKENS = 5000;
const RETRY_WINDOW_MS = 3_600_000;

const reportSchema = z
  .array(
    z.object({
      token: z.string().min(1).max(4096),
      type: z.string().max(200),
      url: z.string().max(16_384).default(''),
      source: z.string().max(100).optional(),
    }),
  )
  .max(MOST_TOKENS);

/** One line of the feedback: by hash, so that no token travels back. What nobody could tell in time has no line. */
interface Feedback {
  readonly token_hash: string;
  readonly token_type: string;
  readonly label: 'true_positive' | 'false_positive';
}

type Received =
  | { readonly outcome: 'taken'; readonly feedback: readonly Feedback[] }
  | { readonly outcome: 'unsigned' | 'recorded' | 'unreadable' | 'unavailable' | 'full' };

export type PartnerOptions = Omit<PublicKeysOptions, 'now'>;

/** What differs between the programmes. Header names in lower case. */
interface Programme {
  readonly by: Reporter;
  readonly keyHeader: string;
  readonly signatureHeader: string;
  /** Where a report does not say what it was found in. */
  readonly source: string;
}

export const GITHUB: Programme = {
  by: 'github-secret-scanning',
  keyHeader: 'github-public-key-identifier',
  signatureHeader: 'github-public-key-signature',
  source: 'unknown',
};
// https://docs.gitlab.com/user/application_security/secret_detection/automatic_response/
export const GITLAB: Programme = {
  by: 'gitlab-partner',
  keyHeader: 'gitlab-public-key-identifier',
  signatureHeader: 'gitlab-public-key-signature',
  source: 'content',
};

export function createPartnerReceiver(programme: Programme, options: PublicKeysOptions, desk: LeakDesk) {
  const { by, keyHeader, signatureHeader } = programme;
  const keys = createPublicKeys(options);

  return async function receive(raw: Uint8Array, headers: Headers): Promise<Received> {
    const id = headers.get(keyHeader) ?? '';
    const signature = headers.get(signatureHeader) ?? '';
    if (!/^[0-9a-fA-F]{1,128}$/.test(id) || signature === '') return { outcome: 'unsigned' };
    const key = await keys.find(id);
    if (key === 'unavailable') return { outcome: 'unavailable' };
    if (key === 'unknown' || !verifies(key, raw, signature)) return { outcome: 'unsigned' };

    const report = reportSchema.safeParse(parse(raw));
    if (!report.success) return { outcome: 'unreadable' };
    const at = options.now();
    const mark = createHash('sha256')
      .update(`${by} ${nameOfSignature(signature)}`)
      .digest();
    const before = desk.delivered(mark);
    if (before !== undefined && at.getTime() - before > RETRY_WINDOW_MS) return { outcome: 'recorded' };
    const foundTime = at.toISOString();
    const sightings = report.data.map(({ token, url, source = programme.source }) => ({
      token,
      foundTime,
      foundAt: placeOf(url, source),
    }));
    const judged = await desk.take(sightings, by);
    if (judged === undefined) return { outcome: 'full' };
    desk.deliver(mark);
    const feedback = report.data.flatMap(({ type }, index) => feedbackOf(type, judged[index]));
    return { outcome: 'taken', feedback };
  };
}

function feedbackOf(type: string, judged: Judged | undefined): readonly Feedback[] {
  if (judged?.known === undefined) return [];
  const label = judged.known ? 'true_positive' : 'false_positive';
  return [{ token_hash: Buffer.from(judged.hash).toString('hex'), token_type: type, label }];
}

/** What the address says by itself: for content and commits GitHub gives `/OWNER/REPO/blob/COMMIT/PATH`, GitLab the same behind `/-`. */
export function placeOf(text: string, source: string): FoundAt {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) return { exposure: 'public' };
  url.username = '';
  url.password = '';
  const found: FoundAt = { url: url.href, exposure: 'public' };
  const [, owner, name, kind, commit, ...path] = url.pathname.replace('/-/', '/').split('/');
  if (!/^(content|commit)$/i.test(source) || !owner || !name) return found;
  const repository = `${url.host}/${owner}/${name}`;
  if (!/^(blob|raw|commit)$/.test(kind ?? '') || !commit || !/^[0-9a-f]{40}$/.test(commit))
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

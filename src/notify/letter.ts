// What a template may speak of: plain words about one incident, each a bounded single line, each there even where nothing is known
// (empty then), so that a template needs no question before a name.

import { z } from 'zod';
import { unknownInWords } from '../model/index.ts';
import { type Notice, oneLine } from './notice.ts';

/** Who issued a key, for people. */
export interface Issuer {
  readonly name: string;
  /** The page about its keys. */
  readonly docs: string;
}

const text = z
  .string()
  .catch('')
  .transform((given) => oneLine(given, 600));
const time = z
  .string()
  .catch('')
  .transform((given) => (Number.isNaN(Date.parse(given)) ? '' : new Date(given).toISOString()));

const placeSchema = z
  .looseObject({
    kind: text,
    repository: text,
    path: text,
    line: z.int().catch(0),
    commit: text,
    author: text,
    date: time,
    url: text,
  })
  .transform(({ kind, repository, path, line, commit, author, date, url }) => ({
    repository,
    path,
    file: path.split('/').at(-1) ?? path,
    line: line > 0 ? line : '',
    commit,
    author,
    date,
    // A mail program follows whatever stands there.
    url: /^https?:\/\//i.test(url) ? url : '',
    in_history: kind === 'blob' || commit !== '',
  }));

const incidentSchema = z.looseObject({
  id: text,
  state: text,
  rule: text,
  title: text,
  severity: text,
  service: text,
  preview: text,
  environment: text,
  exposure: text,
  place: placeSchema,
  otherPlaces: z.array(placeSchema).catch([]),
  verdict: z.looseObject({ state: text, why: text, checkedAt: time }),
  decision: z.looseObject({ because: text }),
  receipt: z
    .looseObject({
      outcome: text,
      at: time,
      note: text,
      steps: z.array(text).catch([]),
      proof: z.looseObject({ state: text, why: text, checkedAt: time }).optional().catch(undefined),
    })
    .nullable()
    .catch(null),
  firstSeen: time,
  lastSeen: time,
});

const DEAD: ReadonlySet<string> = new Set(['expired', 'disabled', 'revoked', 'rejected']);

export function wordsOf(notice: Notice, issuerOf: (service: string) => Issuer | undefined) {
  const incident = incidentSchema.parse(notice.data.incident);
  const { receipt } = incident;
  const verdict = receipt?.proof ?? incident.verdict;
  const issuer = incident.service === '' ? undefined : issuerOf(incident.service);
  return {
    kind: notice.kind as string,
    key: {
      title: incident.title,
      preview: incident.preview,
      environment: incident.environment,
      severity: incident.severity,
      rule: incident.rule,
    },
    issuer: {
      id: incident.service,
      name: oneLine(issuer?.name ?? incident.service),
      docs: /^https?:\/\//i.test(issuer?.docs ?? '') ? oneLine(issuer?.docs ?? '') : '',
    },
    exposure: incident.exposure,
    place: incident.place,
    places: incident.otherPlaces,
    verdict: {
      state: verdict.state,
      why: verdict.state === 'unknown' ? unknownInWords(verdict.why) : verdict.why,
      at: verdict.checkedAt,
    },
    dead_since: DEAD.has(verdict.state) ? verdict.checkedAt : '',
    done: { outcome: receipt?.outcome ?? '', at: receipt?.at ?? '', note: receipt?.note ?? '' },
    steps: receipt?.steps ?? [],
    because: incident.decision.because,
    incident: {
      id: incident.id,
      short: incident.id.slice(0, 12),
      state: incident.state,
      first_seen: incident.firstSeen,
      last_seen: incident.lastSeen,
    },
    at: notice.timestamp,
  };
}

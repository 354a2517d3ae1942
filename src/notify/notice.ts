// What an owner reads. The law: kind, complete, and without a secret; whatever comes from a repository (paths, authors)
// is one line of data in it, never markup.

import { basename } from 'node:path';
import { z } from 'zod';
import { type Incident, type Place, type Verdict, whyInWords } from '../model/index.ts';
import { type NoticeKind, TOLD_KINDS } from './outbox.ts';
import { nextSteps } from './steps.ts';

/** The message as it waits in the outbox; the channels give it their shape. */
export const noticeSchema = z.object({
  version: z.literal(1),
  kind: z.enum(TOLD_KINDS),
  /** RFC 3339: when it was put in the outbox. */
  timestamp: z.string(),
  subject: z.string(),
  headline: z.string(),
  facts: z.array(z.object({ label: z.string(), value: z.string() })),
  steps: z.array(z.string()),
  /** Web address of the place, http or https. */
  link: z.string().nullable(),
  /** Mail address of the key's owner, as its issuer names it. */
  owner: z.string().nullable().default(null),
  /** For programs. */
  data: z.record(z.string(), z.unknown()),
});
export type Notice = z.infer<typeof noticeSchema>;

/** @param owner the issuer's words about whose the key is, or who looks after the place; an address may be among them */
export function noticeOf(incident: Incident, kind: NoticeKind, at: Date, owner?: string | null): Notice {
  const title = oneLine(incident.title);
  const link = webAddress(incident.place.url);
  return {
    version: 1,
    kind,
    timestamp: at.toISOString(),
    subject: `${SUBJECT[kind]}: ${title} ${incident.preview} in ${oneLine(lastOf(incident.place.path), 120)}`,
    headline: headline(incident, kind, title),
    facts: facts(incident, link, owner),
    steps: nextSteps(incident, kind).map((step) => oneLine(step, 600)),
    link,
    owner: addressIn(owner ?? ''),
    data: data(incident, link),
  };
}

/** One plain address: what could be read as two, or as a name with one, is none. */
function addressIn(words: string): string | null {
  const found = words.split(/[\s,;]+/).filter((word) => word.includes('@'));
  const [only, ...more] = found;
  if (only === undefined || more.length > 0 || only.length > 320) return null;
  return /^[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+$/.test(only) ? only : null;
}

const SUBJECT: Readonly<Record<NoticeKind, string>> = {
  'found-live': 'Leaked and live',
  burned: 'Leaked and burned',
  'needs-a-person': 'Leaked, and waiting for you',
  'still-alive': 'Leaked, and still alive',
  overdue: 'Overdue: leaked and live',
};

function headline(incident: Incident, kind: NoticeKind, title: string): string {
  const what = `${title} ${incident.preview} was found ${EXPOSED[incident.exposure]}`;
  switch (kind) {
    case 'found-live':
      return `${what}, and it still works. Nothing has been done about it yet.`;
    case 'burned':
      return incident.receipt?.outcome === 'contained'
        ? `${what}. It is switched off now, which can be undone.`
        : `${what}. It is dead now, so nobody can use it any more.`;
    case 'needs-a-person':
      return `${what}, and it still works. It needs somebody to decide, or to do what a program cannot.`;
    case 'overdue':
      return `${what} on ${incident.firstSeen}, and it still works. Nobody has handled it in time.`;
    case 'still-alive':
      return `${what}. Burning it was tried, and it is not proved dead: please look at it now.`;
  }
}

const EXPOSED: Readonly<Record<Incident['exposure'], string>> = {
  public: 'in a public place',
  internal: 'in a place that the whole organisation can read',
  private: 'in a private place',
  local: 'on a machine, not pushed yet',
  unknown: 'in a place whose readers are not known',
};

const READERS: Readonly<Record<Incident['exposure'], string>> = {
  public: 'public: anybody could have read it',
  internal: 'internal: everybody in the organisation could have read it',
  private: 'private: those with access to the repository could have read it',
  local: 'local: it has not left the machine',
  unknown: 'not known; treated as private',
};

function facts(incident: Incident, link: string | null, owner: string | null | undefined): Notice['facts'] {
  const { place, otherPlaces, receipt } = incident;
  const environment = incident.environment === 'unknown' ? '' : `, ${incident.environment}`;
  const rows: [string, string | undefined][] = [
    ['Key', `${incident.title}, ${incident.preview}${environment}`],
    ['Issuer', incident.service ?? 'not known'],
    ['Found', whereIs(place)],
    ['Page', link ?? undefined],
    ['Also in', otherPlaces.length === 0 ? undefined : others(otherPlaces)],
    ['In since', since(place)],
    ['Owner', owner ?? undefined],
    ['Exposure', READERS[incident.exposure]],
    ['Seen', `first ${incident.firstSeen}, last ${incident.lastSeen}`],
    ['State', stateInWords(incident)],
    ['Done', receipt ? done(receipt) : 'nothing so far'],
    ['Because', incident.decision.because],
  ];
  return rows.flatMap(([label, value]) =>
    value === undefined ? [] : [{ label, value: oneLine(value, 600) }],
  );
}

function whereIs(place: Place): string {
  const folder = place.repository === undefined ? '' : `${lastOf(place.repository)}: `;
  const commit = place.commit === undefined ? '' : `, commit ${place.commit.slice(0, 12)}`;
  return `${folder}${place.path}${place.line > 0 ? `, line ${place.line}` : ''}${commit}`;
}

function since(place: Place): string | undefined {
  if (place.date === undefined) return undefined;
  return place.author === undefined ? place.date : `${place.date}, by ${place.author}`;
}

function others(places: readonly Place[]): string {
  const named = places.slice(0, 3).map(whereIs).join('; ');
  return places.length > 3 ? `${named}; and ${places.length - 3} more` : named;
}

function stateInWords({ verdict, receipt }: Incident): string {
  const proof = receipt && 'proof' in receipt ? receipt.proof : verdict;
  return verdictInWords(proof);
}

function verdictInWords(verdict: Verdict): string {
  switch (verdict.state) {
    case 'live':
      return `live, asked ${verdict.checkedAt} (${verdict.why})`;
    case 'limited':
      return `live with few rights, asked ${verdict.checkedAt} (${verdict.why})`;
    case 'expired':
    case 'disabled':
    case 'revoked':
    case 'rejected':
      return `dead (${verdict.state}) since ${verdict.checkedAt} at the latest: ${verdict.why}`;
    case 'malformed':
      return `never issued (${verdict.why})`;
    case 'unknown':
      return `not known: ${whyInWords(verdict)}`;
  }
}

function done(receipt: NonNullable<Incident['receipt']>): string {
  switch (receipt.outcome) {
    case 'revoked':
      return `revoked and proved dead at ${receipt.at}: ${receipt.note}`;
    case 'contained':
      return `switched off and proved so at ${receipt.at}: ${receipt.note}`;
    case 'already-dead':
      return `found dead at ${receipt.at}: ${receipt.note}`;
    case 'accepted':
      return `the issuer took the order at ${receipt.at}, but does not say dead so far: ${receipt.note}`;
    case 'failed':
      return `tried at ${receipt.at}, without success: ${receipt.note}`;
    case 'manual':
      return `nothing: ${receipt.note}`;
    case 'planned':
      return `nothing, this was a dry run: ${receipt.note}`;
    case 'held':
      return `held back at ${receipt.at}: ${receipt.note}`;
  }
}

/** What a program gets: the incident without anything of the machine that scanned. */
function data(incident: Incident, link: string | null): Notice['data'] {
  return {
    incident: {
      id: incident.id,
      state: incident.state,
      rule: incident.rule,
      title: incident.title,
      severity: incident.severity,
      service: incident.service,
      preview: incident.preview,
      environment: incident.environment,
      exposure: incident.exposure,
      place: { ...placeData(incident.place), url: link },
      otherPlaces: incident.otherPlaces
        .slice(0, 20)
        .map((place) => ({ ...placeData(place), url: webAddress(place.url) })),
      verdict: incident.verdict,
      decision: incident.decision,
      receipt: incident.receipt,
      firstSeen: incident.firstSeen,
      lastSeen: incident.lastSeen,
    },
  };
}

function placeData(place: Place) {
  const { kind, path, line, column, endLine, commit, author, date } = place;
  const repository = place.repository === undefined ? undefined : lastOf(place.repository);
  return { kind, repository, path, line, column, endLine, commit, author, date };
}

/** The whole message as plain text. */
export function textOf(notice: Notice): string {
  const width = Math.max(...notice.facts.map(({ label }) => label.length)) + 1;
  return [
    notice.headline,
    '',
    ...notice.facts.map(({ label, value }) => `${`${label}:`.padEnd(width)} ${value}`),
    '',
    'What to do next',
    ...notice.steps.map((step, index) => `${index + 1}. ${step}`),
  ].join('\n');
}

// C0 and C1 controls, line and paragraph separators, and what reorders the text around it.
const UNSAFE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f]+/gu;

/** Text of others as one line of bounded length. */
export function oneLine(text: string, most = 300): string {
  const line = text.toWellFormed().replace(UNSAFE, ' ').trim();
  return line.length > most ? `${line.slice(0, most - 1).toWellFormed()}…` : line;
}

function webAddress(text: string | undefined): string | null {
  const url = text === undefined ? null : URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  url.username = '';
  url.password = '';
  return url.href.length > 2000 ? null : url.href;
}

function lastOf(path: string): string {
  return basename(path) || path;
}

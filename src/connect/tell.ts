// What came of a leak report becomes an incident like any other: on the page, in the charts, and in the notices. The law: it may be told
// twice (a process was killed in between) and counts once.

import type { Concluded } from '../keyservice/index.ts';
import {
  type Entry,
  type Exposure,
  exposureAfter,
  type Fingerprint,
  type FingerprintKey,
  type Incident,
  type Receipt,
  type Verdict,
} from '../model/index.ts';
import type { Notifier } from '../notify/index.ts';
import type { Ledger } from '../record/index.ts';
import { placeOf } from './place.ts';

export interface TellOptions {
  readonly ledger: Ledger;
  readonly notifier: Pick<Notifier, 'enqueue' | 'flush'>;
  readonly fingerprintKey: FingerprintKey;
  /** What its keys are called for people. */
  readonly nameOf: (issuer: string) => string;
  /** The id of the service in incidents, where there is one. */
  readonly serviceOf: (issuer: string) => string | null;
  /** A line for the operator's log. */
  readonly warn: (text: string) => void;
}

export interface Teller {
  /** Keeps it, and puts the notices into the outbox. */
  tell(concluded: Concluded): Promise<void>;
  /** Sends what is due. */
  flush(): Promise<void>;
}

const BY: Readonly<Record<Concluded['by'], string>> = {
  'github-secret-scanning': 'GitHub secret scanning',
  'gitlab-partner': 'GitLab',
  'gitlab-token-revocation': 'GitLab',
  'keyburn-report': 'a keyburn scanner',
  'public-report': 'somebody who found it',
};

export function createTeller(options: TellOptions): Teller {
  const { ledger, notifier, fingerprintKey, nameOf, serviceOf, warn } = options;

  /** Of a report that brought the plain SHA-256 alone: the name that a scan which reads the key gives it, too. */
  const idOf = ({ subject, hash }: Concluded): Fingerprint =>
    (subject as Fingerprint | undefined) ?? fingerprintKey.fingerprintOf(hash);

  async function known(id: Fingerprint): Promise<Incident | undefined> {
    const found = await ledger.incident(id);
    return found.kind === 'one' ? found.incident : undefined;
  }

  async function keep(id: Fingerprint, said: Concluded): Promise<Incident | undefined> {
    const before = await known(id);
    // What a scan knows of it says more than a report; what is written down already stands; and a wider exposure is news.
    if (!before) await ledger.upsert(entryOf(id, said, nameOf(said.issuer), serviceOf(said.issuer)));
    else if (exposureAfter(before.exposure, exposureOf(said), false) !== before.exposure)
      await ledger.upsert(alsoThere(before, said));
    if (said.outcome === 'dead' ? before?.state !== 'closed' : !before)
      await ledger.settle(id, receiptOf(said));
    const { owner, lastUsedAt } = said.about ?? {};
    if (owner || lastUsedAt)
      await ledger.board.learned(id, { ...(owner && { owner }), ...(lastUsedAt && { usedAt: lastUsedAt }) });
    return known(id);
  }

  return {
    async tell(said) {
      const id = idOf(said);
      const incident = await keep(id, said);
      if (!incident) return;
      const owner = said.about?.owner ?? (await ledger.board.card(id))?.owner;
      await notifier.enqueue(incident, said.outcome === 'dead' ? 'burned' : 'needs-a-person', owner);
    },
    async flush() {
      const { kept } = await notifier.flush();
      for (const { channel, kind, why } of kept)
        warn(`notice ${kind} to ${channel}: ${why}; it stays in the outbox`);
    },
  };
}

function receiptOf({ outcome, at, by, note: said }: Concluded): Receipt {
  const note = `${said}, reported by ${BY[by]}`;
  if (outcome === 'person')
    return { outcome: 'manual', at, note, steps: ['End this key by hand: no program could.'] };
  const proof = { state: 'revoked', checkedAt: at, why: note } as const;
  return { outcome: 'revoked', at, proof, note };
}

function exposureOf({ foundAt }: Concluded): Exposure {
  return foundAt.exposure ?? 'public';
}

/** What is known of it, and that more people could have read it, in one more place. */
function alsoThere(known: Incident, said: Concluded): Entry {
  const { state: _state, firstSeen: _first, lastSeen: _last, ...entry } = known;
  const otherPlaces = [...entry.otherPlaces, placeOf(said)];
  return { ...entry, otherPlaces, exposure: exposureOf(said) };
}

function entryOf(id: Fingerprint, said: Concluded, name: string, service: string | null): Entry {
  const { issuer, hash, by, foundTime, about, outcome, note } = said;
  const verdict: Verdict =
    outcome === 'dead'
      ? { state: 'live', checkedAt: foundTime, why: 'its issuer could still end it' }
      : { state: 'unknown', why: 'unexpected-reply', detail: note };
  return {
    id,
    rule: `reported-${issuer}`,
    title: name,
    severity: 'critical',
    service,
    preview: about?.preview ?? `sha256:${Buffer.from(hash).toString('hex').slice(0, 8)}…`,
    environment: about?.environment ?? 'unknown',
    place: placeOf(said),
    otherPlaces: [],
    verdict,
    exposure: exposureOf(said),
    decision: { act: 'burn', because: `reported by ${BY[by]}` },
    receipt: null,
  };
}

import type { Detector } from '../detect/index.ts';
import { emptyTally, type FoundCase, find } from '../find/index.ts';
import { type Incident, SetupError } from '../model/index.ts';
import { open, type ReadOptions } from '../read/index.ts';
import { type Ledger, plain } from '../record/index.ts';
import { type Restored, restore } from '../revoke/index.ts';
import { gitHubClients, hostedOptions, hostsOf } from './code-hosts.ts';
import { type Base, detector, type Surroundings, verifier } from './equipment.ts';

/** What came of undoing it for one key; `gone`: it is no longer where it was found. */
export type Undone = Restored | { readonly outcome: 'gone'; readonly note: string };

/**
 * Undoes one containment on a person's word.
 * @throws SetupError where nobody can be asked, or the key is no longer there
 */
export async function undo(
  around: Surroundings,
  made: Base,
  ledger: Ledger,
  incident: Incident,
  word: Word,
): Promise<Restored> {
  let came: Undone | undefined;
  await undoAll(around, made, ledger, [incident], word, (_, done) => {
    came = done;
  });
  if (came === undefined || came.outcome === 'gone')
    throw new SetupError(came?.note ?? 'nothing came of it', { hint: 'restore it with the issuer' });
  return came;
}

interface Word {
  readonly by: string;
  readonly reason: string;
}

/**
 * Undoes containments on a person's word. The ledger holds no key, so each is read again from where it was found: once for all that
 * stand in one place. Before an issuer is asked the intent is on record, after it what came of it.
 * @param copyOf where addresses are read from; left out, they are cloned
 */
export async function undoAll(
  around: Surroundings,
  made: Base,
  ledger: Ledger,
  incidents: readonly Incident[],
  word: Word,
  tell: (incident: Incident, done: Undone) => void,
  copyOf?: ReadOptions['copyOf'],
): Promise<void> {
  const verifying = await verifier(around, made, { offline: false, ledger: undefined });
  const rules = await detector(made, []);
  // Of a member of an archive, the archive.
  const placed = (incident: Incident): string =>
    incident.place.repository ?? incident.place.path.replace(/!\/.*$/s, '');
  for (const [target, those] of Map.groupBy(incidents, placed)) {
    const found = await readAgain(around, made, rules, target, those, copyOf);
    for (const incident of those) {
      const service = made.services.get(incident.service ?? '');
      const again =
        found.kind === 'read' ? found.cases.find((one) => one.case.id === incident.id) : undefined;
      const end = async (done: Undone): Promise<void> => {
        await ledger.settleUndo(incident.id, done.outcome, done.note);
        tell(incident, done);
      };
      await ledger.intendUndo(incident.id, word);
      if (service === undefined) {
        await end({ outcome: 'refused', note: 'this key has no issuer that keyburn can ask' });
        continue;
      }
      if (again === undefined) {
        const why =
          found.kind === 'unread' ? found.why : 'the key is no longer there, and the ledger holds none';
        await end({ outcome: 'gone', note: `${target === '-' ? 'standard input' : plain(target)}: ${why}` });
        continue;
      }
      const { secret, parts } = again.case.finding;
      const done = await restore(
        { secret, parts },
        {
          service,
          tools: verifying.tools(service.id),
          again: () => verifying.again(service.id, again.case.finding),
        },
      );
      if (done.outcome === 'restored') await ledger.reopen(incident.id, word.by, word.reason, done.proof);
      await end(done);
    }
  }
}

type ReadAgain =
  | { readonly kind: 'read'; readonly cases: readonly FoundCase[] }
  | { readonly kind: 'unread'; readonly why: string };

async function readAgain(
  around: Surroundings,
  made: Base,
  rules: Detector,
  target: string,
  incidents: readonly Incident[],
  copyOf: ReadOptions['copyOf'],
): Promise<ReadAgain> {
  if (target === '-') return { kind: 'unread', why: 'came once, so it cannot be read again' };
  try {
    const reader = await open(target, {
      history: 'auto',
      mode: { kind: 'all' },
      exhaustive: false,
      attribution: false,
      archives: incidents.some(({ place }) => place.path.includes('!/')),
      hosted: hostedOptions(
        gitHubClients(made.config, around.env),
        hostsOf(made.config, around.env, false),
        undefined,
      ),
      signal: around.signal,
      ...(copyOf === undefined ? {} : { copyOf }),
    });
    const cases = await find(reader, {
      detector: rules,
      key: made.fingerprintKey,
      tally: emptyTally(),
      early: () => undefined,
    });
    return { kind: 'read', cases };
  } catch (error) {
    around.signal.throwIfAborted();
    if (!(error instanceof Error) || !EXPECTED.has(error.name)) throw error;
    return { kind: 'unread', why: error.message };
  }
}

/** What a place that is not there, or not for us, is told by. */
const EXPECTED: ReadonlySet<string> = new Set(['SetupError', 'GitFault', 'GitHubFault', 'GitError']);

import { emptyTally, find } from '../find/index.ts';
import { type Incident, SetupError } from '../model/index.ts';
import { open } from '../read/index.ts';
import { type Ledger, plain } from '../record/index.ts';
import { type Restored, restore } from '../revoke/index.ts';
import { gitHubClients, hostedOptions, hostsOf } from './code-hosts.ts';
import { type Base, detector, type Surroundings, verifier } from './equipment.ts';

/**
 * Undoes a containment on a person's word. The ledger holds no key, so it is read again from where it was found.
 * @throws SetupError where nobody can be asked, or the key is no longer there
 */
export async function undo(
  around: Surroundings,
  made: Base,
  ledger: Ledger,
  incident: Incident,
  word: { readonly by: string; readonly reason: string },
): Promise<Restored> {
  const service = made.services.get(incident.service ?? '');
  if (service === undefined) {
    throw new SetupError('this key has no issuer that keyburn can ask', {
      hint: 'mint a new key with the issuer',
    });
  }
  // Of a member of an archive, the archive.
  const target = incident.place.repository ?? incident.place.path.replace(/!\/.*$/s, '');
  const reader = await open(target, {
    history: 'auto',
    mode: { kind: 'all' },
    exhaustive: false,
    attribution: false,
    archives: incident.place.path.includes('!/'),
    hosted: hostedOptions(
      gitHubClients(made.config, around.env),
      hostsOf(made.config, around.env, false),
      undefined,
    ),
    signal: around.signal,
  });
  const found = await find(reader, {
    detector: await detector(made, []),
    key: made.fingerprintKey,
    tally: emptyTally(),
    early: () => undefined,
  });
  const again = found.find((one) => one.case.id === incident.id);
  if (again === undefined) {
    throw new SetupError(`${plain(target)}: the key is no longer there, and the ledger holds none`, {
      hint: 'restore it with the issuer',
    });
  }
  const { secret, parts } = again.case.finding;
  const verifying = await verifier(around, made, { offline: false, ledger: undefined });
  const done = await restore(
    { secret, parts },
    {
      service,
      tools: verifying.tools(service.id),
      again: () => verifying.again(service.id, again.case.finding),
    },
  );
  if (done.outcome === 'restored') await ledger.reopen(incident.id, word.by, word.reason, done.proof);
  return done;
}

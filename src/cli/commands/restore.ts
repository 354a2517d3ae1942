import { base, detector, gitHubClients, hostedOptions, hostsOf, verifier } from '../../equip/index.ts';
import { emptyTally, find } from '../../find/index.ts';
import type { Incident } from '../../model/index.ts';
import { SetupError } from '../../model/index.ts';
import { open } from '../../read/index.ts';
import type { Ledger } from '../../record/index.ts';
import { restore } from '../../revoke/index.ts';
import type { Io } from '../io.ts';
import { printable, verdictLine } from '../words.ts';

/** Undoes a containment. The ledger holds no key, so it is read again from where it was found. */
export async function restoreIncident(
  io: Io,
  ledger: Ledger,
  incident: Incident,
  options: { readonly by: string; readonly reason: string; readonly config?: string },
): Promise<number> {
  const made = await base(io, options);
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
    hosted: hostedOptions(gitHubClients(made.config, io.env), hostsOf(made.config, io.env, false), undefined),
    signal: io.signal,
  });
  const tally = emptyTally();
  const found = await find(reader, {
    detector: await detector(made, []),
    key: made.fingerprintKey,
    tally,
    early: () => undefined,
  });
  const again = found.find((one) => one.case.id === incident.id);
  if (again === undefined) {
    throw new SetupError(`${printable(target)}: the key is no longer there, and the ledger holds none`, {
      hint: 'restore it with the issuer',
    });
  }
  const { secret, parts } = again.case.finding;
  const verifying = await verifier(io, made, { offline: false, ledger: undefined });
  const done = await restore(
    { secret, parts },
    {
      service,
      tools: verifying.tools(service.id),
      again: () => verifying.again(service.id, again.case.finding),
    },
  );
  switch (done.outcome) {
    case 'restored':
      await ledger.reopen(incident.id, options.by, options.reason);
      io.stdout.write(`restored: ${incident.preview} works again (${done.note})\n`);
      return 0;
    case 'unproved':
      io.stdout.write(`not proved: ${done.note}; ${verdictLine(done.proof)}\n`);
      return 2;
    case 'refused':
      io.stdout.write(`not restored: ${done.note}\n`);
      return 2;
    case 'manual':
      io.stdout.write(`${[`${done.note}; by hand:`, ...done.steps].join('\n  ')}\n`);
      return 2;
  }
}

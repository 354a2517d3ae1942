import { base, undo } from '../../equip/index.ts';
import type { Incident } from '../../model/index.ts';
import type { Ledger } from '../../record/index.ts';
import type { Io } from '../io.ts';
import { verdictLine } from '../words.ts';

/** Undoes a containment. The ledger holds no key, so it is read again from where it was found. */
export async function restoreIncident(
  io: Io,
  ledger: Ledger,
  incident: Incident,
  options: { readonly by: string; readonly reason: string; readonly config?: string },
): Promise<number> {
  const done = await undo(io, await base(io, options), ledger, incident, options);
  switch (done.outcome) {
    case 'restored':
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

import { type Base, base, type Undone, undoAll } from '../../equip/index.ts';
import { copiesOf } from '../../fleet/index.ts';
import { type Incident, SetupError } from '../../model/index.ts';
import type { Act, Ledger } from '../../record/index.ts';
import type { Io } from '../io.ts';
import { printable, verdictLine } from '../words.ts';

interface Options {
  readonly by: string;
  readonly reason: string;
  readonly config?: string;
  readonly baseUrl?: string;
}

/** Undoes a containment. The ledger holds no key, so it is read again from where it was found. */
export async function restoreIncident(
  io: Io,
  ledger: Ledger,
  incident: Incident,
  options: Options,
): Promise<number> {
  const made = await base(io, options);
  if (incident.receipt?.outcome === 'revoked')
    throw new SetupError(
      `${incident.preview}: ${whyNot({ outcome: 'revoked', undone: null }, incident, made) ?? ''}`,
    );
  return await restoreAll(io, ledger, made, [incident], options);
}

/** Undoes all that a run did, so far as issuers can; says of every other key why it stays as it is. */
export async function restoreRun(io: Io, ledger: Ledger, run: string, options: Options): Promise<number> {
  const acts = await ledger.acts(run);
  if (acts.length === 0)
    throw new SetupError(`no run is called ${printable(run)}, or it did nothing`, {
      hint: '`keyburn incidents runs` shows those that did something',
    });
  const made = await base(io, options);
  const wanted: Incident[] = [];
  let left = 0;
  for (const act of acts) {
    const found = await ledger.incident(act.id);
    if (found.kind !== 'one') continue;
    const { incident } = found;
    const why = whyNot(act, incident, made);
    if (why === undefined) wanted.push(incident);
    else {
      if (act.undone !== 'restored') left += 1;
      io.stdout.write(`${incident.preview}  ${act.undone === 'restored' ? '' : 'not restored: '}${why}\n`);
    }
  }
  const code = wanted.length === 0 ? 0 : await restoreAll(io, ledger, made, wanted, options);
  return left > 0 ? 2 : code;
}

/** Undefined where its issuer can be asked to undo it. */
function whyNot(
  { outcome, undone }: Pick<Act, 'outcome' | 'undone'>,
  { service }: Incident,
  made: Base,
): string | undefined {
  if (undone === 'restored') return 'was restored before';
  const issuer = made.services.get(service ?? '');
  const name = issuer?.name ?? service ?? 'its issuer';
  switch (outcome) {
    case null:
      return 'it stands between intent and receipt: an armed run finishes that first';
    case 'revoked':
      return `${name} has revoked it for good: mint a new key`;
    case 'already-dead':
      return 'it was dead before keyburn did anything, or somebody else ended it';
    case 'failed':
    case 'manual':
    case 'planned':
    case 'held':
      return `nothing was done to it (${outcome})`;
    case 'contained':
    case 'accepted':
      return issuer?.restore === undefined
        ? `${name} has no way to restore by program: switch it on again there`
        : undefined;
  }
}

async function restoreAll(
  io: Io,
  ledger: Ledger,
  made: Base,
  incidents: readonly Incident[],
  options: Options,
): Promise<number> {
  let failed = 0;
  const copies = await copiesOf(io, made, ledger, options.baseUrl);
  await undoAll(
    io,
    made,
    ledger,
    incidents,
    options,
    (incident, done) => {
      if (done.outcome !== 'restored') failed += 1;
      io.stdout.write(`${said(incident, done)}\n`);
    },
    copies,
  );
  return failed > 0 ? 2 : 0;
}

function said({ preview }: Incident, done: Undone): string {
  switch (done.outcome) {
    case 'restored':
      return `restored: ${preview} works again (${done.note})`;
    case 'unproved':
      return `${preview}  not proved: ${done.note}; ${verdictLine(done.proof)}`;
    case 'refused':
    case 'gone':
      return `${preview}  not restored: ${printable(done.note)}`;
    case 'manual':
      return [`${preview}  ${done.note}; by hand:`, ...done.steps].join('\n  ');
  }
}

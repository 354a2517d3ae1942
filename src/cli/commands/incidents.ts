import { userInfo } from 'node:os';
import { loadConfig } from '../../config/index.ts';
import { ledgerOf } from '../../equip/index.ts';
import { type Incident, SetupError, spotOf } from '../../model/index.ts';
import { type IncidentStory, type Ledger, type Ruled, stateFolder } from '../../record/index.ts';
import type { Io } from '../io.ts';
import { printable, verdictLine } from '../words.ts';
import { restoreIncident, restoreRun } from './restore.ts';

export async function withLedger<T>(
  io: Io,
  work: (ledger: Ledger) => Promise<T>,
  given?: string,
): Promise<T> {
  const home = stateFolder(io.env, process.platform);
  const ledger = await ledgerOf(io, { home, config: await loadConfig({ given, env: io.env, home }) });
  try {
    return await work(ledger);
  } finally {
    await ledger.end();
  }
}

export async function listIncidents(
  io: Io,
  options: {
    readonly state?: Incident['state'];
    readonly format: 'text' | 'jsonl';
    readonly config?: string;
  },
): Promise<number> {
  const work = async (ledger: Ledger): Promise<number> => {
    const incidents = await ledger.incidents(options.state === undefined ? {} : { state: options.state });
    if (options.format === 'jsonl') {
      for (const incident of incidents) io.stdout.write(`${JSON.stringify(incident)}\n`);
      return 0;
    }
    if (incidents.length === 0) io.stdout.write('no incidents\n');
    for (const { id, state, verdict, exposure, service, preview, place, lastSeen } of incidents) {
      const where = printable(spotOf(place));
      io.stdout.write(
        `${id.slice(0, 12)}  ${state.padEnd(8)}  ${verdict.state.padEnd(8)}  ${exposure.padEnd(8)}  ${(service ?? '-').padEnd(10)}  ${preview}  ${where}  ${lastSeen}\n`,
      );
    }
    return 0;
  };
  return withLedger(io, work, options.config);
}

async function named(ledger: Ledger, id: string): Promise<IncidentStory> {
  const found = await ledger.incident(id);
  switch (found.kind) {
    case 'one':
      return found;
    case 'none':
      throw new SetupError(`no incident is called ${printable(id)}`, {
        hint: '`keyburn incidents list` shows their names',
      });
    case 'several':
      throw new SetupError(`${printable(id)} fits ${found.ids.length} incidents`, {
        hint: 'give more of its first characters',
      });
  }
}

export async function showIncident(
  io: Io,
  id: string,
  options: { readonly config?: string },
): Promise<number> {
  const work = async (ledger: Ledger): Promise<number> => {
    const { incident, approval, steps } = await named(ledger, id);
    const lines = [
      `${incident.title}  ${incident.preview}`,
      `id         ${incident.id}`,
      `state      ${incident.state}`,
      `verdict    ${verdictLine(incident.verdict)}`,
      `exposure   ${incident.exposure}`,
      `decision   ${incident.decision.act}: ${printable(incident.decision.because)}`,
      ...placeLines(incident),
    ];
    if (incident.receipt) {
      lines.push(
        `receipt    ${incident.receipt.outcome} ${incident.receipt.at}: ${printable(incident.receipt.note)}`,
      );
      if (incident.receipt.outcome === 'manual')
        lines.push(...incident.receipt.steps.map((step, i) => `           ${i + 1}. ${step}`));
    }
    if (approval) lines.push(`approved   by ${printable(approval.by)}: ${printable(approval.reason)}`);
    lines.push(
      '',
      'story',
      ...steps.map(
        (step) => `  ${step.at}  ${step.what.padEnd(9)} ${printable(step.who)}: ${printable(step.note)}`,
      ),
    );
    io.stdout.write(`${lines.join('\n')}\n`);
    return 0;
  };
  return withLedger(io, work, options.config);
}

/** A file and the blob of its commit are two places, and one line for a person. */
function placeLines({ place: first, otherPlaces }: Incident): readonly string[] {
  const lines = [first, ...otherPlaces].map((place) => {
    const by = place.author === undefined ? '' : `  ${printable(place.author)}, ${place.date ?? ''}`;
    const commit = place.commit === undefined ? '' : `  ${place.commit.slice(0, 12)}`;
    const url = place.url === undefined ? '' : `  ${printable(place.url)}`;
    return `${printable(spotOf(place))}${commit}${by}${url}`;
  });
  return [...new Set(lines)].map((line, i) => `${i === 0 ? 'found at' : ''}`.padEnd(11) + line);
}

/** One key, or all that a run did. */
export async function restoreIncidents(
  io: Io,
  id: string | undefined,
  options: {
    readonly run?: string;
    readonly reason: string;
    readonly config?: string;
    readonly baseUrl?: string;
  },
): Promise<number> {
  const { run, ...rest } = options;
  const wanted = { by: userInfo().username, ...rest };
  if ((id === undefined) === (run === undefined))
    throw new SetupError('what is to be restored is not named', {
      hint: 'name one incident, or a run with --run; `keyburn incidents runs` shows the runs',
    });
  return withLedger(
    io,
    async (ledger) =>
      run === undefined
        ? restoreIncident(io, ledger, (await named(ledger, id ?? '')).incident, wanted)
        : restoreRun(io, ledger, run, wanted),
    options.config,
  );
}

export async function listRuns(
  io: Io,
  options: { readonly format: 'text' | 'jsonl'; readonly config?: string },
): Promise<number> {
  return withLedger(
    io,
    async (ledger) => {
      const runs = await ledger.runs(MOST_RUNS);
      if (options.format === 'jsonl') for (const one of runs) io.stdout.write(`${JSON.stringify(one)}\n`);
      else if (runs.length === 0) io.stdout.write('no run has burned or contained anything\n');
      else
        for (const { run, from, to, keys } of runs)
          io.stdout.write(`${run.padEnd(24)}  ${from}  ${to}  ${keys} ${keys === 1 ? 'key' : 'keys'}\n`);
      return 0;
    },
    options.config,
  );
}

const MOST_RUNS = 100;

export async function changeIncident(
  io: Io,
  verb: 'approve' | 'close',
  id: string,
  options: { readonly reason: string; readonly config?: string },
): Promise<number> {
  return withLedger(
    io,
    async (ledger) => {
      const { incident } = await named(ledger, id);
      const by = userInfo().username;
      switch (verb) {
        case 'approve':
          return said(io, await ledger.approve(incident.id, by, options.reason), {
            done: `approved: ${incident.preview} is burned by the next \`keyburn scan --revoke\` that meets it`,
            preview: incident.preview,
          });
        case 'close':
          return said(io, await ledger.close(incident.id, by, options.reason), {
            done: `closed: ${incident.preview}`,
            // What was asked for is so.
            closed: `closed already: ${incident.preview}; nothing was changed`,
            preview: incident.preview,
          });
      }
    },
    options.config,
  );
}

interface Words {
  readonly done: string;
  /** Where it is no fault that it was closed before. */
  readonly closed?: string;
  readonly preview: string;
}

function said(io: Io, ruled: Ruled, words: Words): number {
  switch (ruled) {
    case 'done':
      io.stdout.write(`${words.done}\n`);
      return 0;
    case 'unfinished':
      throw new SetupError(`${words.preview} is between intent and receipt`, {
        hint: 'run `keyburn scan --revoke` first: it finishes the work',
      });
    case 'closed':
      if (words.closed !== undefined) {
        io.stdout.write(`${words.closed}\n`);
        return 0;
      }
      throw new SetupError(`${words.preview} is closed already`, {
        hint: 'it opens again if the key is found alive',
      });
    case 'missing':
      throw new SetupError(`${words.preview} is gone from the ledger`);
  }
}

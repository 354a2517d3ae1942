import { readFileSync } from 'node:fs';
import { exitCode, type FailOn, type ScanFlags } from '../../equip/index.ts';
import { equipFleet, followUp, parseList, type Shard, type Subject, scanOrg } from '../../fleet/index.ts';
import { SetupError } from '../../model/index.ts';
import { createReporter, type Format } from '../../record/index.ts';
import { version } from '../../version.ts';
import { createFleetProgress } from '../fleet-progress.ts';
import { type Io, wantsColour } from '../io.ts';
import { closeOutput, openOutput } from '../output.ts';
import { typed } from '../words.ts';

export interface OrgCommandOptions extends Omit<ScanFlags, 'offline' | 'sources'> {
  readonly user: readonly string[];
  readonly repositories?: string;
  readonly baseUrl?: string;
  readonly sources?: readonly string[];
  readonly concurrency: number;
  readonly disk: number;
  readonly most: number;
  readonly shard?: Shard;
  readonly full: boolean;
  readonly recheck: number;
  readonly escalate: number;
  readonly digest: number;
  readonly format: Format;
  readonly output?: string;
  readonly failOn: FailOn;
  readonly quiet: boolean;
}

export async function org(io: Io, names: readonly string[], options: OrgCommandOptions): Promise<number> {
  const subjects = subjectsOf(names, options);
  const [first] = subjects;
  const owner = first === undefined || first.kind === 'list' ? undefined : first.name;
  const file = options.output === undefined ? undefined : await openOutput(options.output);
  const out = file ?? io.stdout;
  const progress = createFleetProgress(io, options.quiet);
  const reporter = createReporter(
    options.format,
    {
      write(text) {
        progress.clear();
        out.write(text);
      },
    },
    {
      colour: file === undefined && wantsColour(io),
      version: version(),
      rerun: typed('org', names, { ...options }),
    },
  );
  try {
    const fleet = await equipFleet(
      io,
      { ...options, offline: false },
      {
        reporter,
        progress: () => undefined,
        warn: (text) => progress.note(text),
        waiting: (why) => progress.waiting(why),
        count: (what) => progress.count(what),
      },
      owner,
    );
    try {
      const outcome = await scanOrg(
        {
          subjects,
          full: options.full,
          concurrency: options.concurrency,
          armed: options.revoke,
          recheckMs: options.recheck * 3_600_000,
          ...(options.shard === undefined ? {} : { shard: options.shard }),
        },
        fleet,
        (standing) => progress.show(standing),
      );
      await followUp(fleet, {
        escalateMs: options.escalate * 3_600_000,
        digestMs: options.digest * 3_600_000,
      });
      progress.conclude(outcome);
      return exitCode(outcome, options.failOn);
    } finally {
      await fleet.close();
    }
  } finally {
    progress.end();
    if (file && options.output !== undefined) await closeOutput(file, options.output);
  }
}

function subjectsOf(names: readonly string[], options: OrgCommandOptions): Subject[] {
  const subjects: Subject[] = [
    ...names.map((name): Subject => ({ kind: 'org', name: login(name) })),
    ...options.user.map((name): Subject => ({ kind: 'user', name: login(name) })),
  ];
  if (options.repositories !== undefined)
    subjects.push({ kind: 'list', names: parseList(readList(options.repositories), options.repositories) });
  if (subjects.length === 0)
    throw new SetupError('nothing to scan is named', {
      hint: 'name an organisation, --user NAME, or --repositories FILE',
    });
  return subjects;
}

// https://docs.github.com/rest: letters, digits and single hyphens; Enterprise-managed users have an underscore.
function login(name: string): string {
  if (/^[A-Za-z0-9][\w-]*$/.test(name)) return name;
  throw new SetupError('that is not the name of an organisation or user', {
    hint: 'keyburn org acme; repositories are named in a file: --repositories FILE',
  });
}

function readList(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new SetupError(`${file}: cannot be read`, {
      hint: 'name an existing file with --repositories',
      cause,
    });
  }
}

import { equip, exitCode, type FailOn, type ScanFlags } from '../../equip/index.ts';
import { SetupError } from '../../model/index.ts';
import { type Equipment, type Outcome, run } from '../../pipeline/index.ts';
import type { ReadOptions } from '../../read/index.ts';
import { createReporter, type Format } from '../../record/index.ts';
import { version } from '../../version.ts';
import { type Io, wantsColour } from '../io.ts';
import { closeOutput, openOutput } from '../output.ts';
import { createProgress } from '../progress.ts';
import { putOffTopTier } from '../tier.ts';
import { printable, typed } from '../words.ts';

export interface ScanOptions extends ScanFlags {
  readonly history?: boolean;
  readonly staged?: boolean;
  readonly since?: string;
  readonly range?: string;
  readonly exhaustive: boolean;
  readonly attribution: boolean;
  readonly archives: boolean;
  readonly format: Format;
  readonly output?: string;
  readonly failOn: FailOn;
  readonly quiet: boolean;
}

export async function scan(io: Io, targets: readonly string[], options: ScanOptions): Promise<number> {
  if (options.sources !== undefined && !targets.some((target) => target.startsWith('github:')))
    throw new SetupError(
      '--sources: says what to read of a repository on GitHub, and no such target is named',
      {
        hint: 'name one, such as github:acme/shop, or leave --sources out',
      },
    );
  putOffTopTier(targets);
  const progress = createProgress(io, options.quiet);
  const file = options.output === undefined ? undefined : await openOutput(options.output);
  const out = file ?? io.stdout;
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
      streaming: targets.includes('-'),
      version: version(),
      // For who sits at this terminal; a file may travel, and the paths of this machine need not.
      ...(options.format === 'text' && file === undefined
        ? { rerun: typed('scan', targets, { ...options }) }
        : {}),
    },
  );
  try {
    const use = await equip(io, options, {
      read: readOptions(io, options),
      reporter,
      progress: (stage, tally, detail) => progress.show(stage, tally, detail),
      warn(text) {
        progress.clear();
        io.stderr.write(`keyburn: ${text}\n`);
      },
    });
    try {
      const outcome = await run(targets, use);
      if (file && options.output !== undefined) await closeOutput(file, options.output);
      if (options.output !== undefined && !options.quiet) {
        const { findings } = outcome.summary;
        progress.clear();
        io.stderr.write(
          `keyburn: ${findings} ${findings === 1 ? 'key' : 'keys'}, ${outcome.alive} live: ${printable(options.output)}\n`,
        );
      }
      if (!options.quiet) for (const note of notes(outcome, use)) io.stderr.write(`keyburn: ${note}\n`);
      return exitCode(outcome, options.failOn);
    } finally {
      await use.crew.close();
      await use.ledger?.end();
    }
  } finally {
    progress.end();
    if (file && options.output !== undefined) await closeOutput(file, options.output);
  }
}

/** What somebody decided to leave out is said, and so is a decision that has ended. */
function notes({ hidden }: Outcome, { ignored, now }: Equipment): readonly string[] {
  const lines: string[] = [];
  if (hidden > 0)
    lines.push(
      `${hidden} ${hidden === 1 ? 'finding is' : 'findings are'} left out: ignored, allowed by a comment, or never issued (a wrong checksum)`,
    );
  for (const { id, until, by } of ignored.expired(now()))
    lines.push(`the ignore file's line for ${id.slice(0, 12)} ended on ${until} (${printable(by)})`);
  return lines;
}

function readOptions(io: Io, options: ScanOptions): ReadOptions {
  return {
    history: options.history === undefined ? 'auto' : options.history ? 'yes' : 'no',
    mode:
      options.staged === true
        ? { kind: 'staged' }
        : options.since !== undefined
          ? { kind: 'since', rev: options.since }
          : options.range !== undefined
            ? { kind: 'range', range: options.range }
            : { kind: 'all' },
    exhaustive: options.exhaustive,
    attribution: options.attribution,
    archives: options.archives,
    signal: io.signal,
    stdin: io.stdin,
  };
}

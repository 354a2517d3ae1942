import { userInfo } from 'node:os';
import type { Purged } from '../../record/index.ts';
import type { Io } from '../io.ts';
import { counted } from '../words.ts';
import { withLedger } from './incidents.ts';

const DAY_MS = 86_400_000;

/** Says what would go; with `delete` it goes. */
export async function purgeLedger(
  io: Io,
  options: { readonly olderThan: number; readonly delete: boolean; readonly config?: string },
): Promise<number> {
  const before = new Date(Date.now() - options.olderThan * DAY_MS).toISOString();
  return withLedger(
    io,
    async (ledger) => {
      const gone = await ledger.purge({ before, by: userInfo().username, dry: !options.delete });
      io.stdout.write(`${told(gone, options.delete).join('\n')}\n`);
      if (!options.delete) io.stderr.write('nothing was changed: --delete does it\n');
      else if (!(await ledger.shrink()))
        io.stderr.write('others are at work on the ledger: its file shrinks at a later purge\n');
      return 0;
    },
    options.config,
  );
}

function told(gone: Purged, done: boolean): readonly string[] {
  const { incidents, places, messages, acts, verdicts, repositories, answers } = gone;
  if (Object.values(gone).every((count: number) => count === 0)) return ['nothing is old enough'];
  const lines: readonly (readonly [count: number, text: string])[] = [
    [
      incidents,
      `${counted(incidents, 'incident', 'incidents')} without details; incidents and their audit trail stay`,
    ],
    [places, counted(places, 'place', 'places')],
    [
      messages,
      `${counted(messages, 'text of a notice', 'texts of notices')}; that they were sent stays known`,
    ],
    [acts, counted(acts, 'entry of a run', 'entries of runs')],
    [verdicts, counted(verdicts, 'remembered verdict', 'remembered verdicts')],
    [repositories, `${counted(repositories, 'repository', 'repositories')} that their hosts no longer have`],
    [answers, counted(answers, 'remembered answer of a code host', 'remembered answers of code hosts')],
  ];
  return [
    done ? 'taken out:' : 'would be taken out:',
    ...lines.filter(([count]) => count > 0).map(([, text]) => `  ${text}`),
  ];
}

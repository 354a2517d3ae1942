import { withFleet } from '../../fleet/index.ts';
import type { Io } from '../io.ts';
import { counted, printable } from '../words.ts';

/** Joins the ledgers of shards into this one. */
export async function mergeLedgers(
  io: Io,
  from: readonly string[],
  options: { readonly config?: string },
): Promise<number> {
  return withFleet(io, options.config, async (fleet) => {
    for (const file of from) {
      const { incidents, added, repositories } = await fleet.merge(file);
      io.stdout.write(
        `${printable(file)}: ${counted(repositories, 'repository', 'repositories')}, ${counted(incidents, 'incident', 'incidents')}, ${added} of them new\n`,
      );
    }
    return 0;
  });
}

import { withFleet } from '../../fleet/index.ts';
import type { Io } from '../io.ts';
import { printable } from '../words.ts';

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
        `${printable(file)}: ${repositories} repositories, ${incidents} incidents, ${added} of them new\n`,
      );
    }
    return 0;
  });
}

/**
 * Who could have read the key. `local`: not pushed yet, so there is nothing to burn, only to block.
 * `unknown` is treated as private. It comes from the host's own word about the repository, or from the operator's, never from a guess.
 */
export type Exposure = 'public' | 'internal' | 'private' | 'local' | 'unknown';

const RANK: Readonly<Record<Exposure, number>> = { public: 4, internal: 3, private: 2, unknown: 1, local: 0 };

/**
 * Who could have read a key that is known already. Unknown is not no: what stood in public was read there, whatever a later look sees of
 * it, so an exposure goes up by itself and down by a person's word alone.
 */
export function exposureAfter(known: Exposure | undefined, seen: Exposure, said: boolean): Exposure {
  return known === undefined || said ? seen : widest([known, seen]);
}

/** The widest of several exposures: a key in a public and in a private place is public. */
export function widest(exposures: Iterable<Exposure>): Exposure {
  let answer: Exposure | undefined;
  for (const exposure of exposures) {
    if (answer === undefined || RANK[exposure] > RANK[answer]) answer = exposure;
  }
  return answer ?? 'unknown';
}

import type { Burned, Issuer, Leak } from '../issuers.ts';
import type { Store } from '../store.ts';

export const EMBEDDED = 'embedded';

/** The keys of this service itself, by their hash. The store's own word is the proof: it is what judges the next call. */
export function embeddedIssuer(store: Store, now: () => Date): Issuer {
  function burn({ hash, by, foundAt, foundTime }: Leak): Burned {
    const record = store.byHash(hash);
    if (!record) return { state: 'not-ours', note: 'not issued here' };
    const cause = { reason: 'leaked', foundAt, foundTime } as const;
    const done = store.revoke(record.id, { at: now().toISOString(), by, cause });
    const { revoked = null } = done?.record ?? {};
    // A process that was killed after the revoke finds its own words here.
    const own = revoked?.by === by && revoked.cause.foundTime === foundTime;
    const changed = done?.changed === true;
    const { id: keyId, preview, environment, owner, lastUsedAt } = record;
    const note = changed || own ? 'ended by its own service' : 'revoked before';
    return { state: 'dead', changed, own, note, keyId, about: { preview, environment, owner, lastUsedAt } };
  }
  return {
    id: EMBEDDED,
    needs: 'hash',
    knows: async (hashes) => hashes.map((hash) => store.byHash(hash) !== undefined),
    burn: async (leak) => burn(leak),
    burnMany: async (leaks) => store.transaction(() => leaks.map(burn)),
  };
}

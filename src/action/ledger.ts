// The ledger of a step. A step's own folder ends with it, so what is kept names the repository by its address; and what an
// earlier step has left undone, on a runner that keeps its state, is looked for in the repository itself.

import type { Entry, Fingerprint, Place } from '../model/index.ts';
import type { Ledger } from '../record/index.ts';

/** A yes that came by a comment. */
export interface Yes {
  readonly by: string;
  readonly handle: string;
}

export interface Ground {
  /** `https://github.com/owner/name.git` */
  readonly url: string;
  /** Folders of this step, by which the readers name the repository. */
  readonly scratch: string;
  readonly yes: Yes | undefined;
  /** Where the repository can be read with all its history, these commits too; undefined where nothing will be revoked. */
  readonly whole: ((commits: readonly string[]) => Promise<string>) | undefined;
}

/** An entry whose places outlive the step. */
export function athome(entry: Entry, { url, scratch }: Pick<Ground, 'url' | 'scratch'>): Entry {
  const slashes = (path: string) => path.replaceAll('\\', '/');
  const home = (place: Place): Place =>
    slashes(place.repository ?? '').startsWith(slashes(scratch)) ? { ...place, repository: url } : place;
  return { ...entry, place: home(entry.place), otherPlaces: entry.otherPlaces.map(home) };
}

export function ledgerOf(ledger: Ledger, ground: Ground): Ledger {
  const { yes, url, whole } = ground;
  let folder: Promise<string> | undefined;
  return {
    ...ledger,
    upsert: (entry, seen) => ledger.upsert(athome(entry, ground), seen),
    upsertAll: (entries) => ledger.upsertAll(entries.map((entry) => athome(entry, ground))),
    approval: async (id) =>
      isMeant(id, yes)
        ? { by: yes.by, reason: 'said so in a comment', at: new Date().toISOString() }
        : await ledger.approval(id),
    async unfinished() {
      // Other repositories that share the state end their own work.
      const mine = (await ledger.unfinished()).filter(({ incident }) => incident.place.repository === url);
      if (mine.length === 0 || whole === undefined) return mine;
      folder ??= whole(mine.flatMap(({ incident: { place } }) => place.commit ?? []));
      const repository = await folder;
      return mine.map((one) => ({
        ...one,
        incident: { ...one.incident, place: { ...one.incident.place, repository } },
      }));
    },
  };
}

/** Whether a yes is about this key; 12 digits and more of its fingerprint name it. */
export function isMeant(id: Fingerprint, yes: Yes | undefined): yes is Yes {
  return yes !== undefined && id.startsWith(yes.handle);
}

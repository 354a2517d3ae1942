import type { Fingerprint, Incident } from '../model/index.ts';
import type { Equipment } from './equipment.ts';

export async function remembered(id: Fingerprint, use: Equipment): Promise<Incident | undefined> {
  const found = await use.ledger?.incident(id);
  return found?.kind === 'one' ? found.incident : undefined;
}

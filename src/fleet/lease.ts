// Leases of this machine's processes: one that was killed holds nothing, however long its leases would still run.

import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { FleetStore } from '../record/index.ts';

/** Names a process and a run of it, in leases and jobs. */
export function newHolder(): string {
  return `${hostname()}/${process.pid}/${randomBytes(4).toString('hex')}`;
}

/** @returns whether it is ours now */
export async function claimed(
  fleet: Pick<FleetStore, 'claim' | 'release'>,
  name: string,
  holder: string,
  forMs: number,
): Promise<boolean> {
  const claim = await fleet.claim(name, holder, forMs);
  if (claim.kind === 'taken') return true;
  if (!isDead(claim.by)) return false;
  await fleet.release(name, claim.by);
  return (await fleet.claim(name, holder, forMs)).kind === 'taken';
}

function isDead(holder: string): boolean {
  const [host, pid] = holder.split('/');
  return host === hostname() && pid !== undefined && !lives(Number(pid));
}

export function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

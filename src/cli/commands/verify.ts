import { base, detector, ledgerOf, verifier } from '../../equip/index.ts';
import { isDead, isUsable } from '../../model/index.ts';
import type { Io } from '../io.ts';
import { keyFromStdin } from '../one-key.ts';
import { verdictLine } from '../words.ts';

export async function verify(
  io: Io,
  options: { readonly service?: string; readonly config?: string; readonly cache: boolean },
): Promise<number> {
  const made = await base(io, options);
  const finding = await keyFromStdin(io, await detector(made, []), options.service, made.services);
  const ledger = await ledgerOf(io, made);
  try {
    const asking = await verifier(io, made, {
      offline: false,
      ledger: options.cache ? ledger : undefined,
    });
    const verdict = await asking.verify(finding);
    io.stdout.write(`${finding.secret.preview}  ${finding.rule.title}\n${verdictLine(verdict)}\n`);
    if (isUsable(verdict)) return 3;
    return isDead(verdict) || verdict.state === 'malformed' ? 0 : 2;
  } finally {
    await ledger.end();
  }
}

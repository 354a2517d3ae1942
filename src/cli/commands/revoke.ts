import { userInfo } from 'node:os';
import { type Arming, approved, createBreaker, decide, isOrder, isToAct, order } from '../../decide/index.ts';
import { base, detector, ledgerOf, verifier } from '../../equip/index.ts';
import { type Entry, type Exposure, isUsable, type Receipt, SetupError } from '../../model/index.ts';
import { revoke } from '../../revoke/index.ts';
import type { Io } from '../io.ts';
import { keyFromStdin } from '../one-key.ts';
import { verdictLine } from '../words.ts';

export interface RevokeOptions {
  readonly service?: string;
  readonly exposure: Exposure;
  readonly revoke: boolean;
  readonly approve?: string;
  readonly config?: string;
}

/** One key through verify, decide and revoke: the person at the terminal says who could read it, the policy says the rest. */
export async function revokeOne(io: Io, options: RevokeOptions): Promise<number> {
  const made = await base(io, options);
  const finding = await keyFromStdin(io, await detector(made, []), options.service, made.services);
  const ledger = await ledgerOf(io, made);
  try {
    const verifying = await verifier(io, made, { offline: false, ledger: undefined });
    const verdict = await verifying.verify(finding);
    io.stdout.write(`${finding.secret.preview}  ${finding.rule.title}\n${verdictLine(verdict)}\n`);
    if (!isUsable(verdict)) return verdict.state === 'unknown' ? 2 : 0;

    const policy = decide(finding, verdict, options.exposure, made.config.policy);
    const decision =
      options.approve === undefined
        ? policy
        : approved(policy, { by: userInfo().username, reason: options.approve });
    io.stdout.write(`decision: ${decision.act}, because ${decision.because}\n`);
    if (!isToAct(decision)) {
      if (decision.act === 'ask') io.stderr.write('hint: say yes with --approve "<reason>"\n');
      return 3;
    }
    const [id] = finding.services;
    const service = made.services.get(id ?? '');
    if (service === undefined)
      throw new SetupError('this key has no issuer that keyburn can ask', {
        hint: 'name one with --service',
      });
    const place = { kind: 'stream', path: '-', line: 1, column: 1, endLine: 1 } as const;
    const subject = { id: made.fingerprintKey.fingerprint(finding.secret), finding, place, otherPlaces: [] };
    const { breaker, 'side-effects': sideEffects } = made.config.policy;
    const arming: Arming = options.revoke
      ? { armed: true, breaker: createBreaker(breaker), sideEffects }
      : { armed: false };
    const given = order(
      { case: subject, service, verdict, exposure: options.exposure, decision, now: made.now },
      arming,
    );
    if (!isOrder(given)) {
      io.stdout.write(`${receiptLine(given)}\n`);
      return 3;
    }
    const entry: Entry = {
      id: subject.id,
      rule: finding.rule.id,
      title: finding.rule.title,
      severity: finding.rule.severity,
      service: service.id,
      preview: finding.secret.preview,
      environment: finding.environment,
      place,
      otherPlaces: [],
      verdict,
      exposure: options.exposure,
      decision,
      receipt: null,
    };
    await ledger.upsert(entry, { saidExposure: true });
    const receipt = await revoke(given, {
      service,
      tools: verifying.tools(service.id),
      again: () => verifying.again(service.id, finding),
      journal: ledger,
      now: made.now,
    });
    io.stdout.write(`${receiptLine(receipt)}\n`);
    return receipt.outcome === 'revoked' ||
      receipt.outcome === 'contained' ||
      receipt.outcome === 'already-dead'
      ? 0
      : 3;
  } finally {
    await ledger.end();
  }
}

function receiptLine(receipt: Receipt): string {
  const steps =
    receipt.outcome === 'manual' ? receipt.steps.map((step, i) => `\n  ${i + 1}. ${step}`).join('') : '';
  return `${receipt.outcome}: ${receipt.note}${steps}`;
}

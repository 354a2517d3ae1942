import { base, detector, ledgerOf, verifier } from '../../equip/index.ts';
import { isUsable } from '../../model/index.ts';
import { type Explanation, explain, parseHttpResponse } from '../../services/index.ts';
import { type Io, readStdin } from '../io.ts';
import { findingOf } from '../one-key.ts';
import { printable, verdictLine } from '../words.ts';

/** Explains a refusal: what the issuer means, and what to do next, in order. */
export async function why(
  io: Io,
  options: { readonly offline: boolean; readonly config?: string },
): Promise<number> {
  if (io.stdin.isTTY === true)
    io.stderr.write('keyburn: paste the response (curl -i) or the key, then Ctrl-D\n');
  const input = await readStdin(io);
  const response = parseHttpResponse(input);
  if (response !== undefined) {
    const made = await base(io, options);
    io.stdout.write(story(response.status, explain(response, [...made.services.values()])));
    return 0;
  }
  return whyKey(io, input, options);
}

function story(status: number, told: Explanation): string {
  const lines = [`${status === 0 ? '' : `HTTP ${status} · `}${told.cause}`, printable(told.meaning), ''];
  lines.push('Next:', ...told.steps.map((step, i) => `  ${i + 1}. ${printable(step)}`));
  if (told.requestId !== undefined)
    lines.push('', `Request id, to quote to the issuer: ${printable(told.requestId)}`);
  if (told.docs !== undefined)
    lines.push(`${told.requestId === undefined ? '\n' : ''}More: ${printable(told.docs)}`);
  return `${lines.join('\n')}\n`;
}

async function whyKey(
  io: Io,
  input: string,
  options: { readonly offline: boolean; readonly config?: string },
): Promise<number> {
  const made = await base(io, options);
  const finding = findingOf(input, await detector(made, []), undefined);
  const ledger = await ledgerOf(io, made);
  try {
    const asking = await verifier(io, made, { offline: options.offline, ledger });
    const verdict = await asking.verify(finding);
    const lines = [`${finding.secret.preview}  ${finding.rule.title}`, verdictLine(verdict)];
    const known = await ledger.incident(made.fingerprintKey.fingerprint(finding.secret));
    if (known.kind === 'one') {
      const { place, receipt, firstSeen, exposure } = known.incident;
      const commit = place.commit === undefined ? '' : ` in commit ${place.commit.slice(0, 12)}`;
      lines.push(
        `found at ${printable(place.path)}:${place.line}${commit}, first seen ${firstSeen} (${exposure})`,
      );
      if (receipt) lines.push(`${receipt.outcome} ${receipt.at}: ${printable(receipt.note)}`);
    } else {
      lines.push("this machine's ledger has never met it");
    }
    const service = finding.services.length === 1 ? made.services.get(finding.services[0] ?? '') : undefined;
    if (service)
      lines.push(
        '',
        'By hand:',
        ...service.byHand({ preview: finding.secret.preview }).map((step, i) => `  ${i + 1}. ${step}`),
      );
    io.stdout.write(`${lines.join('\n')}\n`);
    return isUsable(verdict) ? 3 : 0;
  } finally {
    await ledger.end();
  }
}

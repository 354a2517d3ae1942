import type { Detector } from '../detect/index.ts';
import { type Finding, Secret, SetupError } from '../model/index.ts';
import { type Io, readStdin } from './io.ts';

/**
 * The one key that stands on standard input, as a finding: its rule says whose it is, or `--service` does. A key never comes
 * as an argument, because argv is public on the machine.
 */
export async function keyFromStdin(
  io: Io,
  detector: Detector,
  service: string | undefined,
): Promise<Finding> {
  if (io.stdin.isTTY === true) io.stderr.write('keyburn: paste the key, then Ctrl-D\n');
  return findingOf(await readStdin(io, 1 << 16), detector, service);
}

export function findingOf(input: string, detector: Detector, service: string | undefined): Finding {
  const text = input.trim();
  if (text === '')
    throw new SetupError('no key on standard input', { hint: 'pipe it in: `pbpaste | keyburn verify`' });
  const bytes = Buffer.from(text, 'utf8');
  const chunk = {
    origin: { kind: 'stream', path: '-' } as const,
    bytes,
    offset: 0,
    line: 1,
    column: 1,
    ranges: [{ from: 0, to: bytes.length }],
  };
  const findings = detector.look(chunk).findings;
  const known = findings.find((finding) => finding.services.length > 0) ?? findings[0];
  if (known !== undefined) return service === undefined ? known : { ...known, services: [service] };
  if (service === undefined) {
    throw new SetupError('no rule knows a key of this shape', {
      hint: 'name its issuer with --service, `keyburn rules list` shows them',
    });
  }
  return {
    rule: { id: 'given-key', title: 'key given on standard input', severity: 'high' },
    services: [service],
    secret: new Secret(text),
    parts: {},
    environment: 'unknown',
    allowed: false,
    origin: chunk.origin,
    span: { start: 0, end: bytes.length, line: 1, column: 1, endLine: 1 },
  };
}

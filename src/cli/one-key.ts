import { type Detector, wholeText } from '../detect/index.ts';
import { type Finding, Secret, SetupError } from '../model/index.ts';
import { type Io, readStdin } from './io.ts';
import { printable } from './words.ts';

/**
 * The one key that stands on standard input, as a finding: its rule says whose it is, or `--service` does. A key never comes
 * as an argument, because argv is public on the machine.
 */
export async function keyFromStdin(
  io: Io,
  detector: Detector,
  service: string | undefined,
  services: ReadonlyMap<string, unknown>,
): Promise<Finding> {
  if (io.stdin.isTTY === true) io.stderr.write('keyburn: paste the key, then Ctrl-D\n');
  known(service, services);
  const text = (await readStdin(io, 1 << 16)).trim();
  if (text === '')
    throw new SetupError('nothing on standard input', {
      hint: 'pipe the key in, from the clipboard or a password manager: `pbpaste | keyburn verify`',
    });
  const finding = findingOf(text, detector, service);
  if (finding === undefined)
    throw new SetupError('no rule knows a key of this shape', {
      hint: 'name its issuer with --service; `keyburn rules list` shows them',
    });
  return finding;
}

/** Throws where `--service` names nobody. */
export function known(service: string | undefined, services: ReadonlyMap<string, unknown>): void {
  if (service !== undefined && !services.has(service))
    throw new SetupError(`--service ${printable(service)}: there is no such issuer`, {
      hint: '`keyburn rules list` shows them in its second column',
    });
}

/** @returns undefined where no rule knows it, and no issuer is named; a SetupError where its shape is that of another issuer's */
export function findingOf(
  text: string,
  detector: Detector,
  service: string | undefined,
): Finding | undefined {
  const bytes = Buffer.from(text, 'utf8');
  const chunk = wholeText(bytes);
  const findings = detector.look(chunk).findings;
  const seen = findings.find((finding) => finding.services.length > 0) ?? findings[0];
  if (service === undefined) return seen;
  const meant = findings.find((finding) => finding.services.includes(service)) ?? seen;
  if (meant !== undefined) {
    // A slip of the finger must not show a key to a stranger.
    if (meant.services.length > 0 && !meant.services.includes(service))
      throw new SetupError(
        `this has the shape of ${meant.rule.id}, whose issuer is ${meant.services.join(' or ')}: it is not sent to ${service}`,
        {
          hint: `leave --service out, or, where ${service} gives out keys of this shape too, write a rule that says so: keyburn rules --help`,
        },
      );
    return { ...meant, services: [service] };
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

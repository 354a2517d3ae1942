import { once } from 'node:events';
import { createRedactor } from '../../detect/index.ts';
import { base, detector } from '../../equip/index.ts';
import type { Io } from '../io.ts';

/** stdin to stdout with every secret masked: put it in front of a log shipper. The mask names rule and fingerprint, so that lines about one key can be joined. */
export async function redact(
  io: Io,
  options: { readonly config?: string; readonly rules: readonly string[] },
): Promise<number> {
  const made = await base(io, options);
  const redactor = createRedactor(await detector(made, options.rules), (finding) => {
    const handle = made.fingerprintKey.fingerprint(finding.secret).slice(0, 12);
    return `[redacted ${finding.rule.id} ${handle}]`;
  });
  const write = async (bytes: Uint8Array): Promise<void> => {
    if (bytes.length > 0 && !io.stdout.write(bytes)) await once(io.stdout, 'drain');
  };
  for await (const piece of io.stdin)
    await write(redactor.push(Buffer.isBuffer(piece) ? piece : Buffer.from(String(piece))));
  await write(redactor.end());
  return 0;
}

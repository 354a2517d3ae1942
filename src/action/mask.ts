// The law of this file: before any other line is written, the runner has been told every raw match, so that whatever a
// later step prints, the log shows `***`. Besides services/ this is the only place where a secret is revealed.

import type { Detector } from '../detect/index.ts';
import type { Finding, Secret } from '../model/index.ts';
import { reveal } from '../model/reveal.ts';
import type { Equipment } from '../pipeline/index.ts';

// A shorter line of a longer secret (a brace, a blank) would blank half of the log and hide nothing.
const SHORTEST_LINE = 8;

interface Eyes {
  readonly detector: Detector;
  readonly verifier: Equipment['verifier'];
}

/**
 * The same detector and verifier, which hand every secret and every half of one to `mask` when they first see it: what this
 * thread finds, when it finds it; what another thread found or a cache remembers, before its issuer is asked.
 */
export function masking({ detector, verifier }: Eyes, mask: (value: string) => void): Eyes {
  const seen = new WeakSet<Secret>();
  const told = new Set<string>();
  const tell = (secret: Secret): void => {
    if (seen.has(secret)) return;
    seen.add(secret);
    for (const value of masksOf(reveal(secret))) {
      if (told.has(value)) continue;
      told.add(value);
      mask(value);
    }
  };
  const tellAll = ({ secret, parts }: Finding): void => {
    tell(secret);
    for (const part of Object.values(parts)) tell(part);
  };
  return {
    detector: {
      look(chunk) {
        const looked = detector.look(chunk);
        for (const finding of looked.findings) tellAll(finding);
        return looked;
      },
      buffer: (size) => detector.buffer(size),
    },
    verifier: heard(verifier),
  };

  function heard(asking: Eyes['verifier']): Eyes['verifier'] {
    return {
      verify(finding) {
        tellAll(finding);
        return asking.verify(finding);
      },
      again: (service, key) => asking.again(service, key),
      tools: (service) => asking.tools(service),
      fresh: () => heard(asking.fresh()),
    };
  }
}

/** What has to be masked for one secret: it alone, or each of its lines, in a file as in a string of one. */
export function masksOf(value: string): string[] {
  const lines = value.split(/\r\n|\r|\n|\\r|\\n/).map((line) => line.trim());
  if (lines.length === 1) return [value];
  // The frame of a PEM block is no secret: https://www.rfc-editor.org/rfc/rfc7468#section-2
  return lines.filter((line) => line.length >= SHORTEST_LINE && !line.startsWith('-----'));
}

import { type Chunk, type Finding, Secret } from '../model/index.ts';
import { isAllowed } from './allow.ts';
import type { Candidate } from './candidate.ts';
import type { Compiled } from './compile.ts';
import type { Text } from './text.ts';

/** How many characters of a secret are its rule's public prefix. */
function prefixLength(by: Compiled, value: string): number {
  const head = value.toLowerCase();
  let longest = 0;
  for (const literal of by.literals) {
    if (literal.text.length > longest && head.startsWith(literal.text.toLowerCase()))
      longest = literal.text.length;
  }
  return longest;
}

export function toFinding(
  candidate: Candidate,
  chunk: Chunk,
  text: Text,
  span: Finding['span'],
  doubt: Candidate['doubt'],
): Finding {
  const { rule } = candidate.by;
  const parts: Record<string, Secret> = {};
  for (const [name, value] of Object.entries(candidate.parts)) parts[name] = new Secret(value);
  return {
    rule: {
      id: rule.id,
      title: rule.title,
      severity: rule.severity,
      ...(rule.docs === undefined ? {} : { docs: rule.docs }),
    },
    services: rule.services,
    secret: new Secret(candidate.value, {
      start: rule.generic ? 0 : prefixLength(candidate.by, candidate.value),
      end: rule.generic ? 0 : 4,
    }),
    parts,
    environment: rule.environment ?? 'unknown',
    ...(doubt === undefined ? {} : { doubt }),
    allowed: isAllowed(text, candidate),
    origin: chunk.origin,
    span,
  };
}

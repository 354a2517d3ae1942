import { CONTEXT, type Finding } from '../model/index.ts';
import type { Detector } from './detector.ts';
import { wholeText } from './whole.ts';

/** Text in, the same text out with every secret masked; line by line, so that a slow stream is not held up. */
export interface Redactor {
  /** Takes the next piece; gives back all that is settled by now. */
  push(piece: Uint8Array): Uint8Array;
  /** The text is over: gives back the rest. */
  end(): Uint8Array;
  /** How many secrets were masked so far. */
  readonly masked: number;
}

// A line longer than this is given back in parts: nobody waits for the end of a minified file.
const LONG_LINE = 4 * CONTEXT;
const NEWLINE = 0x0a;

/**
 * What is given back is settled: nothing that may still come can make a secret of it. That is the text up to the last line
 * end, and not beyond an anchor of a secret of many lines (a PEM block) that has not ended yet.
 *
 * @param mask what stands in a secret's place; ASCII, without a line end
 */
export function createRedactor(detector: Detector, mask: (finding: Finding) => string): Redactor {
  // Original bytes: some that have been given back already (context), then the held ones.
  let text = new Uint8Array(0);
  let given = 0;
  let masked = 0;
  let maskedUpTo = 0;

  function settle(over: boolean): Uint8Array {
    const end = over ? text.length : settledEnd(text, given);
    if (end <= given) return new Uint8Array(0);
    const shown = text.subarray(0, over ? text.length : end);
    const { findings, far } = detector.look(wholeText(shown, Math.max(0, given - CONTEXT)));
    // What such an anchor opens may still end further on; only a finding that holds the anchor itself has ended.
    const held = (at: number): boolean =>
      at + CONTEXT > shown.length && !findings.some(({ span }) => span.start <= at && span.end > at);
    const open = over ? undefined : far.find(held);
    const limit = open === undefined ? end : Math.max(given, Math.min(end, open));
    const out = render(
      findings.filter((one) => one.span.end > given),
      limit,
    );
    forget();
    return out;
  }

  function render(findings: readonly Finding[], limit: number): Uint8Array {
    const pieces: Uint8Array[] = [];
    for (const finding of [...findings].sort((a, b) => a.span.start - b.span.start)) {
      const { start, end } = finding.span;
      if (start >= limit) break;
      if (end <= Math.max(given, maskedUpTo)) continue;
      if (start > given) pieces.push(text.slice(given, start));
      pieces.push(Buffer.from(mask(finding), 'latin1'));
      masked += 1;
      given = end;
      maskedUpTo = end;
    }
    if (given < limit) {
      pieces.push(text.slice(given, limit));
      given = limit;
    }
    return Buffer.concat(pieces);
  }

  function forget(): void {
    const kept = Math.max(0, given - CONTEXT);
    if (kept === 0) return;
    text = text.slice(kept);
    given -= kept;
    maskedUpTo = Math.max(0, maskedUpTo - kept);
  }

  return {
    push(piece) {
      const joined = new Uint8Array(text.length + piece.length);
      joined.set(text);
      joined.set(piece, text.length);
      text = joined;
      return settle(false);
    },
    end: () => settle(true),
    get masked() {
      return masked;
    },
  };
}

function settledEnd(text: Uint8Array, given: number): number {
  const newline = text.lastIndexOf(NEWLINE);
  if (newline >= given) return newline + 1;
  return text.length - given > LONG_LINE ? text.length - CONTEXT : given;
}

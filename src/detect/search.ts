// What the kernel looks for, and whose it is: the literals of all rules, each with its spellings and its forms in base64. It is dear
// to work out for a thousand rules, so, as plain data, it is kept from run to run and handed to worker threads.

import type { Compiled, CompiledLiteral } from './compile.ts';
import { encodedLiterals } from './encoded.ts';
import { compile, type Gate, type Literal, type Tables } from './kernel/index.ts';
import { LOOSE_LENGTH } from './match.ts';
import { NAME_WORDS } from './prose.ts';
import type { Rule } from './rule.ts';

export interface Search {
  readonly tables: Tables;
  /** The owners of literal i are those from `starts[i]` to `starts[i + 1]`. */
  readonly starts: Uint32Array;
  /** Three numbers each: the rule, which of its literals, and 0 or 1 + which of that one's forms in base64. */
  readonly owners: Uint32Array;
}

interface Wanted {
  readonly literal: Literal;
  readonly owners: [rule: number, literal: number, form: number][];
  /** Of each owner. */
  readonly gates: Gate[];
  /** One owner wants to hear of every place. */
  always: boolean;
}

/** Every literal of the rules once, in the order in which they are first wanted. */
function wantedBy(rules: readonly Compiled[]): Wanted[] {
  const wanted = new Map<string, Wanted>();
  const add = (literal: Literal, owner: Wanted['owners'][number], gate: Gate, always: boolean) => {
    const key = `${literal.fold}:${literal.run}:${Buffer.from(literal.bytes).toString('latin1')}`;
    const known = wanted.get(key);
    if (known === undefined) wanted.set(key, { literal, owners: [owner], gates: [gate], always });
    else {
      known.owners.push(owner);
      known.gates.push(gate);
      known.always ||= always;
    }
  };
  for (const { rule, index, far, encoded, literals } of rules) {
    const loose = looseLength(rule);
    for (const [number, literal] of literals.entries()) {
      const { bytes, spellings, run } = literal;
      const gate = gateOf(literal, loose);
      for (const spelling of spellings)
        add({ bytes: spelling, fold: rule.fold, run }, [index, number, 0], gate, far);
      if (!encoded) continue;
      for (const [form, { text }] of encodedLiterals(bytes).entries())
        add({ bytes: Buffer.from(text), fold: false, run: 16 }, [index, number, form + 1], gate, true);
    }
  }
  return [...wanted.values()];
}

/** Of loose values: see Anchor. */
const LOOSE_WORDS = [LOOSE_LENGTH, Number.POSITIVE_INFINITY].map((short) => ({ ...NAME_WORDS, short }));

/** The gate of a literal, which is a word of a name where its value is what is wanted. */
function gateOf({ gate }: CompiledLiteral, loose: number): Gate {
  const words = LOOSE_WORDS.find(({ short }) => short === loose);
  return words === undefined ? gate : { ...gate, words };
}

/** Lets the kernel turn a literal away where nothing would come of any of its anchors. Far ones are told even so. */
function gated({ literal, gates, always }: Wanted): Literal {
  return always ? literal : { ...literal, gates };
}

/** What the kernel is made of. */
export function literalsOf(rules: readonly Compiled[]): Literal[] {
  return wantedBy(rules).map(gated);
}

/** @param rules all of a set, in its order */
export function searchFor(rules: readonly Compiled[]): Search {
  const wanted = wantedBy(rules);
  const starts = new Uint32Array(wanted.length + 1);
  for (const [i, { owners }] of wanted.entries()) starts[i + 1] = (starts[i] ?? 0) + owners.length;
  const owners = Uint32Array.from(wanted.flatMap((one) => one.owners.flat()));
  return { tables: compile(wanted.map(gated)), starts, owners };
}

/** See Anchor. A specific rule says itself what its value looks like. */
export function looseLength({ value, pattern, generic, randomness }: Rule): number {
  if (value === undefined || !(generic || pattern === undefined)) return 0;
  return randomness === false ? Number.POSITIVE_INFINITY : LOOSE_LENGTH;
}

interface Packed {
  readonly setup: Tables['setup'];
  readonly end: number;
  readonly longest: number;
  readonly parts: readonly (readonly [address: number, base64: string])[];
  readonly starts: string;
  readonly owners: string;
}

/** As text for JSON. */
export function packSearch({ tables, starts, owners }: Search): Packed {
  const { setup, end, longest, parts } = tables;
  return {
    setup,
    end,
    longest,
    parts: parts.map(({ address, bytes }) => [address, toBase64(bytes)]),
    starts: toBase64(starts),
    owners: toBase64(owners),
  };
}

/** @throws where it was not made by packSearch */
export function unpackSearch({ setup, end, longest, parts, starts, owners }: Packed): Search {
  return {
    tables: {
      setup,
      end,
      longest,
      parts: parts.map(([address, text]) => ({ address, bytes: Buffer.from(text, 'base64') })),
    },
    starts: numbers(starts),
    owners: numbers(owners),
  };
}

function toBase64({ buffer, byteOffset, byteLength }: Uint8Array | Uint32Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

function numbers(text: string): Uint32Array {
  // A copy of its own: what Buffer hands out may begin anywhere.
  return new Uint32Array(Uint8Array.from(Buffer.from(text, 'base64')).buffer);
}

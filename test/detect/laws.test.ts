import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Engine } from '../../src/detect/detector.ts';
import { type Chunk, CONTEXT, NEAR } from '../../src/model/index.ts';
import { detector, example, fingerprint, look, plain, rules } from './rules-for-tests.ts';

const IDS = ['acme-key', 'two-owners', 'cloud-id', 'near-hex', 'token', 'some-secret', 'some-password'];

/** Text with keys of all kinds in it, whole, cut, encoded, glued together. */
const piece = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(fc.constantFrom(...IDS), fc.nat(5)).map(([id, variant]) => example(id, variant)),
  },
  { weight: 1, arbitrary: fc.nat(3).map((variant) => example('block', variant)) },
  {
    weight: 1,
    arbitrary: fc
      .nat(60)
      .map((count) => example('row') + `, ${example('row', 1).slice('row: '.length)}`.repeat(count)),
  },
  {
    weight: 1,
    arbitrary: fc.nat(3).map((variant) => Buffer.from(example('acme-key', variant)).toString('base64')),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom(...IDS), fc.nat(30)).map(([id, cut]) => example(id).slice(0, cut)),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ' ',
      '\n',
      '"',
      '\r\n',
      '; ',
      'zebra ',
      'Zürich 鍵🔑 ',
      'keyburn:allow',
      '\\n',
      'token=',
      'password: "',
      '%3D',
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .nat(3_000)
      .map((count) => 'lorem ipsum dolor\n'.repeat(Math.ceil(count / 18)).slice(0, count)),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 40 }) },
);
const text = fc
  .array(piece, { minLength: 3, maxLength: 40, size: 'max' })
  .map((pieces) => Buffer.from(pieces.join(''), 'utf8'));

/** The chunk of one range of a text, with the context that readers give. */
function chunkOf(bytes: Uint8Array, from: number, to: number): Chunk {
  const start = Math.max(0, from - CONTEXT);
  const end = Math.min(bytes.length, to + CONTEXT);
  const before = Buffer.from(bytes.subarray(0, start));
  const lineStart = before.lastIndexOf(10) + 1;
  return {
    origin: { kind: 'stream', path: '-' },
    bytes: bytes.subarray(start, end),
    offset: start,
    line: 1 + before.filter((byte) => byte === 10).length,
    column: 1 + new TextDecoder().decode(before.subarray(lineStart)).length,
    ranges: [{ from: from - start, to: to - start }],
  };
}

const order = (a: Record<string, unknown>, b: Record<string, unknown>): number => {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  return left < right ? -1 : left > right ? 1 : 0;
};

/** Places to cut a text at: half of them close to a finding, where a cut could do harm. */
function cutsOf(bytes: Uint8Array, seeds: readonly number[]): number[] {
  const starts = look(bytes).map((finding) => finding.span.start);
  const cuts = seeds.map((seed, i) => {
    const start = starts[seed % Math.max(1, starts.length)];
    return i % 2 === 0 || start === undefined ? seed % (bytes.length + 1) : start - 60 + (seed % 160);
  });
  return [0, ...cuts, bytes.length]
    .map((at) => Math.min(bytes.length, Math.max(0, at)))
    .sort((x, y) => x - y);
}

const seeds = fc.array(fc.nat(), { minLength: 1, maxLength: 6 });

describe('laws', () => {
  test('where a chunk ends never changes what is found', () => {
    fc.assert(
      fc.property(text, seeds, (bytes, cuts) => {
        const whole = look(bytes).map(plain).sort(order);
        const at = cutsOf(bytes, cuts);
        const split = at
          .slice(1)
          .flatMap((to, i) => detector.look(chunkOf(bytes, at[i] ?? 0, to)).findings.map(plain));
        // A column counts characters; a chunk that starts inside a character counts it as broken.
        const strip = (one: Record<string, unknown>): Record<string, unknown> => ({
          ...one,
          span: { ...(one.span as object), column: 0 },
        });
        expect(split.map(strip).sort(order)).toEqual(whole.map(strip).sort(order));
      }),
      { numRuns: 150 },
    );
  });

  test('many ranges of one chunk are as good as one', () => {
    fc.assert(
      fc.property(text, seeds, (bytes, cuts) => {
        const at = cutsOf(bytes, cuts);
        const ranges = at.slice(1).map((to, i) => ({ from: at[i] ?? 0, to }));
        const looked = detector.look({ ...chunkOf(bytes, 0, bytes.length), ranges });
        expect(looked.findings.map(plain)).toEqual(look(bytes).map(plain));
      }),
      { numRuns: 60 },
    );
  });

  test('a claim rests on text within NEAR bytes of its anchor, one of a far rule on CONTEXT', () => {
    const engine = new Engine(rules);
    fc.assert(
      fc.property(text, (bytes) => {
        for (const claim of engine.claims(chunkOf(bytes, 0, bytes.length))) {
          const reach = claim.by.far ? CONTEXT : NEAR;
          // One byte more on the right tells a key that ends there from one that goes on.
          const from = Math.max(0, claim.anchor - reach);
          const around = bytes.subarray(from, claim.anchor + reach + 1);
          const at = claim.anchor - from;
          const chunk = { ...chunkOf(around, 0, around.length), ranges: [{ from: at, to: at + 1 }] };
          const again = engine.claims(chunk).map((one) => ({
            ...one,
            anchor: one.anchor + from,
            start: one.start + from,
            end: one.end + from,
          }));
          expect(again).toContainEqual(claim);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('the bytes of a span are the secret', () => {
    fc.assert(
      fc.property(text, (bytes) => {
        const wrong = look(bytes).filter((finding) => {
          const piece = Buffer.from(bytes.subarray(finding.span.start, finding.span.end)).toString('utf8');
          // A key inside base64 has its span where the digits stand that hold it; only that rule's is planted encoded.
          const encoded = finding.rule.id === 'acme-key' && !piece.startsWith('acm_');
          return !encoded && fingerprint(piece) !== plain(finding).secret;
        });
        expect(wrong.map(plain)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('line and column say where the secret starts', () => {
    fc.assert(
      fc.property(text, (bytes) => {
        for (const { span } of look(bytes)) {
          const before = Buffer.from(bytes.subarray(0, span.start)).toString('utf8');
          const inside = Buffer.from(bytes.subarray(span.start, span.end - 1)).toString('utf8');
          const line = before.split('\n').length;
          expect([span.line, span.column, span.endLine]).toEqual([
            line,
            before.length - (before.lastIndexOf('\n') + 1) + 1,
            line + inside.split('\n').length - 1,
          ]);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('every key that stands free is found, whatever stands around it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...IDS.slice(0, 4)),
        fc.nat(50),
        fc.string(),
        fc.string(),
        (id, variant, before, behind) => {
          const ids = look(`${before}\n ${example(id, variant)}\n${behind}`).map(
            (finding) => finding.rule.id,
          );
          expect(ids).toContain(id);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('no bytes make it throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4_000 }), (bytes) => {
        expect(() => look(bytes)).not.toThrow();
      }),
      { numRuns: 100 },
    );
  });

  test('a secret is in nothing that a finding prints', () => {
    for (const id of IDS) {
      for (const finding of look(example(id, 3))) {
        const raw = example(id, 3).slice(finding.span.start, finding.span.end);
        expect(JSON.stringify(finding)).not.toContain(raw);
      }
    }
  });
});

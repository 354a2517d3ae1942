// A key in a log is found however the log was coloured, stamped and broken, and where it truly stands.

import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { builtInRules, createDetector, fillTemplate, loadRules } from '../../../src/detect/index.ts';
import {
  type Chunk,
  type Finding,
  FingerprintKey,
  type Looked,
  type Sink,
} from '../../../src/model/index.ts';
import { open } from '../../../src/read/index.ts';
import { Limit } from '../../../src/read/logs/limit.ts';
import { LogWindow } from '../../../src/read/logs/log-window.ts';
import { ALL } from '../reading.ts';
import { scratch, write } from '../scratch.ts';

const set = await loadRules([builtInRules]);
const detector = createDetector(set);
const key = new FingerprintKey(Buffer.alloc(32, 7));

class Finds implements Sink {
  readonly findings: Finding[] = [];
  look(chunk: Chunk): Looked {
    const looked = detector.look(chunk);
    this.findings.push(...looked.findings);
    return looked;
  }
  inherit(): void {}
  skip(): void {}
  advance(): void {}
  get names(): string[] {
    return [
      ...new Set(this.findings.map(({ rule, secret }) => `${rule.id} ${key.fingerprint(secret)}`)),
    ].sort();
  }
}

function plainly(text: string): Finds {
  const bytes = Buffer.from(text);
  const finds = new Finds();
  const whole = { offset: 0, line: 1, column: 1, ranges: [{ from: 0, to: bytes.length }] };
  finds.look({ origin: { kind: 'stream', path: '-' }, bytes, ...whole });
  return finds;
}

/** @param sizes of the pieces in which the log arrives */
function asLog(bytes: Buffer, sizes: readonly number[] = [bytes.length], step?: number): Finds {
  const finds = new Finds();
  const window = new LogWindow(finds, { kind: 'stream', path: '-' }, step);
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = Math.max(1, sizes[turn % sizes.length] ?? 1);
    window.write(bytes.subarray(at, at + size));
    at += size;
  }
  window.end();
  return finds;
}

function githubToken(variant: number): string {
  const about = { checksum: 'github-crc32', literals: ['ghp_'] } as const;
  return fillTemplate('ghp_{{alnum:30}}{{checksum}}', about, variant).text;
}

const ESC = '\u001b';
const MARKS = ['[0m', '[1;31m', '[K', '[38;5;200m', '(B', '[m'].map((mark) => ESC + mark);
const MARK = `${ESC}(?:\\[[0-9;]*[A-Za-z]|\\(B)`;
const STAMPS = [
  '',
  '2026-11-21T03:04:05.1234567Z ',
  '[2026-11-21T03:04:05.123Z] ',
  '2026-11-21 03:04:05,123 ',
  '2026-11-21T03:04:05.123456789Z stdout F ',
  '2026-11-21T03:04:05.123456Z 00O ',
];
const WIDTHS = [80, 100, 120, 132, 200, 256, 512, 1024];
const KNOWN_WIDTH = fc.constantFrom(...WIDTHS);

interface Look {
  readonly stamp: string;
  readonly width: number | undefined;
  readonly marks: readonly { readonly at: number; readonly mark: string }[];
}

const look = (width: fc.Arbitrary<number | undefined>): fc.Arbitrary<Look> =>
  fc.record({
    stamp: fc.constantFrom(...STAMPS),
    width,
    marks: fc.array(fc.record({ at: fc.nat(), mark: fc.constantFrom(...MARKS) }), { maxLength: 8 }),
  });

/** Breaks the lines, colours them at some places, and stamps each. */
function dressed(text: string, { stamp, width, marks }: Look): Buffer {
  const broken = text
    .split('\n')
    .flatMap((line) => (width === undefined || line === '' ? [line] : pieces(line, width)));
  const lines = broken.map((line) => {
    let shown = line;
    for (const { at, mark } of marks) {
      const places = boundaries(shown);
      const place = places[at % places.length] ?? 0;
      shown = shown.slice(0, place) + mark + shown.slice(place);
    }
    return stamp + shown;
  });
  return Buffer.from(lines.join('\n'));
}

/** Whether nobody can tell where a line ends: it fills its last row, and the next one begins with a full row, too. */
function isAmbiguous(text: string, width: number): boolean {
  const lines = text.split('\n');
  return lines.some(
    (line, at) => line !== '' && line.length % width === 0 && (lines[at + 1]?.length ?? 0) >= width,
  );
}

function pieces(line: string, width: number): string[] {
  const cut: string[] = [];
  for (let at = 0; at < line.length; at += width) cut.push(line.slice(at, at + width));
  return cut;
}

/** Where nothing is torn apart: no character and no mark. */
function boundaries(text: string): number[] {
  const places = [0];
  const part = new RegExp(`${MARK}|[\\s\\S]`, 'gu');
  for (const match of text.matchAll(part)) places.push(match.index + match[0].length);
  return places;
}

function undressed(bytes: Buffer): string {
  return bytes.toString('utf8').replace(new RegExp(MARK, 'g'), '');
}

const rule = fc.constantFrom(...set.rules.filter((one) => one.match.length > 0));
const example = fc
  .record({ rule, variant: fc.nat({ max: 50 }), before: fc.nat({ max: 300 }) })
  .map((given) => {
    const filled = fillTemplate(given.rule.match[0] ?? '', given.rule, given.variant);
    // Words, so that the key stands somewhere in its line.
    const words = 'wrote one more file to disk '.repeat(12).slice(0, given.before);
    return `build began\n${words}${given.before > 0 ? ' ' : ''}${filled.text}\nbuild ended\n`;
  });

describe('a key in a log', () => {
  it('is found through colours and time stamps, and nothing else is', () => {
    fc.assert(
      fc.property(example, look(fc.constant(undefined)), (text, how) => {
        const expected = plainly(text);
        // A line that is as long as a limit may be a broken one: what it would be then is shown as well.
        const limit = new Limit();
        fc.pre(!text.split('\n').some((line) => limit.isFull(line.length)));
        expect(asLog(dressed(text, how)).names).toEqual(expected.names);
      }),
      { numRuns: 250 },
    );
  });

  it('is found when its line was broken at a limit', () => {
    fc.assert(
      fc.property(example, look(KNOWN_WIDTH), (text, how) => {
        fc.pre(!isAmbiguous(text, how.width ?? 0));
        const found = asLog(dressed(text, how)).names;
        for (const name of plainly(text).names) expect(found).toContain(name);
      }),
      { numRuns: 400 },
    );
  });

  it('is found when the limit is none that we know, once a line has shown it', () => {
    fc.assert(
      fc.property(example, look(fc.integer({ min: 72, max: 400 })), (text, how) => {
        fc.pre(!isAmbiguous(text, how.width ?? 0));
        const full = 'x '.repeat(how.width ?? 0).slice(0, (how.width ?? 0) - 1);
        const found = asLog(dressed(`${full}!${full}!\n${text}`, how)).names;
        for (const name of plainly(text).names) expect(found).toContain(name);
      }),
      { numRuns: 300 },
    );
  });

  it('is found where it truly stands, in bytes, lines and columns', () => {
    fc.assert(
      fc.property(example, look(fc.option(KNOWN_WIDTH, { nil: undefined })), (text, how) => {
        const raw = dressed(`日本 ${text}`, how);
        const lines = raw.toString('utf8').split('\n');
        const plain = plainly(`日本 ${text}`);
        for (const finding of asLog(raw).findings) {
          if (!plain.names.includes(`${finding.rule.id} ${key.fingerprint(finding.secret)}`)) continue;
          const { start, end, line, column, endLine } = finding.span;
          const before = raw.subarray(0, start).toString('utf8');
          expect(line).toBe(before.split('\n').length);
          expect(column).toBe(before.length - before.lastIndexOf('\n'));
          expect(endLine).toBe(raw.subarray(0, end).toString('utf8').split('\n').length);
          const shown = undressed(raw.subarray(start, end)).replaceAll(`\n${how.stamp}`, '\n');
          const value = plain.findings
            .map(({ span }) => Buffer.from(`日本 ${text}`).subarray(span.start, span.end).toString())
            .map((one) => one.replaceAll('\n', ''));
          expect(value).toContain(shown.replaceAll('\n', ''));
          expect(lines[line - 1]).toBeDefined();
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is found however the log arrives, and in whatever steps it is looked at', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(example, look(fc.option(KNOWN_WIDTH, { nil: undefined })), sizes, (text, how, cut) => {
        const raw = dressed(text.repeat(3), how);
        const spans = (finds: Finds) =>
          [...new Set(finds.findings.map((one) => `${one.rule.id} ${JSON.stringify(one.span)}`))].sort();
        expect(spans(asLog(raw, cut, 4096))).toEqual(spans(asLog(raw)));
      }),
      { numRuns: 150 },
    );
  });
});

test('a part of a line that the driver names as such is joined with the next at any length', () => {
  const token = githubToken(1);
  const at = '2026-11-21T03:04:05.123456789Z';
  const expected = plainly(`using ${token} now`).names;
  expect(expected).not.toEqual([]);
  const cri = `${at} stdout P using ${token.slice(0, 17)}\n${at} stdout F ${token.slice(17)} now\n`;
  expect(asLog(Buffer.from(cri)).names).toEqual(expected);
  const gitlab = `${at} 00O using ${token.slice(0, 17)}\n${at} 00O+${token.slice(17)} now\n`;
  expect(asLog(Buffer.from(gitlab)).names).toEqual(expected);
});

test('what a CI has masked is no key', () => {
  const log = [
    'token: ***',
    'password=***',
    'Authorization: Bearer ***',
    'postgres://app:***@db/app',
    'AWS_SECRET_ACCESS_KEY: ***',
    'curl -u admin:*** https://x.example',
  ];
  expect(
    asLog(Buffer.from(log.map((line) => `2026-11-21T03:04:05.1234567Z ${line}`).join('\n'))).names,
  ).toEqual([]);
});

test('a log on disk is read the same way, small and large; a plain one costs no view, a stamped one hardly any', async () => {
  const folder = scratch();
  const stamp = '2026-11-21T03:04:05.1234567Z ';
  const plain = `${stamp}ok, one more step is done`;
  const colour = (key: string): string => `${stamp}a ${key.slice(0, 9)}${ESC}[31m${key.slice(9)}${ESC}[0m b`;
  const pem = fillTemplate('{{pem:RSA}}', { literals: ['-----BEGIN'] }, 1).text.split('\n');
  const many = Array<string>(130_000).fill(plain);
  // The same near the end of a range of two megabytes, and far behind the first four.
  const at = Math.floor((2 * 1024 * 1024) / (plain.length + 1)) - 3;
  const early = at - 20_000;
  const large = [
    ...many.slice(0, early),
    ...pem.map((line) => stamp + line),
    ...many.slice(early + pem.length, at),
    ...pem.map((line) => stamp + line),
    ...many.slice(at),
    colour(githubToken(3)),
  ];
  const narrow = (text: string): string => pieces(text, 100).join('\n');
  const broken = `${narrow(`${'word '.repeat(1000)}`)}\n${narrow(`${'x '.repeat(46)}${githubToken(4)}`)}\n`;
  write(folder, {
    'small.log': `${colour(githubToken(2))}\n`,
    'large.log': `${large.join('\n')}\n`,
    'broken.log': broken + 'y\n'.repeat(2_200_000),
    'code.ts': `${colour(githubToken(5))}\n`,
    'plain.log': 'nothing\nto see\n',
  });
  const found = new Set<string>();
  const views = new Map<string, number>();
  const finds = new Finds();
  const sink: Sink = {
    look(chunk) {
      const path = chunk.origin.kind === 'file' ? chunk.origin.path : '';
      if (chunk.truly !== undefined) views.set(path, (views.get(path) ?? 0) + chunk.bytes.length);
      const looked = finds.look(chunk);
      for (const { rule, span } of looked.findings)
        found.add(`${rule.id} ${path}:${span.line}:${span.column}`);
      return looked;
    },
    inherit() {},
    skip() {},
    advance() {},
  };
  await (await open(folder, ALL)).run(sink);
  const pemRules = [early, at].map((line) =>
    [...found].find((one) => one.includes(`large.log:${line + 1}:`)),
  );
  expect(pemRules).not.toContain(undefined);
  expect([...found].filter((one) => !pemRules.includes(one)).sort()).toEqual([
    'github-pat-classic broken.log:51:93',
    `github-pat-classic large.log:${large.length}:32`,
    'github-pat-classic small.log:1:32',
  ]);
  expect([...views.keys()].sort()).toEqual(['broken.log', 'large.log', 'small.log']);
  // The range that has a colour, and what stands around the two blocks.
  expect(views.get('large.log')).toBeLessThan(4 * 1024 * 1024);
});

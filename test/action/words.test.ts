import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inputsSchema, variableOf } from '../../src/action/inputs.ts';
import { masking, masksOf } from '../../src/action/mask.ts';
import { createRunner, cut } from '../../src/action/runner.ts';
import { safe, summaryOf } from '../../src/action/summary.ts';
import { nextSteps, sentence } from '../../src/action/words.ts';
import { type Chunk, type Entry, type Finding, Secret, type Verdict } from '../../src/model/index.ts';
import type { Equipment } from '../../src/pipeline/index.ts';
import { entry as entryOf } from '../record/sample.ts';
import { inputsOf } from './stage.ts';

test('the inputs of action.yml and those that are read are the same', () => {
  expect(
    inputsOf()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(Object.keys(inputsSchema.shape).sort());
  expect(variableOf('fail-on')).toBe('INPUT_FAIL-ON');
});

test('a secret of several lines is masked line by line, without its frame and without lines that say nothing', () => {
  const frame = (what: string) => `-----${what} PRIVATE KEY-----`;
  const body = ['MIIEowIBAAKCAQEAx', 'q83vEjRWeJCrze8SN'];
  expect(masksOf('one-line')).toEqual(['one-line']);
  expect(masksOf([frame('BEGIN'), ...body, '}', frame('END')].join('\n'))).toEqual(body);
  expect(masksOf([frame('BEGIN'), ...body, frame('END'), ''].join('\\n'))).toEqual(body);
  expect(masksOf(body.join('\r\n'))).toEqual(body);
});

test('every secret is masked once, its other halves too, before the finding is handed on', () => {
  const told: string[] = [];
  const [secret, same, half] = [new Secret('the-one'), new Secret('the-one'), new Secret('the-half')];
  const finding = (one: Secret) => ({ secret: one, parts: { half } }) as unknown as Finding;
  const looked = { findings: [finding(secret), finding(same)], far: [] };
  const verdict = Promise.resolve<Verdict>({ state: 'unknown', why: 'offline' });
  const verifier = { verify: () => verdict } as unknown as Equipment['verifier'];
  const eyes = masking(
    { detector: { look: () => looked, buffer: (size) => new Uint8Array(size) }, verifier },
    (value) => told.push(value),
  );
  const chunk = {} as Chunk;
  expect(eyes.detector.look(chunk)).toBe(looked);
  expect(told).toEqual(['the-one', 'the-half']);
  eyes.detector.look(chunk);
  expect(eyes.verifier.verify(finding(new Secret('from-another-thread')))).toBe(verdict);
  expect(told).toEqual(['the-one', 'the-half', 'from-another-thread']);
});

test('no text becomes a command', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('::', '##[', '\n', '\r', '%', ' ', 'error', ']', ':', 'x', '\u2028')),
      (parts) => {
        let out = '';
        const write = (piece: string): void => {
          out += piece;
        };
        const runner = createRunner({}, { write });
        const text = parts.join('');
        runner.line(text);
        runner.annotate('notice', text, { title: text });
        runner.speak();
        const lines = out.split('\n').slice(0, -1);
        const last = lines.pop() ?? '';
        for (const line of lines) expect(line).not.toMatch(/^\s*::|##\[/);
        expect(last).toMatch(/^::notice title=[^:,\r]*::[^\r]*$/);
        expect(out).not.toContain('\r');
      },
    ),
  );
});

test('no text becomes Markdown, HTML, a mention or a link', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(safe(text).replace(/&#\d+;/g, '')).not.toMatch(/[<>[\]`*_~|@#&!\\:"'$]|www\./i);
    }),
  );
});

test('a summary keeps within what the runner takes, and says what it leaves out', () => {
  const place = { kind: 'blob', path: `${'deep/'.repeat(200)}file`, line: 1, column: 1, endLine: 1 } as const;
  const one: Entry = {
    id: 'ab'.repeat(32) as Entry['id'],
    rule: 'some-rule',
    title: 'Some key',
    severity: 'high',
    service: null,
    preview: '…(20)',
    environment: 'unknown',
    place,
    otherPlaces: [],
    verdict: { state: 'unknown', why: 'no-service' },
    exposure: 'public',
    decision: { act: 'notify', because: 'public and unknown' },
    receipt: null,
  };
  const entries = Array.from({ length: 5_000 }, () => one);
  const summary = {
    bytes: 0,
    files: 0,
    blobs: 1,
    commits: 1,
    binary: 0,
    findings: 5_000,
    live: 0,
    revoked: 0,
    skipped: [],
    elapsedMs: 1,
  };
  const text = summaryOf({ entries, summary, range: 'x', notes: [], armed: false, stable: false });
  expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
  expect(text).toMatch(/\n\d+ more are in the report file\.\n$/);
});

test('the words are those of a workflow, and of a burned key the last one counts', () => {
  const checkedAt = '2026-11-21T09:00:00.000Z';
  const at = checkedAt;
  const plan = entryOf({
    receipt: { outcome: 'planned', note: 'would revoke it at Acme; arm with --revoke', at },
  });
  expect(sentence(plan)).toContain('planned: would revoke it at Acme; arm with revoke: true.');
  const burned = entryOf({
    receipt: {
      outcome: 'revoked',
      note: 'DELETE /key: 204',
      at,
      proof: { state: 'revoked', why: 'GET /me: 401', checkedAt },
    },
  });
  expect(sentence(burned)).toContain('is revoked (GET /me: 401), public.');
  const offline = entryOf({
    verdict: { state: 'unknown', why: 'offline' },
    decision: { act: 'notify', because: 'x' },
  });
  expect(nextSteps(offline, { stable: false, armed: false })).toEqual([
    'whether it works was not asked: set verify: true in the workflow',
  ]);
});

test('cutting keeps whole lines', () => {
  expect(cut('ab\ncd\nef', 7)).toBe('ab\ncd\n');
  expect(cut('ab', 2)).toBe('ab');
  expect(cut('abc', 2)).toBe('');
  expect(cut('ä\nöö\n', 4)).toBe('ä\n');
});

import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import fc from 'fast-check';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import type { Entry, Summary } from '../../src/model/index.ts';
import { createReporter } from '../../src/record/index.ts';
import { at, entry, idOf, place, receipt, summary } from './sample.ts';
import { sarifSubset } from './sarif-subset.ts';

function sarif(entries: readonly Entry[], about: Partial<Summary> = {}): Log {
  let text = '';
  const out = {
    write(more: string) {
      text += more;
    },
  };
  const reporter = createReporter('sarif', out, { colour: false, version: '0.1.0' });
  for (const one of entries) reporter.entry(one);
  reporter.finish(summary(about));
  return JSON.parse(text) as Log;
}

const ajv = new Ajv({ strict: false });
formats.default(ajv);
const validate = ajv.compile(sarifSubset);
const valid = (log: Log): string => (validate(log) ? '' : JSON.stringify(validate.errors));

describe('SARIF', () => {
  it('is valid, also where nothing was found and where things were skipped', () => {
    expect(valid(sarif([]))).toBe('');
    expect(valid(sarif([entry()]))).toBe('');
    expect(valid(sarif([entry()], { skipped: [{ path: 'a', why: 'b' }] }))).toBe('');
  });

  it('is valid whatever strangers wrote', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, fc.constantFrom('file', 'stream', 'blob', 'message'), (path, author, kind) => {
        const where = place({ path, author, kind, commit: author });
        expect(valid(sarif([entry({ place: where, otherPlaces: [where] })]))).toBe('');
      }),
    );
  });

  it('names each rule once and points at it', () => {
    const log = sarif([entry(), entry({ rule: 'other', id: idOf('b') }), entry({ id: idOf('c') })]);
    const [run] = log.runs;
    expect(run?.tool.driver.rules?.map((rule) => rule.id)).toEqual(['acme-key', 'other']);
    expect(run?.results?.map((result) => result.ruleIndex)).toEqual([0, 1, 0]);
  });

  it('names an alert after the secret, not the line', () => {
    const [before] = sarif([entry()]).runs[0]?.results ?? [];
    const [after] = sarif([entry({ place: place({ path: 'moved.ts', line: 99 }) })]).runs[0]?.results ?? [];
    expect(before?.partialFingerprints).toEqual(after?.partialFingerprints);
    expect(before?.partialFingerprints?.['secretFingerprint/v1']).toBe(idOf('a'));
  });

  it.each([
    ['live', null, 'error'],
    ['limited', null, 'error'],
    ['unknown', null, 'warning'],
    ['revoked', null, 'note'],
    ['malformed', null, 'note'],
    ['live', receipt('revoked', 3), 'note'],
    ['live', receipt('accepted', 3), 'error'],
  ] as const)('gives %s (%o) its level', (state, done, level) => {
    const verdict =
      state === 'unknown' ? ({ state, why: 'timeout' } as const) : { state, checkedAt: at(0), why: 'x' };
    expect(sarif([entry({ verdict, receipt: done })]).runs[0]?.results?.[0]?.level).toBe(level);
  });

  it.each([
    ['src/a b/ü#?%.ts', 'src/a%20b/%C3%BC%23%3F%25.ts'],
    ['-', 'stdin'],
    ['C:/x', 'C%3A/x'],
    ['/etc/x', 'file:///etc/x'],
  ])('writes the path %s as a URI', (path, uri) => {
    const [result] = sarif([entry({ place: place({ path }) })]).runs[0]?.results ?? [];
    expect(result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe(uri);
  });

  it('says that a partial scan was not successful', () => {
    const [run] = sarif([], { skipped: [{ path: 'a', why: 'damaged' }] }).runs;
    expect(run?.invocations?.[0]).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [{ level: 'warning', message: { text: 'not read: a: damaged' } }],
    });
    expect(sarif([]).runs[0]?.invocations?.[0]?.executionSuccessful).toBe(true);
  });

  it('has no snippet', () => {
    expect(JSON.stringify(sarif([entry({ otherPlaces: [place()] })]))).not.toMatch(/snippet|contextRegion/);
  });
});

import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Entry, Summary } from '../../src/model/index.ts';
import { createReporter, FORMATS, type Format, type ReportOptions } from '../../src/record/index.ts';
import { findingLineSchema, reportSchema, summaryLineSchema } from '../../src/record/report/line-schemas.ts';
import { at, entry, idOf, place, receipt, revoked, summary } from './sample.ts';

function report(
  format: Format,
  entries: readonly Entry[],
  about: Partial<Summary> = {},
  options: Partial<ReportOptions> = {},
): string {
  let text = '';
  const out = {
    write(more: string) {
      text += more;
    },
  };
  const reporter = createReporter(format, out, { colour: false, ...options });
  for (const one of entries) reporter.entry(one);
  reporter.finish(summary({ findings: entries.length, ...about }));
  return text;
}

const committed = place({
  kind: 'blob',
  commit: '3f2a1bc4d5e6f708192a3b4c5d6e7f8091a2b3c4',
  author: 'Ann Example',
  email: 'ann@example.org',
  date: '2026-03-01T09:30:00+01:00',
  url: 'https://git.example.org/o/r/blob/3f2a1bc4/src/config.ts#L3',
});

const STORY: readonly Entry[] = [
  entry({
    place: committed,
    otherPlaces: Array.from({ length: 7 }, (_, line) => place({ path: 'README.md', line: line + 1 })),
    receipt: {
      outcome: 'planned',
      at: at(1),
      note: 'would contain, then revoke it at Acme; arm with --revoke',
    },
  }),
  entry({ id: idOf('b'), receipt: receipt('revoked', 3) }),
  entry({
    id: idOf('c'),
    exposure: 'private',
    decision: { act: 'ask', because: 'private and live (policy: default)' },
  }),
  entry({
    id: idOf('d'),
    receipt: {
      outcome: 'manual',
      at: at(1),
      note: 'no way to revoke by program',
      steps: ['go there', 'press delete'],
    },
  }),
  entry({
    id: idOf('e'),
    verdict: { state: 'unknown', why: 'throttled', detail: 'retry after 60 s' },
    exposure: 'unknown',
    decision: {
      act: 'notify',
      because: 'exposure and verdict unknown: its issuer wants fewer questions (policy: default)',
    },
  }),
  entry({
    id: idOf('f'),
    service: null,
    verdict: { state: 'malformed', checkedAt: at(0), why: 'the checksum does not fit' },
    decision: { act: 'leave', because: 'public and malformed (policy: default)' },
  }),
];

describe('the text report', () => {
  it('reads well', () => {
    const text = report('text', STORY, {
      live: 3,
      revoked: 1,
      skipped: [{ path: 'private/notes.txt', why: 'permission denied' }],
    });
    expect(text).toMatchInlineSnapshot(`
      "LIVE       Acme key  acme_…ghij
        where     src/config.ts:3:5
                  commit 3f2a1bc4d5e6 by Ann Example on 2026-03-01
                  https://git.example.org/o/r/blob/3f2a1bc4/src/config.ts#L3
        also      README.md:1:5
                  README.md:2:5
                  README.md:3:5
                  README.md:4:5
                  and in 3 more places
        verdict   live at acme: GET /me: 200 (2026-11-20 10:00 UTC)
        exposure  public
        decision  burn: public and live (policy: default)
        result    planned: would contain, then revoke it at Acme; arm with --revoke
        next      to do it: keyburn scan --revoke
        rule      acme-key (high)
        id        aaaaaaaaaaaa

      LIVE       Acme key  acme_…ghij
        where     src/config.ts:3:5
        verdict   live at acme: GET /me: 200 (2026-11-20 10:00 UTC)
        exposure  public
        decision  burn: public and live (policy: default)
        result    manual: no way to revoke by program
        next      1. go there
                  2. press delete
        rule      acme-key (high)
        id        dddddddddddd

      LIVE       Acme key  acme_…ghij
        where     src/config.ts:3:5
        verdict   live at acme: GET /me: 200 (2026-11-20 10:00 UTC)
        exposure  private
        decision  ask: private and live (policy: default)
        next      to say yes: keyburn incidents approve cccccccccccc --reason "…", then: keyburn scan --revoke
                  or replace the key first, where something still needs it
        rule      acme-key (high)
        id        cccccccccccc

      REVOKED    Acme key  acme_…ghij
        where     src/config.ts:3:5
        verdict   live at acme: GET /me: 200 (2026-11-20 10:00 UTC)
        exposure  public
        decision  burn: public and live (policy: default)
        result    revoked: DELETE /keys/42: 204; asked again: revoked, GET /me: 401 key_revoked
        next      put a new key where this one was used; the old one is dead
        rule      acme-key (high)
        id        bbbbbbbbbbbb

      UNKNOWN    Acme key  acme_…ghij
        where     src/config.ts:3:5
        verdict   unknown at acme: its issuer wants fewer questions (retry after 60 s)
        exposure  unknown (treated as private)
        decision  notify: exposure and verdict unknown: its issuer wants fewer questions (policy: default)
        next      the issuer wants fewer questions: run again later: keyburn scan
        rule      acme-key (high)
        id        eeeeeeeeeeee

      MALFORMED  Acme key  acme_…ghij
        where     src/config.ts:3:5
        verdict   malformed: the checksum does not fit (2026-11-20 10:00 UTC)
        exposure  public
        decision  leave: public and malformed (policy: default)
        rule      acme-key (high)
        id        ffffffffffff

      1 thing was not read, so this scan is not complete:
        private/notes.txt: permission denied

      6 keys: 3 live, 2 dead (1 burned by this run), 1 unknown  (12 files, 340 blobs, 27 commits, 4.2 MB, 1.3 s)
        live  acme_…ghij  src/config.ts:3:5  aaaaaaaaaaaa
        live  acme_…ghij  src/config.ts:3:5  dddddddddddd
        live  acme_…ghij  src/config.ts:3:5  cccccccccccc
      "
    `);
  });

  it('says so when nothing was found', () => {
    expect(report('text', [])).toMatchInlineSnapshot(`
      "No keys found. All quiet.  (12 files, 340 blobs, 27 commits, 4.2 MB, 1.3 s)
      "
    `);
    expect(report('text', [], { skipped: [{ path: 'a', why: 'damaged' }] })).toMatchInlineSnapshot(`
      "1 thing was not read, so this scan is not complete:
        a: damaged

      No keys found in what was read.  (12 files, 340 blobs, 27 commits, 4.2 MB, 1.3 s)
      "
    `);
  });

  it('has colour only when told', () => {
    expect(report('text', STORY)).not.toContain('\u001b');
    expect(report('text', STORY, {}, { colour: true })).toContain('\u001b[31m');
  });

  it('names the command that goes on', () => {
    const text = report('text', STORY, {}, { rerun: 'keyburn scan ./app' });
    expect(text).toContain('to do it: keyburn scan ./app --revoke');
    expect(text).toContain('keyburn incidents approve cccccccccccc');
  });
});

describe('the report for programs', () => {
  it('keeps its keys and their order', () => {
    const [line = ''] = report('jsonl', STORY).split('\n');
    expect(Object.keys(JSON.parse(line))).toEqual([
      'type',
      'id',
      'rule',
      'title',
      'severity',
      'service',
      'preview',
      'environment',
      'place',
      'otherPlaces',
      'verdict',
      'exposure',
      'decision',
      'receipt',
    ]);
  });

  it('is one object a line, the last of them the summary', () => {
    const lines = report('jsonl', STORY)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map((line) => line.type)).toEqual([...STORY.map(() => 'finding'), 'summary']);
    for (const line of lines.slice(0, -1)) expect(findingLineSchema.safeParse(line).error).toBeUndefined();
    expect(summaryLineSchema.safeParse(lines.at(-1)).error).toBeUndefined();
  });

  it('streams: a finding is out before the next comes', () => {
    const written: string[] = [];
    const reporter = createReporter('jsonl', { write: (text) => written.push(text) }, { colour: false });
    reporter.entry(entry());
    expect(written.join('')).toMatch(/^\{"type":"finding".*\}\n$/);
  });

  it.each([0, 1, 6])('has the same two parts as one object, with %i findings', (count) => {
    const entries = STORY.slice(0, count);
    const whole = reportSchema.parse(JSON.parse(report('json', entries)));
    const lines = report('jsonl', entries)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect([...whole.findings, whole.summary]).toEqual(lines);
  });

  it('keeps the e-mail address of an author to itself', () => {
    for (const format of FORMATS) expect(report(format, STORY)).not.toContain('ann@example.org');
  });

  it.each([
    ['finding', findingLineSchema],
    ['summary', summaryLineSchema],
    ['report', reportSchema],
  ])('has a JSON Schema file that is up to date: %s', async (name, schema) => {
    const made = { title: `keyburn ${name}, version 1`, ...z.toJSONSchema(schema) };
    await expect(`${JSON.stringify(made, null, 2)}\n`).toMatchFileSnapshot(`../../schema/${name}.v1.json`);
    const validate = new Ajv2020({ strict: false }).compile(made);
    const whole = JSON.parse(report('json', STORY));
    const value = name === 'report' ? whole : name === 'summary' ? whole.summary : whole.findings[0];
    validate(value);
    expect(validate.errors).toBeNull();
    expect(validate({ ...value, extra: 1 })).toBe(false);
  });
});

describe('JUnit', () => {
  const failures = (text: string): number => text.match(/<failure /g)?.length ?? 0;

  it.each([
    ['any', 6],
    ['live', 3],
    ['none', 0],
  ] as const)('fails on %s', (failOn, count) => {
    const text = report('junit', STORY, {}, { failOn });
    expect(failures(text)).toBe(count);
    expect(text).toContain(`tests="6" failures="${count}" errors="0"`);
  });

  it('has an error for what was not read, and a passing case where all is quiet', () => {
    expect(report('junit', [], { skipped: [{ path: 'a&b', why: '<gone>' }] })).toContain(
      'name="read a&amp;b"><error type="skipped" message="&lt;gone&gt;"/>',
    );
    expect(report('junit', [])).toContain('tests="1" failures="0" errors="0"');
  });
});

describe('HTML', () => {
  it('loads nothing, runs nothing, and escapes what strangers wrote', () => {
    const text = report('html', [
      entry({
        title: '<script>alert(1)</script>',
        place: place({
          path: '"><img src=x onerror=alert(1)>',
          url: 'javascript:alert(1)',
          commit: 'c',
          author: "<b>'x",
        }),
      }),
    ]);
    expect(text).not.toMatch(/<script|<img|<[^>]*javascript:|<b>'x|<[^>]*src=/);
    expect(text).toContain("default-src 'none'");
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('links only to the web', () => {
    expect(report('html', [entry({ place: committed })])).toContain(
      `<a href="${committed.url}" rel="noreferrer">`,
    );
  });
});

describe('laws', () => {
  const hostile = fc.string({
    unit: fc.oneof(
      fc.constantFrom(
        '\u001b',
        '\n',
        '\r',
        '\t',
        '\u009b',
        '\u202e',
        '\u2066',
        '\u200b',
        '\u2028',
        '\u0000',
        '\ud800',
        '\u{e0041}',
      ),
      fc.constantFrom('<', '>', '&', '"', "'", ']', '\\', '/', '%', ' ', 'a', 'ü', '漢'),
    ),
    maxLength: 30,
  });
  const anyEntry: fc.Arbitrary<Entry> = fc
    .record({
      path: hostile,
      author: hostile,
      note: hostile,
      why: hostile,
      title: hostile,
      date: hostile,
      url: hostile,
    })
    .map(({ path, author, note, why, title, date, url }) =>
      entry({
        title,
        rule: title,
        place: place({ path, author, date, url, commit: why }),
        otherPlaces: [place({ path, kind: 'message', object: note }), place({ path, kind: 'stream' })],
        verdict: { state: 'live', checkedAt: date, why },
        decision: { act: 'ask', because: note },
        receipt: { outcome: 'failed', at: at(1), note },
      }),
    );
  // Every control character but the line feed, every format character, separators of lines, lone surrogates.
  const ACTIVE = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

  it.each(FORMATS)('no word of a stranger acts on a terminal: %s', (format) => {
    fc.assert(
      fc.property(anyEntry, hostile, (one, path) => {
        const text = report(format, [one], { skipped: [{ path, why: path }] });
        expect(text.match(ACTIVE)?.[0]).toBeUndefined();
      }),
    );
  });

  it('no word of a stranger starts a line of the text report', () => {
    const lines = (text: string): number => text.split('\n').length;
    const tame = report('text', [
      entry({ place: committed, otherPlaces: [place(), place({ kind: 'stream' })] }),
    ]);
    const wild = '\nLIVE  forged\r\n';
    const other = { ...committed, path: wild, author: wild, date: wild, url: `https://x/${wild}` };
    const text = report('text', [
      entry({
        title: wild,
        place: other,
        otherPlaces: [place({ path: wild }), place({ path: wild, kind: 'stream' })],
      }),
    ]);
    expect(lines(text)).toBe(lines(tame));
    expect(text).not.toMatch(/^LIVE {2}forged/m);
  });

  it('what programs read comes out as it went in', () => {
    fc.assert(
      fc.property(anyEntry, (one) => {
        const [line = ''] = report('jsonl', [one]).split('\n');
        const read = JSON.parse(line);
        expect(read.place.path).toBe(one.place.path);
        expect(read.place.author).toBe(one.place.author);
        expect(read.title).toBe(one.title);
      }),
    );
  });

  it('a dead proof shows as dead everywhere', () => {
    const done = [entry({ receipt: receipt('revoked', 3), verdict: revoked(3) })];
    expect(report('text', done)).toMatch(/^REVOKED /);
    expect(report('html', done)).toContain('class="badge dead">revoked');
    expect(report('junit', done, {}, { failOn: 'live' })).toContain('failures="0"');
  });
});

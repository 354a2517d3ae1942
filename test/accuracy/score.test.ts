// The scorer on cases whose answers are plain to see; the keys in them are made here.
import { describe, expect, it } from 'vitest';
import { type LabelledCase, parseCorpus } from '../../scripts/accuracy/corpus.ts';
import { undercuts } from '../../scripts/accuracy/floor.ts';
import type { Look } from '../../scripts/accuracy/look.ts';
import { lookWith } from '../../scripts/accuracy/look.ts';
import { noiseRate, noisyRules } from '../../scripts/accuracy/noise.ts';
import { casesText, document } from '../../scripts/accuracy/report.ts';
import {
  byRule,
  f1,
  figures,
  precision,
  recall,
  scoreCases,
  structured,
  worstMisses,
} from '../../scripts/accuracy/score.ts';
import { createDetector, fillTemplate } from '../../src/detect/index.ts';
import { parseRules } from '../../src/detect/parse-rules.ts';

let made = 0;
const one = (more: Partial<LabelledCase>): LabelledCase => ({
  id: `case-${++made}`,
  source: 'acme',
  path: 'a.txt',
  text: '',
  expect: 'secret',
  provider: 'acme',
  strength: 'global',
  ...more,
});

/** Reports every line that says KEY, and a block from BEGIN to END as one. */
const look: Look = (bytes) => {
  const lines = Buffer.from(bytes).toString('utf8').split('\n');
  return lines.flatMap((line, i) => {
    if (line.includes('BEGIN'))
      return [{ rule: 'block', line: i + 1, endLine: lines.findIndex((other) => other.includes('END')) + 1 }];
    return line.includes('KEY') ? [{ rule: 'key', line: i + 1, endLine: i + 1 }] : [];
  });
};

describe('snippets', () => {
  const scored = scoreCases(
    [
      one({ text: 'KEY' }),
      one({ text: 'nothing', provider: 'umbrella', also: ['other'] }),
      one({ text: 'KEY', expect: 'clean' }),
      one({ text: 'fine', expect: 'clean' }),
      one({ text: 'KEY', expect: 'clean', strength: 'rule' }),
      one({ text: 'KEY', weak: 'placeholder' }),
    ],
    look,
  );

  it('are one unit each; weak ones are none', () => {
    expect(figures(scored)).toEqual({
      secrets: 2,
      found: 1,
      clean: 2,
      falseAlarms: 1,
      ruleClean: 1,
      ruleFalseAlarms: 1,
      extra: 0,
    });
  });

  it('give recall, precision and F1', () => {
    const all = figures(scored);
    expect(recall(all)).toBe(1 / 2);
    expect(precision(all)).toBe(1 / 3);
    expect(f1(all)).toBeCloseTo(0.4);
    expect(f1(figures(scored, () => false))).toBe(0);
  });

  it('name what is missed, and the rules behind hits of every kind', () => {
    expect(worstMisses(scored)).toEqual([{ what: 'umbrella', missed: 1, all: 1 }]);
    expect(byRule(scored)).toEqual([{ rule: 'key', found: 1, falseAlarms: 1, ruleFalseAlarms: 1 }]);
  });
});

describe('labelled lines', () => {
  const label = (start: number, end: number, kind: 'T' | 'F', tier?: string) => ({
    start,
    end,
    label: kind,
    category: 'Token:acme',
    ...(tier === undefined ? {} : { tier }),
  });

  it('are one unit each, and what nobody labelled is extra', () => {
    const text = ['KEY', 'no', 'KEY', 'BEGIN', 'x', 'END', 'KEY', 'KEY'].join('\n');
    const labels = [
      label(1, 1, 'T', 'provider'),
      label(2, 2, 'T', 'generic'),
      label(3, 3, 'F'),
      label(5, 6, 'T', 'generic'),
      label(6, 6, 'F'),
      label(7, 7, 'T', 'weak'),
    ];
    const scored = scoreCases([one({ text, labels })], look);
    // Line 6 is covered by a true label, line 7 is weak: neither counts, and a report there is not extra either.
    expect(figures(scored)).toMatchObject({ secrets: 3, found: 2, clean: 1, falseAlarms: 1, extra: 1 });
    expect(figures(structured(scored))).toMatchObject({ secrets: 1, found: 1 });
  });

  it('may be a number of lines alone', () => {
    const scored = scoreCases(
      [one({ text: 'KEY\nKEY\nKEY', count: 2 }), one({ text: 'KEY', count: 3 })],
      look,
    );
    expect(figures(scored)).toMatchObject({ secrets: 5, found: 3, extra: 1 });
  });
});

describe('a real detector', () => {
  const files = new Map([
    [
      'acme.toml',
      'provider = "Acme"\n[[rule]]\nid = "acme-key"\ntitle = "Acme key"\nseverity = "high"\nservices = []\nliterals = ["acm_"]\n' +
        "pattern = '''(?<secret>acm_[0-9A-Za-z]{36})(?![0-9A-Za-z])'''\nmatch = [\"acm_{{alnum:36}}\"]\nmiss = []\n",
    ],
  ]);

  it('is looked through with what a scan would report', () => {
    const { set, faults } = parseRules(files);
    expect(faults).toEqual([]);
    const [rule] = set.rules;
    if (rule === undefined) throw new Error('no rule');
    const { text } = fillTemplate('acm_{{alnum:36}}', rule);
    const lookAt = lookWith(createDetector(set));
    expect(lookAt(Buffer.from(`first\n${text}\n`), 'a.txt')).toEqual([
      { rule: 'acme-key', line: 2, endLine: 2 },
    ]);
    expect(lookAt(Buffer.from(`${text} # keyburn:allow\n`), 'a.txt')).toEqual([]);
    expect(lookAt(Buffer.from(`\0${text}`), 'a.bin')).toEqual([]);
  });
});

describe('what is made of the figures', () => {
  const scored = scoreCases([one({ text: 'KEY' }), one({ text: 'no' })], look);
  const row = (lines: number, ...rules: string[]) => ({
    kind: 'icons',
    package: 'acme@1.0.0',
    files: 1,
    lines,
    findings: rules.map((rule) => ({ rule, place: 'a.js:1' })),
  });

  it('falls below a floor, or does not', () => {
    expect(undercuts({ f1: 0.6, structuredRecall: 0.5, noise: 1 }, scored)).toEqual([]);
    expect(undercuts({ f1: 0.9, structuredRecall: 0.6, noise: 1 }, scored, [row(50_000, 'a')])).toEqual([
      expect.stringMatching(/^F1 is 0\.6667/),
      expect.stringMatching(/^recall of structured tokens is 0\.5000/),
      expect.stringMatching(/^noise is 2\.000/),
    ]);
  });

  it('counts noise by lines and by rules', () => {
    expect(noiseRate([row(150_000, 'a'), row(50_000, 'b', 'b')])).toBe(1.5);
    expect(noisyRules([row(1, 'a', 'b', 'b')])).toEqual([
      ['b', 2],
      ['a', 1],
    ]);
  });

  it('is a page that keeps its noise part until noise is measured again', () => {
    const peers = { measured: '2026-11-21', peers: [] };
    const first = document(scored, [row(1000, 'loud')], peers, ['key', 'quiet'], '');
    expect(first).toContain('1 of 2 rules met nothing');
    expect(document(scored, undefined, peers, ['key', 'quiet'], first)).toBe(first);
    expect(document(scored, [row(1000)], peers, ['key', 'quiet'], first)).not.toContain('loud');
    expect(casesText(scored)).toContain('found 1/2');
  });

  it('starts from JSON Lines', () => {
    const cases = [one({ text: 'KEY' }), one({ text: 'no' })];
    expect(parseCorpus(`${cases.map((each) => JSON.stringify(each)).join('\n')}\n\n`)).toEqual(cases);
  });
});

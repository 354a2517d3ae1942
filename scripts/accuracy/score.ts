// How well did a look do on labelled cases? One unit for each snippet, each labelled line, each line that is counted on.
import type { Label, LabelledCase } from './corpus.ts';
import type { Found, Look } from './look.ts';

/** One question that the corpus asks, and the answer. */
export interface Unit {
  readonly case: LabelledCase;
  /** `secret`: to be found. `clean`: to be left alone. `rule-clean`: to be left alone by one rule of its source. */
  readonly kind: 'secret' | 'clean' | 'rule-clean';
  /** How many secrets, or 1. */
  readonly of: number;
  readonly hit: number;
  /** The rules that reported something here. */
  readonly rules: readonly string[];
  /** What the secret is: a provider, or a category of labelled lines. */
  readonly what: string;
  /** Its line, where lines are labelled. */
  readonly line?: number;
}

export interface Scored {
  readonly units: readonly Unit[];
  /** Lines that were reported and that no label speaks of, by source. */
  readonly extra: ReadonlyMap<LabelledCase, number>;
}

export interface Figures {
  readonly secrets: number;
  readonly found: number;
  readonly clean: number;
  readonly falseAlarms: number;
  readonly ruleClean: number;
  readonly ruleFalseAlarms: number;
  readonly extra: number;
}

const touches = (found: Found, label: Label): boolean =>
  found.line <= label.end && found.endLine >= label.start;
const rulesOf = (found: readonly Found[]): string[] => [...new Set(found.map((one) => one.rule))];

function scoreLabels(one: LabelledCase, labels: readonly Label[], found: readonly Found[]): [Unit[], number] {
  const units: Unit[] = [];
  const covered = new Set<number>();
  const spoken = new Set<number>();
  const lines = (from: number, to: number): number[] =>
    Array.from({ length: to - from + 1 }, (_, i) => from + i);
  for (const label of labels.filter((each) => each.label === 'T')) {
    for (const line of lines(label.start, label.end)) covered.add(line);
    if (label.tier === 'weak') continue;
    const here = found.filter((each) => touches(each, label));
    units.push({
      case: one,
      kind: 'secret',
      of: 1,
      hit: Number(here.length > 0),
      rules: rulesOf(here),
      what: `${one.provider}:${label.category.split(':')[0] ?? ''}`,
      line: label.start,
    });
  }
  for (const label of labels.filter((each) => each.label === 'F')) {
    const own = lines(label.start, label.end);
    if (own.some((line) => covered.has(line))) continue;
    const here = found.filter((each) => touches(each, label));
    if (here.length > 0) for (const line of own) spoken.add(line);
    units.push({
      case: one,
      kind: 'clean',
      of: 1,
      hit: Number(here.length > 0),
      rules: rulesOf(here),
      what: one.provider,
      line: label.start,
    });
  }
  const extra = found.filter(
    (each) => !lines(each.line, each.endLine).some((line) => covered.has(line) || spoken.has(line)),
  );
  return [units, new Set(extra.map((each) => each.line)).size];
}

/** Cases that are weak are left out. */
export function scoreCases(cases: readonly LabelledCase[], look: Look): Scored {
  const units: Unit[] = [];
  const extra = new Map<LabelledCase, number>();
  for (const one of cases) {
    if (one.weak !== undefined) continue;
    const found = look(Buffer.from(one.text, 'utf8'), one.path, one.id);
    if (one.labels !== undefined) {
      const [labelled, more] = scoreLabels(one, one.labels, found);
      units.push(...labelled);
      if (more > 0) extra.set(one, more);
      continue;
    }
    const rules = rulesOf(found);
    if (one.count !== undefined) {
      const lines = new Set(found.map((each) => each.line)).size;
      const hit = Math.min(lines, one.count);
      units.push({ case: one, kind: 'secret', of: one.count, hit, rules, what: one.source });
      if (lines > one.count) extra.set(one, lines - one.count);
      continue;
    }
    const kind = one.expect === 'secret' ? 'secret' : one.strength === 'global' ? 'clean' : 'rule-clean';
    units.push({ case: one, kind, of: 1, hit: Number(found.length > 0), rules, what: one.provider });
  }
  return { units, extra };
}

export const sourcesOf = (one: LabelledCase): string[] => [...new Set([one.source, ...(one.also ?? [])])];

/** @param wanted which cases count; all by default */
export function figures(
  { units, extra }: Scored,
  wanted: (one: LabelledCase) => boolean = () => true,
): Figures {
  const of = (kind: Unit['kind'], field: 'of' | 'hit'): number =>
    units.reduce((sum, unit) => sum + (unit.kind === kind && wanted(unit.case) ? unit[field] : 0), 0);
  return {
    secrets: of('secret', 'of'),
    found: of('secret', 'hit'),
    clean: of('clean', 'of'),
    falseAlarms: of('clean', 'hit'),
    ruleClean: of('rule-clean', 'of'),
    ruleFalseAlarms: of('rule-clean', 'hit'),
    extra: [...extra].reduce((sum, [one, lines]) => sum + (wanted(one) ? lines : 0), 0),
  };
}

export const recall = (of: Figures): number => of.found / Math.max(1, of.secrets);
export const precision = (of: Figures): number =>
  of.found / Math.max(1, of.found + of.falseAlarms + of.ruleFalseAlarms);
/** The harmonic mean of recall and precision. */
export function f1(of: Figures): number {
  const [p, r] = [precision(of), recall(of)];
  return p + r === 0 ? 0 : (2 * p * r) / (p + r);
}

/** Has the secret a form of its own? Labels say so; of snippets all but those whose provider is no issuer. */
function isStructured(unit: Unit): boolean {
  const label = unit.case.labels?.find((each) => each.start === unit.line && each.label === 'T');
  if (label !== undefined) return label.tier === 'provider';
  return unit.case.count === undefined && !NO_ISSUERS.has(unit.what);
}

const NO_ISSUERS = new Set(['generic', 'weak_password']);

/** The part of the scores that is about secrets with a form of their own. */
export function structured({ units }: Scored): Scored {
  return { units: units.filter((unit) => unit.kind === 'secret' && isStructured(unit)), extra: new Map() };
}

/**
 * Of what rules with a form of their own reported, how much was a secret? Near misses of one rule count as false, as everywhere.
 * @param isGeneric the rules whose keys have no form
 */
export function formedPrecision({ units }: Scored, isGeneric: (rule: string) => boolean): number {
  const reported = units.filter((unit) => unit.hit > 0 && unit.rules.some((rule) => !isGeneric(rule)));
  return reported.filter((unit) => unit.kind === 'secret').length / Math.max(1, reported.length);
}

export interface RuleRow {
  readonly rule: string;
  /** Secrets, clean lines and texts, and clean texts of one rule at which it reported something. */
  readonly found: number;
  readonly falseAlarms: number;
  readonly ruleFalseAlarms: number;
}

export function byRule({ units }: Scored): RuleRow[] {
  const rows = new Map<string, { found: number; falseAlarms: number; ruleFalseAlarms: number }>();
  for (const unit of units) {
    for (const rule of unit.rules) {
      const row = rows.get(rule) ?? { found: 0, falseAlarms: 0, ruleFalseAlarms: 0 };
      rows.set(rule, row);
      if (unit.kind === 'secret') row.found++;
      else if (unit.kind === 'clean') row.falseAlarms++;
      else row.ruleFalseAlarms++;
    }
  }
  return [...rows]
    .map(([rule, row]) => ({ rule, ...row }))
    .sort((a, b) => b.found - a.found || (a.rule < b.rule ? -1 : 1));
}

/** What is missed most: name, missed, all. */
export function worstMisses(
  { units }: Scored,
  wanted: (one: LabelledCase) => boolean = () => true,
): { what: string; missed: number; all: number }[] {
  const rows = new Map<string, { missed: number; all: number }>();
  for (const unit of units) {
    if (unit.kind !== 'secret' || !wanted(unit.case)) continue;
    const row = rows.get(unit.what) ?? { missed: 0, all: 0 };
    rows.set(unit.what, row);
    row.all += unit.of;
    row.missed += unit.of - unit.hit;
  }
  return [...rows]
    .map(([what, row]) => ({ what, ...row }))
    .filter((row) => row.missed > 0)
    .sort((a, b) => b.missed - a.missed || (a.what < b.what ? -1 : 1));
}

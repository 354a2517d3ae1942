// The judge of rules: built-in ones in a test, users' by `keyburn rules check`. All faults come at once.

import { type Detector, Engine } from './detector.ts';
import { compileFaults } from './faults.ts';
import { hostileFault } from './hostile.ts';
import type { RuleSet } from './load.ts';
import type { Fault, Rule } from './rule.ts';
import { type Filled, fillTemplate, TemplateError } from './template.ts';
import { wholeText } from './whole.ts';

interface Sighting {
  readonly rule: string;
  readonly from: number;
  readonly to: number;
  readonly malformed: boolean;
}

function see(detector: Detector, text: string): Sighting[] {
  return detector.look(wholeText(Buffer.from(text, 'utf8'))).findings.map((finding) => ({
    rule: finding.rule.id,
    from: finding.span.start,
    to: finding.span.end,
    malformed: finding.doubt === 'malformed',
  }));
}

/** Text around an example: nothing, before, behind, both sides, and characters that take more than a byte. */
const FILLER = 'The quick brown fox jumps over the lazy dog.\n'.repeat(30);
const PLACES: readonly { readonly name: string; readonly before: string; readonly behind: string }[] = [
  { name: 'alone', before: '', behind: '' },
  { name: 'at the start', before: '', behind: `\n${FILLER}` },
  { name: 'at the end', before: FILLER, behind: '' },
  { name: 'in the middle', before: FILLER, behind: `\n${FILLER}` },
  { name: 'after non-ASCII text', before: 'Zürich 鍵 🔑 – naïve\n', behind: '\n鍵' },
];

class Judge {
  readonly #set: RuleSet;
  readonly #all: Engine;
  readonly #generic: ReadonlySet<string>;
  readonly faults: Fault[] = [];

  constructor(set: RuleSet) {
    this.#set = set;
    this.#all = new Engine(set);
    this.#generic = new Set(set.rules.filter((rule) => rule.generic).map((rule) => rule.id));
  }

  run(): void {
    for (const rule of this.#set.rules) {
      for (const [i, template] of rule.match.entries()) this.#match(rule, template, `match ${i + 1}`);
      for (const [i, template] of rule.miss.entries()) this.#miss(rule, template, `miss ${i + 1}`);
      this.#literals(rule);
      const hostile = hostileFault(rule);
      if (hostile) this.#fault(rule, 'pattern', hostile);
    }
  }

  #fault(rule: Rule, field: string, problem: string): void {
    this.faults.push({ file: rule.file, rule: rule.id, field, problem });
  }

  #fill(rule: Rule, template: string, field: string): Filled | undefined {
    try {
      return fillTemplate(template, rule);
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      this.#fault(rule, field, error.message);
      return undefined;
    }
  }

  #match(rule: Rule, template: string, field: string): void {
    const filled = this.#fill(rule, template, field);
    if (filled === undefined) return;
    let expected: { from: number; to: number } | undefined = filled.secret && {
      from: Buffer.byteLength(filled.text.slice(0, filled.secret.from)),
      to: Buffer.byteLength(filled.text.slice(0, filled.secret.to)),
    };
    for (const place of PLACES) {
      const shift = Buffer.byteLength(place.before);
      const seen = see(this.#all, place.before + filled.text + place.behind);
      const own = seen.filter((one) => one.rule === rule.id);
      const first = own[0];
      if (first === undefined) {
        const others = seen.map((one) => one.rule);
        const why =
          others.length > 0
            ? `${others.join(', ')} took the bytes; one of the rules must be narrower, or generic`
            : 'the pattern, its conditions or its literals do not fit the example';
        this.#fault(rule, field, `not found ${place.name}: ${why}`);
        return;
      }
      if (own.length > 1) {
        this.#fault(rule, field, `found ${own.length} times ${place.name}; an example holds one secret`);
        return;
      }
      if (first.malformed) {
        this.#fault(
          rule,
          field,
          `found, but its ${rule.checksum} check fails; end it in {{checksum}} or make it whole`,
        );
        return;
      }
      expected ??= { from: first.from - shift, to: first.to - shift };
      if (first.from - shift !== expected.from || first.to - shift !== expected.to) {
        this.#fault(
          rule,
          field,
          `${place.name} it is found at ${first.from - shift}..${first.to - shift}, not at ${expected.from}..${expected.to}`,
        );
        return;
      }
      const rival = seen.find(
        (one) =>
          one.rule !== rule.id && !this.#generic.has(one.rule) && one.from < first.to && first.from < one.to,
      );
      if (rival) {
        this.#fault(
          rule,
          field,
          `${rival.rule} claims the same bytes; one of them must be narrower, or generic`,
        );
        return;
      }
    }
    const claimed = this.#claimants(rule, filled.text);
    if (claimed.length > 0 && !rule.generic) {
      this.#fault(
        rule,
        field,
        `${claimed.join(', ')} would claim the same secret; one of them must be narrower, or generic`,
      );
    }
  }

  /** Other specific rules that want exactly these bytes too. */
  #claimants(rule: Rule, text: string): string[] {
    const claims = this.#all
      .claims(wholeText(Buffer.from(text, 'utf8')))
      .filter((one) => one.doubt !== 'malformed');
    const own = claims.find((one) => one.by.rule.id === rule.id);
    const same = claims.filter(
      (one) => own && !one.by.rule.generic && one.start === own.start && one.end === own.end,
    );
    return [...new Set(same.map((one) => one.by.rule.id))].filter((id) => id !== rule.id);
  }

  #miss(rule: Rule, template: string, field: string): void {
    const filled = this.#fill(rule, template, field);
    if (filled === undefined) return;
    const found = see(this.#all, filled.text).some((one) => one.rule === rule.id && !one.malformed);
    if (found)
      this.#fault(rule, field, 'found, and must not be; make the pattern narrower or correct the example');
  }

  #literals(rule: Rule): void {
    const texts = rule.match.flatMap((template) => {
      try {
        return [fillTemplate(template, rule).text];
      } catch {
        return [];
      }
    });
    const fold = (text: string): string => (rule.fold ? text.toLowerCase() : text);
    const unused = rule.literals.filter(
      (literal) => !texts.some((text) => fold(text).includes(fold(literal))),
    );
    if (texts.length > 0 && unused.length === rule.literals.length) {
      this.#fault(rule, 'literals', 'none of them occurs in any `match`; add an example that shows one');
    }
  }
}

/**
 * Judges rules: every `match` is found once, at its exact range, alone, at the start, in the middle, at the end and after
 * non-ASCII text; no other specific rule claims it; no `miss` is found; literals occur; hostile text stays cheap.
 */
export function judgeRules(set: RuleSet): Fault[] {
  const broken = set.rules.flatMap(compileFaults);
  const ids = new Set(broken.map((fault) => fault.rule));
  const judge = new Judge({ ...set, rules: set.rules.filter((rule) => !ids.has(rule.id)) });
  judge.run();
  return [...broken, ...judge.faults];
}

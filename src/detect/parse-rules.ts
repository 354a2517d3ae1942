// Rule files -> rules. Loaded where rules have to be read anew: from one run to the next they are kept (rule-cache.ts).

import type { RuleSet } from './load.ts';
import type { Fault, Rule } from './rule.ts';
import { parseRuleFile } from './rule-file.ts';
import { digestOf } from './rules-digest.ts';

/** Rule files from memory: `text` by file name. Tests and `rules check` use it. */
export function parseRules(files: ReadonlyMap<string, string>): { set: RuleSet; faults: Fault[] } {
  const rules: Rule[] = [];
  const faults: Fault[] = [];
  const seen = new Map<string, string>();
  for (const [file, text] of files) {
    const parsed = parseRuleFile(text, file);
    faults.push(...parsed.faults);
    for (const rule of parsed.rules) {
      const other = seen.get(rule.id);
      if (other !== undefined) {
        faults.push({
          file,
          rule: rule.id,
          field: 'id',
          problem: `already taken in ${other}; choose another`,
        });
        continue;
      }
      seen.set(rule.id, file);
      rules.push(rule);
    }
  }
  return { set: { rules, digest: digestOf(files) }, faults };
}

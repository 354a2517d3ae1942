import { resolve } from 'node:path';
import {
  builtInRules,
  fillTemplate,
  judgeRules,
  loadRules,
  printFault,
  type RuleSet,
} from '../../detect/index.ts';
import { type Base, base } from '../../equip/index.ts';
import { SetupError } from '../../model/index.ts';
import type { Io } from '../io.ts';
import { printable } from '../words.ts';

export async function listRules(
  io: Io,
  options: { readonly rules: readonly string[]; readonly format: 'text' | 'jsonl'; readonly config?: string },
): Promise<number> {
  const made = await base(io, options);
  const own = [...made.config.rules, ...options.rules.map((folder) => resolve(folder))];
  const rules = await loadRules([builtInRules, ...own]);
  if (options.format === 'text') io.stdout.write(row('RULE', 'ISSUER', 'WHAT CAN BE DONE', 'TITLE'));
  for (const rule of rules.rules) {
    const service = rule.services.length === 1 ? made.services.get(rule.services[0] ?? '') : undefined;
    const can = (['check', 'contain', 'revoke'] as const).filter((verb) => service?.[verb] !== undefined);
    if (options.format === 'jsonl') {
      io.stdout.write(
        `${JSON.stringify({ id: rule.id, title: rule.title, severity: rule.severity, services: rule.services, can })}\n`,
      );
    } else {
      io.stdout.write(row(rule.id, rule.services.join('|') || '-', can.join(',') || '-', rule.title));
    }
  }
  return 0;
}

function row(id: string, issuer: string, can: string, title: string): string {
  return `${id.padEnd(44)} ${issuer.padEnd(12)} ${can.padEnd(22)} ${title}\n`;
}

/**
 * Judges rules as CI does, and the issuers of keyburn.toml beside them: all faults at once; exit code 1 when there are any.
 * Where no folder is named: the built-in rules and those of keyburn.toml.
 */
export async function checkRules(
  io: Io,
  dirs: readonly string[],
  options: { readonly config?: string },
): Promise<number> {
  const made = await judgedBase(io, options);
  const own = 'config' in made ? made.config.rules : [];
  const folders = dirs.length > 0 ? dirs.map((folder) => resolve(folder)) : [builtInRules, ...own];
  const rules = await loadRules(folders);
  if (rules.rules.length === 0)
    throw new SetupError(`${folders.map(printable).join(', ')}: no rules there`, {
      hint: 'name a folder that holds *.toml rule files; `keyburn rules check` alone judges the built-in ones',
    });
  const faults = judgeRules(rules).map(printFault);
  faults.push(...('config' in made ? issuerFaults(rules, made, dirs.length === 0) : made.faults));
  for (const fault of faults) io.stdout.write(`${fault}\n`);
  const issuers = 'config' in made ? made.config.service.length : 0;
  const some = (number: number, one: string) =>
    `${number === 0 ? 'no' : number} ${number === 1 ? one : `${one}s`}`;
  const counted = `${some(rules.rules.length, 'rule')}${issuers === 0 ? '' : `, ${some(issuers, 'issuer')} of your own`}`;
  io.stdout.write(`${counted}, ${some(faults.length, 'fault')}\n`);
  return faults.length === 0 ? 0 : 1;
}

/** What the rules need to know of keyburn.toml; its own faults are faults like theirs. */
async function judgedBase(
  io: Io,
  options: { readonly config?: string },
): Promise<Base | { readonly faults: readonly string[] }> {
  try {
    return await base(io, options);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    return { faults: error.message.split('\n') };
  }
}

/** A rule names an issuer that there is, and an issuer of one's own is named by a rule whose keys it knows. */
function issuerFaults({ rules }: RuleSet, { services, config }: Base, all: boolean): string[] {
  const faults: string[] = [];
  for (const rule of rules) {
    for (const id of rule.services) {
      const service = services.get(id);
      const at = { file: rule.file, rule: rule.id, field: 'services' };
      if (service === undefined)
        faults.push(
          printFault({
            ...at,
            problem: `there is no issuer "${id}"; define it as [[service]] in keyburn.toml`,
          }),
        );
      const { prefix } = service ?? {};
      if (
        prefix !== undefined &&
        !rule.match.some((example) => fillTemplate(example, rule).text.includes(prefix))
      )
        faults.push(
          printFault({
            ...at,
            problem: `keys of "${id}" begin with ${prefix}, and those of no match example do`,
          }),
        );
    }
  }
  const named = new Set(rules.flatMap((rule) => rule.services));
  const forgotten = config.service.flatMap(({ id }) =>
    typeof id === 'string' && !named.has(id) ? [id] : [],
  );
  if (all)
    faults.push(
      ...forgotten.map((id) => `${config.file ?? 'keyburn.toml'}: service ${id}: no rule names it`),
    );
  return faults;
}

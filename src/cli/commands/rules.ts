import { resolve } from 'node:path';
import { builtInRules, judgeRules, loadRules, printFault } from '../../detect/index.ts';
import { base } from '../../equip/index.ts';
import type { Io } from '../io.ts';

export async function listRules(
  io: Io,
  options: { readonly rules: readonly string[]; readonly format: 'text' | 'jsonl' },
): Promise<number> {
  const made = await base(io, {});
  const rules = await loadRules([builtInRules, ...options.rules.map((folder) => resolve(folder))]);
  for (const rule of rules.rules) {
    const service = rule.services.length === 1 ? made.services.get(rule.services[0] ?? '') : undefined;
    const can = (['check', 'contain', 'revoke'] as const).filter((verb) => service?.[verb] !== undefined);
    if (options.format === 'jsonl') {
      io.stdout.write(
        `${JSON.stringify({ id: rule.id, title: rule.title, severity: rule.severity, services: rule.services, can })}\n`,
      );
    } else {
      io.stdout.write(
        `${rule.id.padEnd(44)} ${(rule.services.join('|') || '-').padEnd(12)} ${(can.join(',') || '-').padEnd(22)} ${rule.title}\n`,
      );
    }
  }
  return 0;
}

/** Judges rules as CI does: all faults at once; exit code 1 when there are any. */
export async function checkRules(io: Io, dirs: readonly string[]): Promise<number> {
  const folders = dirs.length > 0 ? dirs.map((folder) => resolve(folder)) : [builtInRules];
  const rules = await loadRules(folders);
  const faults = judgeRules(rules);
  for (const fault of faults) io.stdout.write(`${printFault(fault)}\n`);
  io.stdout.write(
    faults.length === 0
      ? `${rules.rules.length} rules, no faults\n`
      : `${rules.rules.length} rules, ${faults.length} faults\n`,
  );
  return faults.length === 0 ? 0 : 1;
}

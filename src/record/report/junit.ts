// JUnit XML, as CI systems draw it: each key is a test case, failing by `--fail-on`; what was not read is an error.

import { type Entry, isDead, isUsable } from '../../model/index.ts';
import { advice } from './advice.ts';
import { escapeMarkup as text } from './markup.ts';
import type { Out, Reporter, ReportOptions } from './reporter.ts';

export function junitReporter(out: Out, options: ReportOptions): Reporter {
  const rerun = options.rerun ?? 'keyburn scan';
  const failOn = options.failOn ?? 'any';
  const cases: string[] = [];
  let failures = 0;
  return {
    entry(entry) {
      const fails = isFailure(entry, failOn);
      if (fails) failures += 1;
      cases.push(caseOf(entry, fails, rerun));
    },
    finish(summary) {
      for (const { path, why } of summary.skipped) {
        cases.push(
          `<testcase classname="keyburn" name="${text(`read ${path}`)}"><error type="skipped" message="${text(why)}"/></testcase>`,
        );
      }
      if (cases.length === 0) cases.push('<testcase classname="keyburn" name="no keys found"/>');
      const counts = `tests="${cases.length}" failures="${failures}" errors="${summary.skipped.length}"`;
      const time = `time="${(summary.elapsedMs / 1000).toFixed(3)}"`;
      out.write('<?xml version="1.0" encoding="UTF-8"?>\n');
      out.write(
        `<testsuites name="keyburn" ${counts} ${time}>\n<testsuite name="keyburn" ${counts} ${time}>\n`,
      );
      for (const item of cases) out.write(`${item}\n`);
      out.write('</testsuite>\n</testsuites>\n');
    },
  };
}

function isFailure({ verdict, receipt }: Entry, failOn: 'live' | 'any' | 'none'): boolean {
  switch (failOn) {
    case 'none':
      return false;
    case 'any':
      return true;
    case 'live':
      return isUsable(verdict) && !(receipt !== null && 'proof' in receipt && isDead(receipt.proof));
  }
}

function caseOf(entry: Entry, fails: boolean, rerun: string): string {
  const { place, verdict } = entry;
  const spot = `${place.path}:${place.line}:${place.column}`;
  const head = `<testcase classname="${text(entry.rule)}" name="${text(`${entry.title} ${entry.preview} in ${spot}`)}" file="${text(place.path)}" line="${place.line}"`;
  if (!fails) return `${head}/>`;
  const lines = [
    `where: ${[place, ...entry.otherPlaces].map((one) => `${one.path}:${one.line}:${one.column}`).join(', ')}`,
    ...(place.commit === undefined
      ? []
      : [`commit: ${place.commit} ${place.author ?? ''} ${place.date ?? ''}`]),
    `verdict: ${verdict.state}: ${verdict.why}`,
    `exposure: ${entry.exposure}`,
    `decision: ${entry.decision.act}: ${entry.decision.because}`,
    ...(entry.receipt === null ? [] : [`result: ${entry.receipt.outcome}: ${entry.receipt.note}`]),
    ...advice(entry, rerun).map((step) => `next: ${step}`),
    `id: ${entry.id}`,
  ];
  const message = `${verdict.state}, ${entry.exposure}: ${entry.title}`;
  return `${head}><failure type="${verdict.state}" message="${text(message)}">${lines.map(text).join('\n')}</failure></testcase>`;
}

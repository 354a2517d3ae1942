import { readFileSync, writeFileSync } from 'node:fs';
import { type Measured, median } from './measure.ts';

/** @param base the first is compared with each: what counts are ratios */
export function table(title: string, note: string, measured: readonly Measured[]): string {
  const own = median(measured[0]?.seconds ?? []);
  const rows = measured.map(({ name, seconds, cpu, peakMb, findings, exit }) => {
    const cells = [
      name,
      `${exit === undefined ? 'more than ' : ''}${median(seconds).toFixed(2)}`,
      seconds.length > 1
        ? `${Math.min(...seconds).toFixed(2)} to ${Math.max(...seconds).toFixed(2)}`
        : 'one run',
      exit === undefined ? '' : median(cpu).toFixed(1),
      (own / median(seconds)).toFixed(2),
      peakMb.toFixed(0),
      findings ?? '',
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    `### ${title}`,
    '',
    ...(note === '' ? [] : [note, '']),
    '| command | median s | min to max | CPU s | keyburn takes of it | peak MB | findings |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

const START = '<!-- measured: npm run bench writes this part -->';
const END = '<!-- end of what was measured -->';

/** Puts what was measured into the page, in place of what was measured before. */
export function renew(page: string, text: string): void {
  const old = readFileSync(page, 'utf8');
  const from = old.indexOf(START);
  const to = old.indexOf(END);
  if (from < 0 || to < from) throw new Error(`${page} has no part for what is measured`);
  writeFileSync(page, `${old.slice(0, from + START.length)}\n\n${text}\n${old.slice(to)}`);
}

// The runner's side of the house: workflow commands on stdout, and the files for outputs and the summary. The law of this
// file: text from a repository never becomes a command, and nothing but masks is written before the reading is over.

import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { plain } from '../record/index.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Kind = 'error' | 'warning' | 'notice';

// Per step and kind; 50 per job: https://github.com/actions/toolkit/issues/734
const MOST = 10;
// https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary
const SUMMARY_BYTES = 1024 * 1024;

export interface Spot {
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
  readonly col: number;
}

export interface Runner {
  /** Written at once. */
  mask(value: string): void;
  /** Written at once: a sign of life, without a word of the repository's. */
  pulse(text: string): void;
  /** These wait for `speak`. */
  line(text: string): void;
  annotate(kind: Kind, text: string, more?: { readonly title?: string; readonly at?: Spot }): void;
  /** How many annotations of this kind would still be shown. */
  room(kind: Kind): number;
  /** Writes what waits; from then on everything is written at once. */
  speak(): void;
  output(name: string, value: string): void;
  summary(markdown: string): void;
}

export function createRunner(env: Environment, out: { write(text: string): unknown }): Runner {
  let waiting: string[] | undefined = [];
  const used: Record<Kind, number> = { error: 0, warning: 0, notice: 0 };
  const write = (text: string): void => {
    if (waiting) waiting.push(text);
    else out.write(`${text}\n`);
  };
  const line = (text: string): void => {
    for (const one of text.split('\n')) write(harmless(one));
  };
  return {
    pulse: (text) => void out.write(`${harmless(text)}\n`),
    mask: (value) => void out.write(`::add-mask::${data(value)}\n`),
    line,
    room: (kind) => Math.max(0, MOST - used[kind]),
    annotate(kind, text, { title, at } = {}) {
      used[kind] += 1;
      if (used[kind] > MOST) {
        line(`${kind}: ${text}`);
        return;
      }
      const where = at === undefined ? [] : Object.entries(at).map(([name, value]) => [name, String(value)]);
      const properties = [...where, ...(title === undefined ? [] : [['title', title]])]
        .map(([name = '', value = '']) => `${name}=${property(value)}`)
        .join(',');
      write(`::${kind}${properties === '' ? '' : ` ${properties}`}::${data(text)}`);
    },
    speak() {
      const lines = waiting ?? [];
      waiting = undefined;
      for (const one of lines) out.write(`${one}\n`);
    },
    output(name, value) {
      const file = env.GITHUB_OUTPUT;
      if (!file) return;
      const end = `ghadelimiter_${randomUUID()}`;
      appendFileSync(file, `${name}<<${end}\n${value}\n${end}\n`);
    },
    summary(markdown) {
      const file = env.GITHUB_STEP_SUMMARY;
      if (file) appendFileSync(file, cut(markdown, SUMMARY_BYTES - 1));
    },
  };
}

/** https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** A line that the runner takes for text: it reads `::` at a line's start as a command, and the older `##[` anywhere. */
function harmless(text: string): string {
  return plain(text)
    .replaceAll('##[', '# #[')
    .replace(/^(\s*):(?=:)/, '$1: ');
}

/** Whole lines up to so many bytes. */
export function cut(text: string, bytes: number): string {
  const whole = Buffer.from(text, 'utf8');
  if (whole.length <= bytes) return text;
  const end = whole.lastIndexOf('\n', bytes - 1);
  return whole.toString('utf8', 0, Math.max(0, end + 1));
}

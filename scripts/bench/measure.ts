// Whole commands, timed in turn (A B C A B C …), so that a machine whose speed drifts is fair to all.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Contender {
  readonly name: string;
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Counts findings in what it printed. */
  readonly count?: (stdout: string) => number;
  /** Seconds after which it is ended; it then runs once. */
  readonly limit?: number;
  /** Runs once, whatever it takes. */
  readonly once?: true;
  /** Runs once before anything is measured: it remembers. */
  readonly primed?: true;
}

export interface Measured {
  readonly name: string;
  readonly seconds: number[];
  /** User and system time of the command and all that it started. */
  readonly cpu: number[];
  /** Of the command and all that it started, together; shared pages count once. In the first run. */
  peakMb: number;
  findings: number | undefined;
  /** Undefined where it was ended at its limit. */
  exit: number | null | undefined;
}

/** Who takes longer than this has no warm-up, and runs once. */
const SLOW_SECONDS = 20;
const SAMPLE_MS = 100;

interface Run {
  readonly seconds: number;
  readonly cpu: number;
  readonly peakMb: number;
  readonly stdout: string;
  readonly exit: number | null | undefined;
}

export async function race(contenders: readonly Contender[], runs: number): Promise<Measured[]> {
  const all = contenders.map((contender) => ({
    contender,
    done: false,
    result: {
      name: contender.name,
      seconds: [],
      cpu: [],
      peakMb: 0,
      findings: undefined,
      exit: 0,
    } as Measured,
  }));
  for (let run = -1; run < runs; run += 1) {
    for (const one of all) {
      if (one.done) continue;
      const { contender, result } = one;
      if (run < 0 && contender.primed) await runOnce(contender, false);
      const made = await runOnce(contender, run < 0);
      process.stderr.write(
        `${run < 0 ? 'first' : `run ${run + 1}`}: ${contender.name} ${made.seconds.toFixed(2)} s\n`,
      );
      one.done = contender.once === true || made.exit === undefined || made.seconds > SLOW_SECONDS;
      if (run >= 0 || one.done) {
        result.seconds.push(made.seconds);
        result.cpu.push(made.cpu);
      }
      if (run < 0) result.peakMb = made.peakMb;
      result.findings = made.exit === undefined ? undefined : contender.count?.(made.stdout);
      result.exit = made.exit;
    }
  }
  return all.map(({ result }) => result);
}

/** @param sampled memory is looked at while it runs, which takes a little time */
function runOnce(contender: Contender, sampled: boolean): Promise<Run> {
  return new Promise((done, refuse) => {
    const began = performance.now();
    const child = spawn('/usr/bin/time', ['-f', '\n%U %S %M', ...contender.argv], {
      stdio: ['ignore', contender.count ? 'pipe' : 'ignore', 'pipe'],
      env: { ...process.env, ...contender.env },
      detached: true,
    });
    const out: Buffer[] = [];
    let said = '';
    let peak = 0;
    let over = false;
    child.stdout?.on('data', (piece: Buffer) => out.push(piece));
    child.stderr?.on('data', (piece: Buffer) => {
      said = (said + piece.toString('utf8')).slice(-4096);
    });
    const sampling = setInterval(() => {
      if (sampled && child.pid !== undefined) peak = Math.max(peak, treeMb(child.pid));
    }, SAMPLE_MS);
    const limit = setTimeout(
      () => {
        over = true;
        // The group that was made for this command alone.
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      },
      (contender.limit ?? 3600) * 1000,
    );
    const stop = (): void => {
      clearInterval(sampling);
      clearTimeout(limit);
    };
    child.on('error', (error) => {
      stop();
      refuse(error);
    });
    child.on('close', (exit) => {
      stop();
      const [user = 0, system = 0, most = 0] = (said.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
      done({
        seconds: (performance.now() - began) / 1000,
        cpu: user + system || 0,
        peakMb: Math.max(peak, peak === 0 && most ? most / 1024 : 0),
        stdout: Buffer.concat(out).toString('utf8'),
        exit: over ? undefined : exit,
      });
    });
  });
}

/** Proportional memory of a process and all below it, in MB; 0 where /proc does not say. */
function treeMb(pid: number): number {
  let sum = 0;
  const open = [pid];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    try {
      const children = readFileSync(`/proc/${one}/task/${one}/children`, 'utf8').trim();
      if (children !== '') open.push(...children.split(' ').map(Number));
      const pss = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${one}/smaps_rollup`, 'utf8'))?.[1];
      sum += Number(pss ?? 0) / 1024;
    } catch {
      // It has ended meanwhile.
    }
  }
  return sum;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

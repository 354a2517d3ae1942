// Law 1: a secret never leaves by accident. Everything that a full run writes is searched for the planted keys.
import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { type Stage, setStage } from './stage.ts';

let stage: Stage | undefined;
afterEach(() => stage?.close());

/** The forms in which a careless line could carry a key. */
function forms(key: string): readonly string[] {
  const base64 = [0, 1, 2].map((shift) => {
    // The middle of a base64 text that has the key at any of the three alignments.
    const whole = Buffer.from(`${'x'.repeat(shift)}${key}`, 'utf8').toString('base64');
    return whole.slice(4, -4);
  });
  const escaped = key.replace(/./g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const percent = key.replace(/./g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  return [
    key,
    encodeURIComponent(key),
    JSON.stringify(key).slice(1, -1),
    Buffer.from(key).toString('hex'),
    escaped,
    percent,
    ...base64,
  ];
}

function leaksIn(text: string | Buffer, keys: readonly string[]): string[] {
  const searched = typeof text === 'string' ? text : text.toString('latin1');
  return keys.flatMap(forms).filter((form) => searched.includes(form));
}

describe('nothing that is written holds the key', () => {
  it('finds a planted form, or the search itself would prove nothing', () => {
    const key = 'kbk_live_0123456789abcdef';
    expect(leaksIn(`a ${key} b`, [key])).not.toEqual([]);
    expect(leaksIn(Buffer.from(`{"a":"${Buffer.from(`x=${key}`).toString('base64')}"}`), [key])).not.toEqual(
      [],
    );
  });

  it("in any format, armed and not, on stdout, stderr, disk, the ledger, the webhook or the issuer's log", async () => {
    stage = await setStage();
    const keys = [stage.key, stage.rootKey];
    const runs = [
      ['scan', stage.repository],
      ...['json', 'jsonl', 'sarif', 'junit', 'html'].map((format) => [
        'scan',
        stage?.repository ?? '',
        '--format',
        format,
        '--output',
        `${stage?.folder}/report.${format}`,
      ]),
      ['scan', stage.repository, '--offline', '--format', 'jsonl'],
      ['scan', stage.repository, '--revoke'],
      ['scan', stage.repository, '--revoke', '--format', 'jsonl'],
      ['incidents', 'list'],
      ['incidents', 'list', '--format', 'jsonl'],
    ];
    for (const args of runs) {
      const ran = await stage.run(args);
      expect(leaksIn(ran.stdout, keys), `stdout of ${args.join(' ')}`).toEqual([]);
      expect(leaksIn(ran.stderr, keys), `stderr of ${args.join(' ')}`).toEqual([]);
    }
    for (const verb of [['verify'], ['why'], ['revoke', '--exposure', 'public']]) {
      const ran = await stage.run(verb, stage.key);
      expect(leaksIn(ran.stdout + ran.stderr, keys), verb.join(' ')).toEqual([]);
    }
    const files = await stage.written();
    expect(
      [...files.keys()].some((path) => path.includes('ledger')),
      'the ledger was written',
    ).toBe(true);
    for (const [path, bytes] of files) expect(leaksIn(bytes, keys), path).toEqual([]);
    expect(stage.told.length).toBeGreaterThan(0);
    for (const { body } of stage.told) expect(leaksIn(body, keys)).toEqual([]);
    expect(leaksIn(stage.issuerLog.join('\n'), keys)).toEqual([]);
    for (const line of stage.requests) expect(leaksIn(line, keys), 'no key in a URL').toEqual([]);
  }, 120_000);

  it.runIf(process.platform === 'linux')(
    'in argv or the environment of a process that it starts',
    async () => {
      stage = await setStage();
      const seen: string[] = [];
      const current = stage;
      stage.meddle = async (_request, _response, forward) => {
        seen.push(...commandLinesBelow(current.running?.pid));
        return forward();
      };
      await stage.run(['scan', stage.repository, '--revoke']);
      expect(seen.length).toBeGreaterThan(0);
      expect(leaksIn(seen.join('\n'), [stage.key])).toEqual([]);
    },
  );
});

/** argv of every process whose parent chain leads to `root`, and of `root` itself. */
function commandLinesBelow(root: number | undefined): string[] {
  const lines: string[] = [];
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const parent = Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]);
      if (Number(pid) === root || parent === root) lines.push(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
    } catch {
      // It ended while we looked.
    }
  }
  return lines;
}

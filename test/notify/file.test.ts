import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fingerprint, folder, incident, notifier } from './parts.ts';

async function lines(file: string): Promise<Record<string, unknown>[]> {
  const text = await readFile(file, 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('the file channel', () => {
  test('appends one object a line, in a file that only its owner reads, in folders that it makes', async () => {
    const base = await folder();
    const { enqueue, flush } = await notifier([{ name: 'log', kind: 'file', path: 'deep/told.jsonl' }], {
      base,
    });
    await enqueue(incident(), 'found-live');
    await enqueue(incident(), 'burned');
    expect(await flush()).toEqual({ sent: 2, kept: [] });
    const file = join(base, 'deep', 'told.jsonl');
    expect(await lines(file)).toMatchObject([
      { type: 'incident.found-live', text: expect.stringContaining('still works') },
      { type: 'incident.burned', data: { incident: { id: fingerprint(1) } } },
    ]);
    expect((await stat(file)).mode & 0o077).toBe(0);
  });

  test('killed between writing and saying so: the line stands once', async () => {
    const base = await folder();
    const channel = { name: 'log', kind: 'file', path: 'told.jsonl' };
    const { enqueue, flush, outbox, clock } = await notifier([channel], { base });
    const sent = outbox.sent.bind(outbox);
    outbox.sent = () => Promise.reject(new Error('killed here'));
    await enqueue(incident(), 'burned');
    await expect(flush()).rejects.toThrow('killed here');
    expect(await lines(join(base, 'told.jsonl'))).toHaveLength(1);
    outbox.sent = sent;
    clock.ms += 3600_000;
    expect(await flush()).toEqual({ sent: 1, kept: [] });
    expect(await lines(join(base, 'told.jsonl'))).toHaveLength(1);
  });

  test('a line that a crash cut off spoils no other', async () => {
    const base = await folder();
    await writeFile(join(base, 'told.jsonl'), '{"id":"msg_x"}\n{"id":"msg_cut');
    const { enqueue, flush } = await notifier([{ name: 'log', kind: 'file', path: 'told.jsonl' }], { base });
    await enqueue(incident(), 'burned');
    await flush();
    const text = await readFile(join(base, 'told.jsonl'), 'utf8');
    expect(text.startsWith('{"id":"msg_x"}\n{"id":"msg_cut\n{"id":"msg_')).toBe(true);
    expect(text.endsWith('}\n')).toBe(true);
  });

  test('an id inside of a text is not taken for the line itself', async () => {
    const base = await folder();
    const file = join(base, 'told.jsonl');
    const first = await notifier([{ name: 'log', kind: 'file', path: 'told.jsonl' }], { base });
    await first.enqueue(incident(), 'burned');
    await first.flush();
    const id = String((await lines(file))[0]?.id);
    await writeFile(file, `{"id":"other","text":"${id}"}\n`);
    const second = await notifier([{ name: 'log', kind: 'file', path: 'told.jsonl' }], { base });
    await second.enqueue(incident(), 'burned');
    await second.flush();
    expect(await lines(file)).toHaveLength(2);
  });

  test('a place that cannot be written keeps the message', async () => {
    const base = await folder();
    await mkdir(join(base, 'told.jsonl'));
    const { enqueue, flush } = await notifier([{ name: 'log', kind: 'file', path: 'told.jsonl' }], { base });
    await enqueue(incident(), 'burned');
    expect((await flush()).kept).toEqual([
      { channel: 'log', kind: 'burned', why: 'the file cannot be written (EISDIR)' },
    ]);
  });
});

// Appends one JSON object a line. A message stands in the file once, even where we were killed after writing and before
// saying so: its id is looked for first.

import { createReadStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Channel, Delivery, Letter } from './channel.ts';
import type { ChannelConfig } from './channels.ts';
import { eventOf } from './event.ts';
import type { Lookup } from './held.ts';
import { codeOf } from './post.ts';

export function file(config: Extract<ChannelConfig, { kind: 'file' }>, { base }: Lookup): Channel {
  const path = resolve(base, config.path);
  return { name: config.name, kinds: new Set(config.kinds), deliver: (letter) => append(path, letter) };
}

async function append(path: string, letter: Letter): Promise<Delivery> {
  try {
    await mkdir(dirname(path), { recursive: true });
    const handle = await open(path, 'a+', 0o600);
    try {
      const { size } = await handle.stat();
      if (size > 0 && (await holds(path, letter.id))) return { outcome: 'delivered' };
      const last = Buffer.alloc(1);
      if (size > 0) await handle.read(last, 0, 1, size - 1);
      // A line that was cut off by a crash stays a line of its own.
      const start = size > 0 && last[0] !== 0x0a ? '\n' : '';
      await handle.appendFile(`${start}${JSON.stringify(eventOf(letter))}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return { outcome: 'delivered' };
  } catch (error) {
    return { outcome: 'refused', why: `the file cannot be written (${codeOf(error)})`, passing: false };
  }
}

async function holds(path: string, id: string): Promise<boolean> {
  const lines = createInterface({
    input: createReadStream(path, 'utf8'),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  try {
    for await (const line of lines) {
      if (line.includes(id) && idOf(line) === id) return true;
    }
    return false;
  } finally {
    lines.close();
  }
}

function idOf(line: string): unknown {
  try {
    const parsed: unknown = JSON.parse(line);
    return typeof parsed === 'object' && parsed !== null && 'id' in parsed ? parsed.id : undefined;
  } catch {
    return undefined;
  }
}

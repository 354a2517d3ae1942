// Reads what a person pastes: `curl -i`, `curl -iL`, `curl -v` or `http --print=hb` output, or a JSON body alone.

import { z } from 'zod';
import type { HttpResponse } from './service.ts';

const STATUS_LINE = /^HTTP\/\d(?:\.\d)? (\d{3})(?: .*)?$/;

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

const code = z.coerce.number().int().min(100).max(599);
const selfTold = z
  .object({
    status: code.optional(),
    statusCode: code.optional(),
    error: z.object({ status: code }).optional().catch(undefined),
  })
  .partial();

/** The status that a body tells of itself; 0 where it does not. */
function statusOf(json: unknown): number {
  const told = selfTold.safeParse(json).data;
  return told?.status ?? told?.statusCode ?? told?.error?.status ?? 0;
}

/** `curl -v` marks every line; what it sent and its own remarks are dropped (the request may hold the key). */
function withoutMarks(lines: readonly string[]): string[] {
  if (!lines.some((line) => line.startsWith('< HTTP/'))) return [...lines];
  return lines
    .filter((line) => !/^(?:[*>](?: |$)|[{}] \[\d+ bytes data\])/.test(line))
    .map((line) => (/^<(?: |$)/.test(line) ? line.slice(2) : line));
}

/** The last response in a text, after redirects and interim answers; undefined where there is none. `status` 0: the text does not tell. */
export function parseHttpResponse(text: string): HttpResponse | undefined {
  const plain = text.replace(/^\uFEFF/, '');
  const lines = withoutMarks(plain.split(/\r?\n/));
  let at = lines.findIndex((line) => line.trim() !== '');
  if (at < 0) return undefined;
  if (!STATUS_LINE.test(lines[at] ?? '')) {
    const json = jsonOf(plain);
    return typeof json === 'object' && json !== null
      ? { status: statusOf(json), headers: {}, body: plain, json }
      : undefined;
  }
  let status = 0;
  // A map: a stranger's header may be called `constructor`.
  let headers = new Map<string, string>();
  for (let line = STATUS_LINE.exec(lines[at] ?? ''); line; line = STATUS_LINE.exec(lines[at] ?? '')) {
    status = Number(line[1]);
    headers = new Map();
    at += 1;
    let last = '';
    for (; at < lines.length && lines[at]?.trim() !== ''; at += 1) {
      const header = lines[at] ?? '';
      const [, name, value = ''] = /^([^:\s]+):\s*(.*)$/.exec(header) ?? [];
      if (name !== undefined) last = name.toLowerCase();
      const before = headers.get(last);
      if (name !== undefined)
        headers.set(last, before === undefined ? value.trim() : `${before}, ${value.trim()}`);
      else if (/^[ \t]/.test(header) && before !== undefined) headers.set(last, `${before} ${header.trim()}`);
    }
    while (at < lines.length && lines[at]?.trim() === '') at += 1;
  }
  const body = lines.slice(at).join('\n').trimEnd();
  return { status, headers: Object.fromEntries(headers), body, json: jsonOf(body) };
}

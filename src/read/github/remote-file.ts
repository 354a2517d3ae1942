// A file in the storage that GitHub refers to. Addresses there are good for a minute, so a file that takes longer is asked for
// again; it is read in blocks, so that no file has to fit in memory or on disk.

import type { ZipSource } from '../archive/index.ts';
import { type Ask, Refusal } from './ask.ts';

const BLOCK = 8 * 1024 * 1024;
const KEPT = 3;
/** A server that knows no ranges gives the whole file or nothing. */
const HELD = 64 * 1024 * 1024;
const RENEWALS = 50;

export type RemoteFile = ZipSource & {
  readonly size: number;
  /** Its first bytes. */
  readonly head: Buffer;
};

/** @param path in the API; @throws Refusal, Exhausted */
export async function openRemoteFile(ask: Ask, path: string, accept?: string): Promise<RemoteFile> {
  const where = await ask.file(path, accept);
  if ('body' in where) return await held(where.body);
  return await new Blocks(ask, path, accept, where.address).open();
}

class Blocks {
  readonly #ask: Ask;
  readonly #path: string;
  readonly #accept: string | undefined;
  #address: string;
  #renewals = 0;
  readonly #kept = new Map<number, Promise<Buffer>>();

  constructor(ask: Ask, path: string, accept: string | undefined, address: string) {
    this.#ask = ask;
    this.#path = path;
    this.#accept = accept;
    this.#address = address;
  }

  async open(): Promise<RemoteFile> {
    const { status, data, headers } = await this.#part(0);
    const total = /^bytes \d+-\d+\/(\d+)$/.exec(String(headers['content-range'] ?? ''))?.[1];
    if (status !== 206 || total === undefined) return await held(data);
    const size = Number(total);
    this.#kept.set(0, collect(data, BLOCK));
    const head = (await this.#block(0)).subarray(0, 512);
    return { kind: 'parts', size, head, read: (from, to) => this.#read(from, Math.min(to, size)) };
  }

  async *#read(from: number, to: number): AsyncGenerator<Uint8Array> {
    for (let at = from; at < to; ) {
      const number = Math.floor(at / BLOCK);
      const block = await this.#block(number);
      const start = at - number * BLOCK;
      const piece = block.subarray(start, Math.min(block.length, to - number * BLOCK));
      if (piece.length === 0) throw new Error('the storage gave less than it had promised');
      at += piece.length;
      yield piece;
    }
  }

  #block(number: number): Promise<Buffer> {
    const known = this.#kept.get(number);
    if (known !== undefined) return known;
    const block = this.#part(number * BLOCK).then(({ status, data }) => {
      if (status === 206) return collect(data, BLOCK);
      throw new Error('the storage forgot how to give a part');
    });
    block.catch(() => undefined);
    this.#kept.set(number, block);
    for (const old of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break;
      this.#kept.delete(old);
    }
    return block;
  }

  /** Storage answers 403, 404 or 410 to an address that has run out. */
  async #part(from: number) {
    for (;;) {
      try {
        return await this.#ask.part(this.#address, { range: `bytes=${from}-${from + BLOCK - 1}` });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        // No range of a file without bytes can be given.
        if (error.status === 416 && from === 0) return { status: 200, data: undefined, headers: {} };
        const ranOut =
          error.status === 401 || error.status === 403 || error.status === 404 || error.status === 410;
        this.#renewals += 1;
        if (!ranOut || this.#renewals > RENEWALS || (from === 0 && this.#renewals > 2)) throw error;
        const where = await this.#ask.file(this.#path, this.#accept);
        if ('body' in where) throw new Error('the storage moved while the file was read');
        this.#address = where.address;
      }
    }
  }
}

async function held(body: unknown): Promise<RemoteFile> {
  const bytes = await collect(body, HELD);
  return { kind: 'bytes', bytes, size: bytes.length, head: bytes.subarray(0, 512) };
}

async function collect(body: unknown, most: number): Promise<Buffer> {
  if (!(body instanceof ReadableStream)) return Buffer.alloc(0);
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body as ReadableStream<Uint8Array>) {
    length += piece.length;
    if (length > most)
      throw new Error(`the storage gives no parts of it, and it is larger than ${most} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

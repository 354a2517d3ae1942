// What counts as text. Git's own rule (a NUL byte among the first 8000) says what is binary, except that UTF-16 is
// text for people: it becomes UTF-8 here, and offsets count in that. Other bytes are handed on as they are.

import type { Origin, Sink } from '../model/index.ts';
import { LogWindow } from './logs/log-window.ts';
import { STEP, Window } from './window.ts';

/** As many bytes as git looks at: xdiff-interface.c, FIRST_FEW_BYTES. */
export const HEAD = 8000;
/** A stream decides at once: UTF-16 shows in its first characters, and nothing else is left out of a stream. */
const STREAM_HEAD = 8;
/** UTF-16 without a byte order mark: this share of the units has a NUL half, and always the same half. */
const NUL_SHARE = 0.3;

export type Kind = 'text' | 'binary' | 'utf-16le' | 'utf-16be';

/** Judges a text by its beginning. */
export function kindOf(bytes: Uint8Array, streaming = false): Kind {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const head = bytes.subarray(0, streaming ? STREAM_HEAD : HEAD);
  const first = head.indexOf(0);
  if (first < 0) return 'text';
  const nuls = [0, 0];
  for (let index = first; index >= 0; index = head.indexOf(0, index + 1))
    nuls[index & 1] = (nuls[index & 1] ?? 0) + 1;
  const [even = 0, odd = 0] = nuls;
  const enough = Math.max(1, (head.length >> 1) * NUL_SHARE);
  if (even === 0 && odd >= enough) return 'utf-16le';
  if (odd === 0 && even >= enough) return 'utf-16be';
  return streaming ? 'text' : 'binary';
}

/** A whole UTF-16 text as UTF-8. */
export function decodeWhole(bytes: Uint8Array, kind: 'utf-16le' | 'utf-16be'): Uint8Array {
  return Buffer.from(new TextDecoder(kind).decode(bytes), 'utf8');
}

/** Looks at a text that is in memory as a whole. */
export function lookWhole(sink: Sink, origin: Origin, bytes: Uint8Array): void {
  const kind = kindOf(bytes);
  switch (kind) {
    case 'binary':
      sink.advance({ binary: 1 });
      return;
    case 'utf-16le':
    case 'utf-16be':
    case 'text': {
      const text = kind === 'text' ? bytes : decodeWhole(bytes, kind);
      if (text.length === 0) return;
      sink.look({
        origin,
        bytes: text,
        offset: 0,
        line: 1,
        column: 1,
        ranges: [{ from: 0, to: text.length }],
      });
    }
  }
}

export interface TextOptions {
  /** Endless and never binary: judged by its first bytes so that nothing waits. */
  readonly streaming?: boolean;
  readonly step?: number;
  /** Colours and time stamps are no part of it, and lines may be broken. */
  readonly log?: boolean;
}

/** A text that arrives in pieces. */
export class Text {
  readonly #sink: Sink;
  readonly #window: Window | LogWindow;
  readonly #streaming: boolean;
  #head: Uint8Array | undefined = new Uint8Array(0);
  #kind: Kind = 'text';
  #decoder: InstanceType<typeof TextDecoder> | undefined;

  constructor(sink: Sink, origin: Origin, options: TextOptions = {}) {
    this.#sink = sink;
    this.#streaming = options.streaming ?? false;
    const { log = false, step } = options;
    this.#window = log ? new LogWindow(sink, origin, step) : new Window(sink, origin, step ?? STEP);
  }

  /** Nothing of what follows will be looked at. */
  get binary(): boolean {
    return this.#kind === 'binary';
  }

  /** @returns whether something had its full look */
  write(bytes: Uint8Array): boolean {
    if (this.#head === undefined) return this.#pass(bytes);
    this.#head = this.#head.length === 0 ? Buffer.from(bytes) : Buffer.concat([this.#head, bytes]);
    return this.#head.length >= (this.#streaming ? STREAM_HEAD : HEAD) && this.#judge();
  }

  /** The stream is quiet. */
  pause(): void {
    if (this.#head === undefined) this.#window.pause();
  }

  end(): void {
    if (this.#head !== undefined) this.#judge();
    if (this.#decoder) this.#window.write(Buffer.from(this.#decoder.decode(), 'utf8'));
    this.#window.end();
  }

  #judge(): boolean {
    const head = this.#head ?? new Uint8Array(0);
    this.#head = undefined;
    this.#kind = kindOf(head, this.#streaming);
    if (this.#kind === 'binary') this.#sink.advance({ binary: 1 });
    if (this.#kind === 'utf-16le' || this.#kind === 'utf-16be') this.#decoder = new TextDecoder(this.#kind);
    return this.#pass(head);
  }

  #pass(bytes: Uint8Array): boolean {
    if (this.#kind === 'binary') return false;
    return this.#window.write(
      this.#decoder ? Buffer.from(this.#decoder.decode(bytes, { stream: true }), 'utf8') : bytes,
    );
  }
}

import type { Origin, Sink } from '../model/index.ts';
import type { Heading, ObjectHandler, Taker } from './objects.ts';
import { lookWhole, Text } from './text.ts';

/** Objects up to this size are put together and looked at whole; larger ones in ranges. */
const WHOLE = 4 * 1024 * 1024;

/** Shows the text of blobs, commits and tags to a sink. Trees hold names only and are passed over. */
export class ObjectLooker implements ObjectHandler {
  readonly #sink: Sink;
  readonly #repository: string;
  #buffer = new Uint8Array(256 * 1024);

  constructor(sink: Sink, repository: string) {
    this.#sink = sink;
    this.#repository = repository;
  }

  whole(heading: Heading, content: Uint8Array): void {
    const { oid, type } = heading;
    switch (type) {
      case 'tree':
        return;
      case 'blob':
        this.#sink.advance({ blobs: 1, bytes: content.length });
        lookWhole(this.#sink, this.#originOf(heading), content);
        return;
      case 'commit':
      case 'tag':
        this.#sink.advance({ bytes: content.length, ...(type === 'commit' ? { commits: 1 } : {}) });
        lookWhole(
          this.#sink,
          { kind: 'message', repository: this.#repository, oid, of: type },
          messageOf(content),
        );
    }
  }

  begin(heading: Heading): Taker | undefined {
    if (heading.type === 'tree') return undefined;
    return heading.size <= WHOLE ? this.#assemble(heading) : this.#stream(heading);
  }

  missing(oid: string): void {
    this.#sink.skip({ path: `object ${oid}`, why: 'git has no such object: damaged, or not fetched' });
  }

  #originOf(heading: Heading): Origin {
    const { oid } = heading;
    if (heading.type === 'commit' || heading.type === 'tag')
      return { kind: 'message', repository: this.#repository, oid, of: heading.type };
    return { kind: 'blob', repository: this.#repository, oid };
  }

  #assemble(heading: Heading): Taker {
    if (this.#buffer.length < heading.size) this.#buffer = new Uint8Array(Math.min(WHOLE, heading.size * 2));
    const buffer = this.#buffer;
    let length = 0;
    return {
      piece: (bytes) => {
        buffer.set(bytes, length);
        length += bytes.length;
      },
      end: () => this.whole(heading, buffer.subarray(0, length)),
    };
  }

  /** A message of more than 4 MB is shown with its headers: nobody writes one, but it must not hide anything. */
  #stream(heading: Heading): Taker {
    const text = new Text(this.#sink, this.#originOf(heading));
    return {
      piece: (bytes) => {
        this.#sink.advance({ bytes: bytes.length });
        text.write(bytes);
      },
      end: () => {
        text.end();
        this.#sink.advance(
          heading.type === 'blob' ? { blobs: 1 } : heading.type === 'commit' ? { commits: 1 } : {},
        );
      },
    };
  }
}

/** What stands behind the headers (a signature is a header) of a commit or tag. */
export function messageOf(content: Uint8Array): Uint8Array {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.length);
  const blank = bytes.indexOf('\n\n');
  return blank < 0 ? bytes.subarray(bytes.length) : bytes.subarray(blank + 2);
}

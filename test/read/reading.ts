import { open, type Reader, type ReadOptions } from '../../src/read/index.ts';
import { Listener } from './listener.ts';

export const ALL: ReadOptions = {
  history: 'auto',
  mode: { kind: 'all' },
  exhaustive: false,
  attribution: true,
};

export interface Reading {
  readonly reader: Reader;
  readonly listener: Listener;
}

export async function read(target: string, options: Partial<ReadOptions> = {}): Promise<Reading> {
  const reader = await open(target, { ...ALL, ...options });
  const listener = new Listener();
  await reader.run(listener);
  return { reader, listener };
}

/** Places as short lines: `path:line commit pushed`. */
export async function placed({ reader, listener }: Reading): Promise<string[][]> {
  const located = await reader.locate(listener.heard);
  return located.map(({ places }) =>
    places.map(
      ({ place, pushed }) => `${place.path}:${place.line} ${place.commit?.slice(0, 7) ?? '-'} ${pushed}`,
    ),
  );
}

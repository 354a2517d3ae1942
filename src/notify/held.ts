// Addresses and credentials that are secrets. They live in closures, so that nothing that prints, logs or serialises a
// channel can show one; and they are looked up when a run starts, not when something has to be told.

import { readFileSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { resolve } from 'node:path';
import { SetupError } from '../model/index.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Gives the characters to whoever sends them; to nobody else. */
type Held = () => string;

export interface Lookup {
  readonly env: Environment;
  /** Folder that relative paths of the configuration start from. */
  readonly base: string;
}

type Named = { readonly name: string };

/** The value of `<field>-env` or `<field>-file`; undefined where neither is given. */
export function held(channel: Named, field: string, { env, base }: Lookup): Held | undefined {
  const fields = channel as Readonly<Record<string, unknown>>;
  const variable = fields[`${field}-env`];
  const file = fields[`${field}-file`];
  if (typeof variable === 'string') {
    const value = env[variable]?.trim();
    if (value) return () => value;
    throw new SetupError(`keyburn.toml: notify ${channel.name}: ${field}-env: ${variable} is not set`, {
      hint: `set ${variable} where keyburn runs, or take the channel out`,
    });
  }
  if (typeof file === 'string') {
    const value = read(resolve(base, file), channel.name, field);
    return () => value;
  }
  return undefined;
}

function read(file: string, name: string, field: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new SetupError(`keyburn.toml: notify ${name}: ${field}-file: ${file} cannot be read`, {
      hint: 'check the path and its permissions',
      cause: error,
    });
  }
  if (text) return text;
  throw new SetupError(`keyburn.toml: notify ${name}: ${field}-file: ${file} is empty`, {
    hint: `put the ${field} into it, on one line`,
  });
}

/** The address of a channel, judged once: https, or http where that cannot leave the machine or the operator allows it. */
export function addressOf(
  channel: Named & { readonly internal: boolean; readonly url?: string | undefined },
  lookup: Lookup,
): Held {
  const open = channel.url;
  const address = open === undefined ? held(channel, 'url', lookup) : () => open;
  const where = `keyburn.toml: notify ${channel.name}: url`;
  const url = address === undefined ? null : URL.parse(address());
  if (!address || !url || !/^https?:$/.test(url.protocol)) {
    throw new SetupError(`${where}: not a web address`, { hint: 'it starts with https://' });
  }
  if (url.username !== '' || url.password !== '') {
    throw new SetupError(`${where}: has a user name or password in it`, {
      hint: 'the signature proves who sent it',
    });
  }
  if (url.protocol === 'http:' && !channel.internal && !isThisMachine(url.hostname)) {
    throw new SetupError(`${where}: not encrypted`, {
      hint: 'use https, or say internal = true for a host of your own',
    });
  }
  return address;
}

export function isThisMachine(host: string): boolean {
  return (
    host === 'localhost' || host === '[::1]' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))
  );
}

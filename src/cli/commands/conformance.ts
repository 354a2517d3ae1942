import {
  conformToContract,
  conformToOAuth,
  isLoopback,
  type Result,
  UNREACHED,
} from '../../keyservice/index.ts';
import { SetupError } from '../../model/index.ts';
import { type Io, readStdin } from '../io.ts';
import { printable } from '../words.ts';

export interface ConformanceOptions {
  readonly profile: 'contract' | 'oauth';
  readonly format: 'text' | 'json';
}

const PREFIX = 'KEYBURN_CONFORMANCE_';
const NAMES = {
  contract: { needed: ['ROOT_KEY', 'KEY', 'OTHER_KEY'], optional: ['SELF_KEY'] },
  oauth: { needed: ['CLIENT_ID', 'CLIENT_SECRET', 'TOKEN', 'OTHER_TOKEN'], optional: [] },
} as const;

/** Tests an issuer: 0 it conforms, 1 it does not, 2 the test could not be set up. */
export async function conformance(io: Io, address: string, options: ConformanceOptions): Promise<number> {
  const url = baseOf(address);
  const keys = await keysOf(io, options.profile);
  const read = (name: string): string => keys.get(name) ?? '';
  const results =
    options.profile === 'oauth'
      ? await conformToOAuth(url, {
          clientId: read('CLIENT_ID'),
          clientSecret: read('CLIENT_SECRET'),
          token: read('TOKEN'),
          other: read('OTHER_TOKEN'),
        })
      : await conformToContract(url, {
          root: read('ROOT_KEY'),
          key: read('KEY'),
          other: read('OTHER_KEY'),
          self: keys.get('SELF_KEY'),
        });
  const [first] = results;
  if (first?.why?.endsWith(UNREACHED) === true)
    throw new SetupError(`${url}: the issuer could not be reached`, {
      hint: 'check the address, and that the service runs',
    });
  io.stdout.write(
    options.format === 'json' ? `${JSON.stringify({ url, results }, null, 2)}\n` : told(results),
  );
  return results.some(({ outcome }) => outcome === 'fail') ? 1 : 0;
}

function told(results: readonly Result[]): string {
  const lines = results.flatMap(({ id, title, outcome, why, mend }) => [
    `${outcome.padEnd(8)}${id}: ${title}`,
    ...(why === undefined ? [] : [`        ${outcome === 'fail' ? 'why' : 'not judged'}: ${printable(why)}`]),
    ...(mend === undefined ? [] : [`        mend: ${mend}`]),
  ]);
  const count = (outcome: Result['outcome']) => results.filter((one) => one.outcome === outcome).length;
  return `${[...lines, '', `${count('pass')} pass, ${count('fail')} fail, ${count('skipped')} skipped`].join('\n')}\n`;
}

/** Keys in the clear stay on this machine. */
function baseOf(address: string): string {
  const url = URL.parse(address);
  const host = url?.hostname.replace(/^\[|\]$/g, '') ?? '';
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(host));
  if (!url || !safe || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new SetupError('the issuer needs an https address without a query (http only on this machine)', {
      hint: 'for example https://keys.example.com, or http://127.0.0.1:8787',
    });
  }
  return url.href.replace(/\/+$/, '');
}

/** From the environment, and from lines NAME=value on standard input, which go first. */
async function keysOf(io: Io, profile: ConformanceOptions['profile']): Promise<ReadonlyMap<string, string>> {
  const { needed, optional } = NAMES[profile];
  const names: readonly string[] = [...needed, ...optional];
  const found = new Map<string, string>();
  for (const name of names) {
    const value = io.env[PREFIX + name]?.trim();
    if (value) found.set(name, value);
  }
  const enough = needed.every((name) => found.has(name));
  const text = enough && io.stdin.isTTY === true ? '' : await readStdin(io, 1 << 16);
  for (const line of text.split('\n')) {
    const [, name = '', value = ''] =
      /^\s*(?:KEYBURN_CONFORMANCE_)?([A-Z_]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (names.includes(name) && value !== '') found.set(name, value);
  }
  const missing = needed.filter((name) => !found.has(name));
  if (missing.length === 0) return found;
  throw new SetupError(`conformance: no ${missing.join(', ')}`, {
    hint: `give keys that were made for this test: lines NAME=value on standard input, or ${PREFIX}NAME in the environment; never as arguments`,
  });
}

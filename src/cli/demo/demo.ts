// `keyburn demo`: the whole line on this machine alone. It runs the very commands that a person would type.

import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pc from 'picocolors';
import { serve } from '../../keyservice/index.ts';
import { SetupError } from '../../model/index.ts';
import { type Io, wantsColour } from '../io.ts';
import { startCodeHost } from './code-host.ts';
import { makeRepository } from './repository.ts';

/** Runs one of keyburn's own command lines; handed in, because the demo is one of them. */
type Command = (argv: readonly string[], io: Io) => Promise<number>;

export async function demo(io: Io, command: Command): Promise<number> {
  if (spawnSync('git', ['--version'], { env: { ...io.env }, stdio: 'ignore' }).error !== undefined)
    throw new SetupError('git was not found', { hint: 'install git 2.31 or newer, or put it on the PATH' });
  const folder = await mkdtemp(join(tmpdir(), 'keyburn-demo-'));
  const rootKey = randomBytes(24).toString('base64url');
  const host = await startCodeHost('acme', 'shop');
  const issuer = await serve({
    home: join(folder, 'issuer'),
    port: 0,
    host: '127.0.0.1',
    rootKey,
    log: () => undefined,
    now: () => new Date(),
  });
  try {
    return await play(io, command, { folder, host: host.host, url: issuer.url, rootKey });
  } finally {
    await issuer.close();
    await host.close();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Stage {
  readonly folder: string;
  readonly host: string;
  readonly url: string;
  readonly rootKey: string;
}

async function play(io: Io, command: Command, stage: Stage): Promise<number> {
  const colour = pc.createColors(wantsColour(io));
  const print = (text = ''): void => void io.stdout.write(`${text}\n`);
  const step = (n: number, title: string): void => print(`\n${colour.bold(`${n}  ${title}`)}`);
  const typed = (line: string): void => print(`   ${colour.dim('$')} ${colour.cyan(line)}`);
  const repository = join(stage.folder, 'shop');
  const home = join(stage.folder, 'home');
  const inside: Io = {
    ...io,
    env: {
      ...io.env,
      KEYBURN_HOME: home,
      KEYBURN_CONFIG: join(stage.folder, 'keyburn.toml'),
      KEYBURN_SERVICE_URL: stage.url,
      KEYBURN_ROOT_KEY: stage.rootKey,
    },
  };

  print(
    colour.bold(
      'keyburn demo: a leaked key is found, checked, burned, proved dead, and its next call says why.',
    ),
  );
  print(
    colour.dim(
      'Everything happens on this machine: a small key service, a repository, a stand-in for its public host.',
    ),
  );

  step(1, 'A key service issues a key, and the key works');
  const minted = await call(`${stage.url}/v1/keys`, stage.rootKey, 'POST', {
    name: 'shop payments',
    owner: 'ada@example.com',
    environment: 'live',
  });
  const key = stringField(minted.body, 'key');
  const shown = `${key.slice(0, 9)}…${key.slice(-4)}`;
  typed(`printf 'Authorization: Bearer %s' ${shown} | curl -H @- ${stage.url}/v1/whoami`);
  const before = await call(`${stage.url}/v1/whoami`, key);
  print(`   HTTP ${before.status}: the key is ${before.status === 200 ? colour.green('live') : 'not live'}`);

  step(2, 'It slips into a commit, and the commit is pushed to a public repository');
  await makeRepository(repository, `http://${stage.host}/acme/shop.git`, key);
  print('   acme/shop: 3 commits. The last one took the key out again; history still holds it.');

  step(3, 'keyburn scans, and says what it would do: the default is a dry run');
  await writeFile(join(stage.folder, 'keyburn.toml'), settings(stage));
  typed('keyburn scan shop');
  print();
  await command(['scan', repository, '--quiet'], inside);

  step(4, 'Armed by flag and by policy, it burns the key and proves it dead');
  typed('keyburn scan shop --revoke');
  print();
  const code = await command(['scan', repository, '--quiet', '--revoke'], inside);

  step(5, 'The owner has been told: once of the find, once of its end');
  const told = (await readFile(join(stage.folder, 'told.jsonl'), 'utf8')).trim().split('\n').map(notice);
  // The first sentence of each, and the whole of the last.
  for (const text of told.slice(0, -1)) print(`   ${text.split('\n')[0]}`);
  print(`   ${told.at(-1) ?? ''}`);

  step(6, 'The next call with the dead key says why');
  typed(`printf 'Authorization: Bearer %s' ${shown} | curl -i -H @- ${stage.url}/v1/whoami`);
  const after = await call(`${stage.url}/v1/whoami`, key);
  print(`   HTTP ${after.status}`);
  for (const name of ['content-type', 'www-authenticate']) {
    if (after.headers[name] !== undefined) print(`   ${name}: ${after.headers[name]}`);
  }
  print(indent(JSON.stringify(JSON.parse(after.body), null, 2)));

  const ended = after.status === 401 && before.status === 200 && code !== 3;
  print(
    ended
      ? `\n${colour.green('The key is dead, and everybody who meets it learns why.')}`
      : '\nThe demo did not end as it should.',
  );
  print(`Next: ${colour.cyan('npx keyburn scan .')} on a repository of your own.`);
  return ended ? 0 : 2;
}

function settings(stage: Stage): string {
  return [
    '[[host]]',
    `host = "${stage.host}"`,
    'kind = "github"',
    `api = "http://${stage.host}/api/v3"`,
    '',
    '[[notify]]',
    'name = "owner"',
    'kind = "file"',
    `path = ${JSON.stringify(join(stage.folder, 'told.jsonl'))}`,
    '',
  ].join('\n');
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

function call(url: string, key: string, method = 'GET', body?: unknown): Promise<Answer> {
  return new Promise((answer, refuse) => {
    const headers = {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const sent = request(url, { method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => {
        text += piece;
      });
      response.on('end', () => {
        const flat = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const);
        answer({ status: response.statusCode ?? 0, headers: Object.fromEntries(flat), body: text });
      });
    });
    sent.on('error', refuse);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

function stringField(json: string, name: string): string {
  const parsed: unknown = JSON.parse(json);
  const value =
    typeof parsed === 'object' && parsed !== null
      ? Object.entries(parsed).find(([key]) => key === name)?.[1]
      : undefined;
  if (typeof value !== 'string') throw new Error(`the key service's reply has no ${name}`);
  return value;
}

function notice(line: string): string {
  const parsed: unknown = JSON.parse(line);
  if (typeof parsed === 'object' && parsed !== null && 'text' in parsed)
    return indent(String(parsed.text)).trimStart();
  return line;
}

function indent(text: string): string {
  return text.replace(/^/gm, '   ');
}

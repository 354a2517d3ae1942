// The commands of org-wide scans, their options and defaults.

import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Shard } from '../fleet/index.ts';
import type { Io } from './io.ts';
import { between, gather, reporting } from './options.ts';

type Sub = (name: string, description: string) => Command;

export function fleetCommands(io: Io, sub: Sub, ended: (code: number) => void): void {
  reporting(
    scanning(
      sub('org', 'scan everything that an organisation has on GitHub; the next scan reads only what is new')
        .argument('[org...]', 'organisations, by name')
        .option('--user <name>', 'repositories of a user (repeatable)', gather, [])
        .option('--repositories <file>', 'the repositories that a file names, one a line: owner/name')
        .addOption(
          new Option(
            '--shard <i/n>',
            'only the i-th of n parts, for a matrix of jobs without a server',
          ).argParser(shard),
        )
        .option('--full', 'list to the end, and compare the refs of every repository', false)
        .option('--concurrency <n>', 'repositories at a time', between(1, 64), 4),
    ),
  )
    .option('--quiet', 'no progress', false)
    .addHelpText('after', CREDENTIALS)
    .action(async (names: string[], options) => {
      const { org } = await import('./commands/org.ts');
      ended(await org(io, names, options));
    });

  scanning(
    sub('worker', 'one worker of a fleet on PostgreSQL; put names in to have them scanned on a schedule')
      .argument('[org...]', 'organisations to put into the queue')
      .option('--user <name>', 'a user whose repositories are put into the queue (repeatable)', gather, [])
      .option('--cron <expression>', 'when they are listed: "23 1 * * *", in UTC')
      .option('--now', 'list them now', false)
      .option('--full', 'list to the end, and compare the refs of every repository', false)
      .option('--concurrency <n>', 'jobs at a time', between(1, 64), 2)
      .option('--until-idle', 'end when nothing is left to do', false)
      .option('--metrics <[host:]port>', 'serve /metrics and /healthz there', address),
  )
    .addHelpText('after', CREDENTIALS)
    .action(async (names: string[], options) => {
      const { worker } = await import('./commands/worker.ts');
      ended(await worker(io, names, options));
    });

  const fleet = sub('fleet', 'how org-wide scans stand');
  const looking = (name: string, description: string): Command =>
    fleet
      .command(name, { isDefault: name === 'status' })
      .description(description)
      .option('--hours <n>', 'look back so far', between(1, 87_600), 24)
      .addOption(new Option('--format <format>', 'form').choices(['text', 'json']).default('text'))
      .option('--config <file>', "the operator's keyburn.toml");
  looking('status', 'repositories, living keys, queues, and what was put aside').action(async (options) => {
    const { showFleet } = await import('./commands/fleet.ts');
    ended(await showFleet(io, options));
  });
  looking('digest', 'what a team wants to read in the morning').action(async (options) => {
    const { showDigest } = await import('./commands/fleet.ts');
    ended(await showDigest(io, options));
  });
  fleet
    .command('retry')
    .description('put back to work what was put aside')
    .option('--config <file>', "the operator's keyburn.toml")
    .action(async (options) => {
      const { retryFleet } = await import('./commands/fleet.ts');
      ended(await retryFleet(io, options));
    });

  sub('merge', 'join the ledgers of shards into this one')
    .argument('<ledger...>', 'a ledger.sqlite, or the state folder that it is in')
    .option('--config <file>', "the operator's keyburn.toml")
    .action(async (from: string[], options) => {
      const { mergeLedgers } = await import('./commands/merge.ts');
      ended(await mergeLedgers(io, from, options));
    });
}

const CREDENTIALS = `
Credentials come from the environment: a GitHub App by KEYBURN_GITHUB_APP_ID,
KEYBURN_GITHUB_APP_KEY_FILE (or _KEY) and, where it is not found by the owner's
name, KEYBURN_GITHUB_INSTALLATION_ID; else a token in KEYBURN_GITHUB_TOKEN,
GITHUB_TOKEN or GH_TOKEN (GH_ENTERPRISE_TOKEN with --base-url).
docs/fleet.md has the rights that they need.
`;

/** What a scan of many repositories can be told, whoever runs it. */
function scanning(command: Command): Command {
  return command
    .option('--base-url <url>', 'a GitHub Enterprise server: https://ghe.example.com')
    .option(
      '--sources <list>',
      'what to read of each repository, with commas: git, lost (both where it is left out), issues, issue-comments, review-comments, reviews, commit-comments, releases, wiki, logs, assets, artifacts; or all',
      list,
    )
    .option('--delete-leaked-logs', "delete a run's log once the key in it is burned and proved dead", false)
    .addOption(
      new Option('--disk <size>', 'most that mirrors take up on disk: 20G, 500M')
        .argParser(size)
        .default(20e9, '20G'),
    )
    .addOption(
      new Option('--most <size>', 'most that one repository may weigh').argParser(size).default(5e9, '5G'),
    )
    .option('--recheck <hours>', 'ask again about keys that live after so many hours', between(1, 8_760), 24)
    .option('--escalate <hours>', 'tell once more of keys that live for so long', between(1, 8_760), 24)
    .option(
      '--digest <hours>',
      'tell channels with the kind digest how it stands, once in so long; 0: never',
      between(0, 8_760),
      24,
    )
    .option('--revoke', 'arm revocation; the policy must say so as well, else it stays a dry run', false)
    .option('--config <file>', "the operator's keyburn.toml")
    .option('--rules <dir>', 'a folder with rules of your own (repeatable)', gather, [])
    .option('--ignore-file <file>', 'fingerprints to leave out unless they live')
    .option('--threads <n>', 'worker threads; as many as there are cores, up to 8', between(1, 64))
    .option('--no-cache', 'trust no earlier verdict');
}

function list(value: string): string[] {
  return value.split(',').map((one) => one.trim());
}

function shard(value: string): Shard {
  const [, index, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(value) ?? [];
  const made = { index: Number(index), of: Number(of) };
  if (!(made.of >= 1 && made.index >= 1 && made.index <= made.of))
    throw new InvalidArgumentError('write it as i/n: 1/4 to 4/4');
  return made;
}

/** On this machine alone, unless an address says otherwise. */
function address(value: string): { host: string; port: number } {
  const [, host = '127.0.0.1', port] = /^(?:(.+):)?(\d{1,5})$/.exec(value) ?? [];
  if (port === undefined || Number(port) > 65_535) throw new InvalidArgumentError('a port, or host:port');
  return { host, port: Number(port) };
}

const UNITS: Readonly<Record<string, number>> = { M: 1e6, G: 1e9, T: 1e12 };

function size(value: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([MGT])B?$/i.exec(value) ?? [];
  const bytes = Number(number) * (UNITS[unit?.toUpperCase() ?? ''] ?? Number.NaN);
  if (!(bytes > 0)) throw new InvalidArgumentError('a number and M, G or T: 20G');
  return bytes;
}

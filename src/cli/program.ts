// Every command, option and default of the command line, in one place. The commands themselves are imported when they
// run, so that `--help` and `--version` stay quick.

import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { SourceName } from '../read/index.ts';
import { version } from '../version.ts';
import { fleetCommands } from './fleet-program.ts';
import { EXIT_CODES, ONE_KEY_CODES, optionDescription } from './help.ts';
import type { Io } from './io.ts';
import { between, days, gather, reporting } from './options.ts';

/** Written out, so that help need not load what reads them. */
const SOURCES = [
  'issues',
  'issue-comments',
  'review-comments',
  'reviews',
  'commit-comments',
  'releases',
  'wiki',
  'logs',
  'assets',
  'artifacts',
  'gists',
] as const satisfies readonly SourceName[];

/** Parses and runs one command line; the result is the exit code. */
export async function program(io: Io, argv: readonly string[]): Promise<number> {
  let code = 0;
  const keyburn = new Command('keyburn')
    .description(
      'Finds leaked keys, asks their issuer whether they live, burns the exposed ones under a policy, and proves them dead.',
    )
    .version(version())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
    })
    .configureHelp({ optionDescription })
    .addHelpText('after', EXIT_CODES)
    .showHelpAfterError(
      'hint: `keyburn --help` lists the commands, `keyburn <command> --help` their options',
    );
  const sub = (name: string, description: string): Command =>
    keyburn.command(name).description(description).exitOverride();

  const scanning = sub(
    'scan',
    'scan a path, git repository, git URL, log file, archive, github:OWNER/NAME, or - for standard input',
  )
    .argument('[target...]', 'what to scan; this folder where left out')
    .option('--history', 'read the git history, too (the default in a repository)')
    .option('--no-history', 'leave the git history out')
    .addOption(
      new Option('--staged', 'only what is staged for the next commit').conflicts(['since', 'range']),
    )
    .addOption(
      new Option(
        '--since <rev>',
        'only what came after a revision; for github: targets, after a date',
      ).conflicts('range'),
    )
    .option('--range <A..B>', 'only what the commits of a range brought')
    .option('--offline', 'no network at all: findings stay unchecked', false)
    .option('--revoke', 'arm revocation; the policy must say so as well, else it stays a dry run', false)
    .addOption(
      new Option('--exposure <who>', 'your own word on who could read the targets').choices([
        'public',
        'internal',
        'private',
        'local',
      ]),
    );
  reporting(scanning)
    .option('--config <file>', "the operator's keyburn.toml")
    .option('--rules <dir>', 'a folder with rules of your own (repeatable)', gather, [])
    .option('--ignore-file <file>', 'fingerprints to leave out unless they live')
    .option('--exhaustive', 'read every version of every file whole: slower, for comparison', false)
    .option('--threads <n>', 'worker threads; as many as there are cores, up to 8', between(1, 64))
    .option(
      '--archives',
      'open the archives of a folder, too; one that is named as a target is opened anyway',
      false,
    )
    .addOption(
      new Option(
        '--sources <list>',
        'what to read of github:OWNER/NAME, with commas; all where left out',
      ).argParser(sourceList),
    )
    .option(
      '--delete-leaked-logs',
      "once a key from a run's log is burned and proved dead, delete that log (needs actions: write)",
      false,
    )
    .option('--no-attribution', 'do not ask git who brought a finding')
    .option('--no-cache', 'trust no earlier verdict, and read again what an earlier scan has read')
    .option('--quiet', 'no progress line', false)
    .action(async (targets: string[], options) => {
      const { scan } = await import('./commands/scan.ts');
      code = await scan(io, targets.length === 0 ? ['.'] : targets, options);
    });

  sub('verify', 'ask the issuer of one key, read from standard input, whether it lives')
    .option('--service <id>', "the issuer, where the key's shape does not tell")
    .option('--config <file>', "the operator's keyburn.toml")
    .option('--no-cache', 'trust no earlier verdict')
    .addHelpText('after', ONE_KEY_CODES)
    .action(async (options) => {
      const { verify } = await import('./commands/verify.ts');
      code = await verify(io, options);
    });

  sub('revoke', 'burn one key, read from standard input; a dry run unless --revoke is given')
    .option('--service <id>', "the issuer, where the key's shape does not tell")
    .addOption(
      new Option('--exposure <who>', 'who could read the key')
        .choices(['public', 'internal', 'private'])
        .makeOptionMandatory(),
    )
    .option('--revoke', 'do it', false)
    .option(
      '--approve <reason>',
      'where the policy says ask: your yes, and why; it goes into the audit trail',
    )
    .option('--config <file>', "the operator's keyburn.toml")
    .addHelpText('after', ONE_KEY_CODES)
    .action(async (options) => {
      const { revokeOne } = await import('./commands/revoke.ts');
      code = await revokeOne(io, options);
    });

  sub('redact', 'standard input to standard output, every secret masked: put it in front of a log shipper')
    .option('--rules <dir>', 'a folder with rules of your own (repeatable)', gather, [])
    .option('--config <file>', "the operator's keyburn.toml")
    .action(async (options) => {
      const { redact } = await import('./commands/redact.ts');
      code = await redact(io, options);
    });

  sub('why', 'explain a 401: a raw HTTP response (curl -i) or a key on standard input')
    .option('--offline', 'ask nobody about a key', false)
    .option('--service <id>', "the issuer, where the key's shape does not tell")
    .option('--config <file>', "the operator's keyburn.toml")
    .action(async (options) => {
      const { why } = await import('./commands/why.ts');
      code = await why(io, options);
    });

  const incidents = sub('incidents', 'list, show, approve, restore or close what the ledger remembers');
  incidents
    .command('list', { isDefault: true })
    .description('one line an incident')
    .addOption(new Option('--state <state>', 'only these').choices(['open', 'intended', 'closed']))
    .addOption(new Option('--format <format>', 'form').choices(['text', 'jsonl']).default('text'))
    .option('--config <file>', "the operator's keyburn.toml")
    .action(async (options) => {
      const { listIncidents } = await import('./commands/incidents.ts');
      code = await listIncidents(io, options);
    });
  incidents
    .command('show')
    .description('the whole story of one incident')
    .argument('<id>', 'fingerprint or its first characters')
    .option('--config <file>', "the operator's keyburn.toml")
    .action(async (id: string, options) => {
      const { showIncident } = await import('./commands/incidents.ts');
      code = await showIncident(io, id, options);
    });
  incidents
    .command('runs')
    .description('runs that burned or contained something, the last first')
    .addOption(new Option('--format <format>', 'form').choices(['text', 'jsonl']).default('text'))
    .option('--config <file>', "the operator's keyburn.toml")
    .action(async (options) => {
      const { listRuns } = await import('./commands/incidents.ts');
      code = await listRuns(io, options);
    });
  incidents
    .command('restore')
    .description('undo a containment, or all of a run; each key is read again from where it was found')
    .argument('[id]', 'fingerprint or its first characters')
    .option('--run <name>', 'all that this run did, so far as issuers can undo it')
    .requiredOption('--reason <text>', 'goes into the audit trail')
    .option('--base-url <url>', 'the GitHub Enterprise server that the run scanned: https://ghe.example.com')
    .option('--config <file>', "the operator's keyburn.toml")
    .action(async (id: string | undefined, options) => {
      const { restoreIncidents } = await import('./commands/incidents.ts');
      code = await restoreIncidents(io, id, options);
    });
  for (const verb of ['approve', 'close'] as const) {
    const text = {
      approve: 'your yes to burning: the next armed scan that meets the key does it',
      close: 'no more to do; it opens again if the key is found alive',
    }[verb];
    incidents
      .command(verb)
      .description(text)
      .argument('<id>', 'fingerprint or its first characters')
      .requiredOption('--reason <text>', 'goes into the audit trail')
      .option('--config <file>', "the operator's keyburn.toml")
      .action(async (id: string, options) => {
        const { changeIncident } = await import('./commands/incidents.ts');
        code = await changeIncident(io, verb, id, options);
      });
  }

  sub('ledger', 'what the ledger keeps')
    .command('purge')
    .description(
      'take out the details of incidents that have long been over; a dry run unless --delete is given',
    )
    .addOption(
      new Option('--older-than <days>', 'what nobody has met since: 400d')
        .argParser(days)
        .makeOptionMandatory(),
    )
    .option('--delete', 'do it', false)
    .option('--config <file>', "the operator's keyburn.toml")
    .action(async (options) => {
      const { purgeLedger } = await import('./commands/ledger.ts');
      code = await purgeLedger(io, options);
    });

  const rules = sub('rules', 'list or judge rules');
  rules
    .command('list', { isDefault: true })
    .description('every rule: id, title, issuer and what can be done')
    .option('--rules <dir>', 'a folder with rules of your own (repeatable)', gather, [])
    .addOption(new Option('--format <format>', 'form').choices(['text', 'jsonl']).default('text'))
    .option('--config <file>', "the operator's keyburn.toml")
    .action(async (options) => {
      const { listRules } = await import('./commands/rules.ts');
      code = await listRules(io, options);
    });
  rules
    .command('check')
    .description('judge rules, and the issuers of keyburn.toml: all faults at once')
    .argument('[dir...]', "folders with rules; the built-in ones and keyburn.toml's where none is named")
    .option('--config <file>', "the operator's keyburn.toml")
    .action(async (dirs: string[], options) => {
      const { checkRules } = await import('./commands/rules.ts');
      code = await checkRules(io, dirs, options);
    });

  sub('notices', 'show what mail about an incident says, in the templates of keyburn.toml or in our own')
    .addOption(
      new Option('--kind <kind>', 'what is told')
        .choices(['found-live', 'burned', 'needs-a-person', 'still-alive', 'overdue', 'digest'])
        .default('burned'),
    )
    .addOption(new Option('--part <part>', 'which part').choices(['subject', 'text', 'html']).default('text'))
    .option('--language <tag>', 'another language than that of keyburn.toml: en, de, or one of your own')
    .option('--config <file>', "the operator's keyburn.toml")
    .action(async (options) => {
      const { showNotice } = await import('./commands/notices.ts');
      code = await showNotice(io, options);
    });

  sub('serve', 'run the key service and the incidents page; loopback unless told otherwise')
    .option('--port <n>', 'port, 0 for any free one', between(0, 65_535), 8787)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--public-url <url>', 'how callers reach it, where that differs: https://keys.example.com')
    .option('--revoke', 'arm the buttons of the incidents page; without it they touch no key', false)
    .addOption(
      new Option(
        '--accept <reporter>',
        'take leak reports of: github, scanner (KEYBURN_REPORT_SECRET), anybody (repeatable); more in [receiver] of keyburn.toml',
      )
        .argParser(acceptable)
        .default([], 'nobody'),
    )
    .option('--config <file>', "the operator's keyburn.toml")
    .action(async (options) => {
      const { serveKeys } = await import('./commands/serve.ts');
      code = await serveKeys(io, options);
    });

  sub(
    'conformance',
    'test an issuer against the open contract, with keys made for it (standard input or environment)',
  )
    .argument('<url>', 'where the issuer stands')
    .addOption(
      new Option('--profile <profile>', 'the whole contract, or RFC 7009 and 7662')
        .choices(['contract', 'oauth'])
        .default('contract'),
    )
    .addOption(new Option('--format <format>', 'form').choices(['text', 'json']).default('text'))
    .action(async (url: string, options) => {
      const { conformance } = await import('./commands/conformance.ts');
      code = await conformance(io, url, options);
    });
  fleetCommands(io, sub, (ended) => {
    code = ended;
  });

  sub('install-hooks', 'put keyburn before every commit and push of the repository here')
    .addOption(
      new Option('--hook <name>', 'only this one (repeatable)')
        .choices(['pre-commit', 'pre-push'])
        .argParser((name: string, earlier: string[] | undefined) => {
          if (name !== 'pre-commit' && name !== 'pre-push')
            throw new InvalidArgumentError('Allowed choices are pre-commit, pre-push.');
          return [...(earlier ?? []), name];
        }),
    )
    .option('--print', 'write nothing, print the hooks', false)
    .action(async ({ hook = ['pre-commit', 'pre-push'], print }) => {
      const { installHooks } = await import('./commands/install-hooks.ts');
      code = await installHooks(io, { hook, print });
    });

  sub(
    'demo',
    'watch a leaked key die: the whole line on a repository it makes and the embedded key service',
  ).action(async () => {
    const { demo } = await import('./demo/demo.ts');
    code = await demo(io, (argv, inside) => program(inside, argv));
  });

  try {
    await keyburn.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and version end with 0, every misuse with 2: 1 means findings.
    return error.exitCode === 0 ? 0 : 2;
  }
  return code;
}

const REPORTERS = ['github', 'scanner', 'anybody'] as const;

function acceptable(
  value: string,
  earlier: readonly (typeof REPORTERS)[number][],
): readonly (typeof REPORTERS)[number][] {
  const known = REPORTERS.find((name) => name === value);
  if (known === undefined) throw new InvalidArgumentError(`Allowed choices are ${REPORTERS.join(', ')}.`);
  return [...earlier, known];
}

function sourceList(value: string): SourceName[] {
  return value.split(',').map((given) => {
    const name = SOURCES.find((one) => one === given.trim());
    if (name === undefined) throw new InvalidArgumentError(`Allowed choices are ${SOURCES.join(', ')}.`);
    return name;
  });
}

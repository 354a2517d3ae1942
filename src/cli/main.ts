import { SetupError } from '../model/index.ts';
import { version } from '../version.ts';
import type { Io } from './io.ts';
import { program } from './program.ts';

/** Runs one command line; sets the exit code and never ends the process, so that all output is written. */
export async function main(argv: readonly string[]): Promise<void> {
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
    process.stdout.write(`${version()}\n`);
    return;
  }
  const interrupt = new AbortController();
  process.once('SIGINT', () => {
    interrupt.abort();
    // Else whoever reads from a terminal would wait for a second Ctrl-C.
    process.stdin.destroy();
  });
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that has seen enough (`| head`) is not a fault.
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
    process.stderr.write(
      `keyburn: standard output cannot be written (${error.code ?? error.message})\nhint: make room, or name a file on another disk with --output\n`,
    );
    process.exit(2);
  });
  const io: Io = {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    signal: interrupt.signal,
  };
  process.exitCode = await command(argv, io);
}

/** The exit code of a command line; every fault has become a message by then. */
export async function command(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await program(io, argv);
  } catch (error) {
    return explainFault(error, io);
  }
}

function explainFault(error: unknown, io: Io): number {
  if (error instanceof SetupError) {
    io.stderr.write(`keyburn: ${error.message}\n`);
    if (error.hint !== undefined) io.stderr.write(`hint: ${error.hint}\n`);
    return 2;
  }
  if (io.signal.aborted) {
    io.stderr.write('keyburn: interrupted; what was under way is in the ledger, the next run finishes it\n');
    return 130;
  }
  // A fault of ours: the stack names our lines, and an Error's message here never came from scanned text or an issuer.
  const shown = error instanceof Error ? (error.stack ?? error.message) : 'a fault without a name';
  io.stderr.write(
    `keyburn: this should not have happened: ${shown}\nhint: please report it; the stack holds no key\n`,
  );
  return 2;
}

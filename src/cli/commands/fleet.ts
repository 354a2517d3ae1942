import { type Digest, type FleetStatus, withFleet } from '../../fleet/index.ts';
import type { Io } from '../io.ts';
import { counted, printable } from '../words.ts';

interface Options {
  readonly config?: string;
  readonly hours: number;
  readonly format: 'text' | 'json';
}

/** 0 where all is well, 2 where something was put aside or could not be read. */
export async function showFleet(io: Io, options: Options): Promise<number> {
  return withFleet(io, options.config, async (fleet) => {
    const status = await fleet.status(hoursAgo(options.hours));
    io.stdout.write(options.format === 'json' ? `${JSON.stringify(status)}\n` : statusText(status));
    return status.dead.length > 0 || status.troubled.length > 0 || status.gaps > 0 ? 2 : 0;
  });
}

export async function showDigest(io: Io, options: Options): Promise<number> {
  return withFleet(io, options.config, async (fleet) => {
    const told = await fleet.digest(hoursAgo(options.hours));
    io.stdout.write(options.format === 'json' ? `${JSON.stringify(told)}\n` : digestText(told));
    return 0;
  });
}

export async function retryFleet(io: Io, options: { readonly config?: string }): Promise<number> {
  return withFleet(io, options.config, async (fleet) => {
    const number = await fleet.retry();
    io.stdout.write(`${number} ${number === 1 ? 'job' : 'jobs'} put back to work\n`);
    return 0;
  });
}

function hoursAgo(hours: number): Date {
  return new Date(Date.now() - hours * 3_600_000);
}

function statusText(status: FleetStatus): string {
  const lines = [
    digestText(status).trimEnd(),
    '',
    `due             ${counted(status.due, 'repository', 'repositories')}`,
  ];
  if (status.queues === undefined) lines.push('queue           none: scans run on one machine');
  else
    for (const [name, number] of Object.entries(status.queues))
      lines.push(`${name.padEnd(14)}  ${number} ${name === 'dead' ? 'put aside' : 'jobs'}`);
  for (const { cron, what } of status.schedules) lines.push(`schedule        ${cron}  ${printable(what)}`);
  if (status.dead.length > 0) lines.push('', 'put aside; `keyburn fleet retry` tries again:');
  for (const { queue, repository, why, at } of status.dead)
    lines.push(`  ${at}  ${queue}  ${printable(repository)}: ${printable(why)}`);
  return `${lines.join('\n')}\n`;
}

export function digestText({
  since,
  repositories,
  keys,
  alive,
  troubled,
  gaps,
  messagesWaiting,
}: Digest): string {
  const lines = [
    `since           ${since}`,
    `repositories    ${repositories.known} known, ${repositories.scanned} scanned, ${repositories.gone} gone`,
    `keys            ${keys.found} found, ${keys.burned} proved dead, ${keys.alive} still alive`,
    `messages        ${messagesWaiting} waiting`,
  ];
  if (alive.length > 0) lines.push('', 'still alive, the oldest first:');
  for (const one of alive.slice(0, 50))
    lines.push(
      `  ${one.id.slice(0, 12)}  ${one.exposure.padEnd(8)}  ${one.preview}  ${printable(one.title)}, since ${one.firstSeen}`,
    );
  if (alive.length > 50) lines.push(`  and ${alive.length - 50} more: keyburn incidents list --state open`);
  if (troubled.length > 0) lines.push('', 'not scanned whole:');
  for (const { name, problem, tries } of troubled.slice(0, 50))
    lines.push(`  ${printable(name)}: ${printable(problem)} (${counted(tries, 'try', 'tries')})`);
  if (troubled.length > 50) lines.push(`  and ${troubled.length - 50} more`);
  if (gaps > 0)
    lines.push(
      '',
      `${counted(gaps, 'thing', 'things')} in scanned repositories could not be read; the next scan names what it meets`,
    );
  return `${lines.join('\n')}\n`;
}

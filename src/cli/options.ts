// What several commands take in the same words.

import { type Command, InvalidArgumentError, Option } from 'commander';

const FORMATS = ['text', 'json', 'jsonl', 'sarif', 'junit', 'html'] as const;

/** The form of a report, where it goes, and what makes it a failure. */
export function reporting(command: Command): Command {
  return command
    .addOption(new Option('--format <format>', 'form of the report').choices(FORMATS).default('text'))
    .option('--output <file>', 'write the report to a file')
    .addOption(
      new Option('--fail-on <what>', 'what makes the exit code 1')
        .choices(['live', 'any', 'none'])
        .default('any'),
    );
}

export function gather(value: string, earlier: string[]): string[] {
  return [...earlier, value];
}

/** A whole number within bounds, both included. */
export function between(least: number, most: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (value.trim() === '' || !Number.isInteger(number) || number < least || number > most)
      throw new InvalidArgumentError(`${least} to ${most}`);
    return number;
  };
}

const LEAST_DAYS = 30;
const MOST_DAYS = 36_500;

/** `400d`: so many days. */
export function days(value: string): number {
  const [, number] = /^(\d{1,5})d$/.exec(value) ?? [];
  const made = Number(number);
  if (!(made >= LEAST_DAYS && made <= MOST_DAYS))
    throw new InvalidArgumentError(`days, ${LEAST_DAYS}d or more: 400d`);
  return made;
}

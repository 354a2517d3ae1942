import { Help, type Option } from 'commander';

export const EXIT_CODES = `
Exit codes:
  0  nothing to report          1  findings (see --fail-on)
  2  broken set-up, or a scan   3  a key among the findings still lives
     that could not read all

stdout is the report, stderr is progress and notes. NO_COLOR is honoured.
State (ledger, caches, fingerprint key) lives in KEYBURN_HOME, else in the
platform's state folder.
`;

export const ONE_KEY_CODES = `
Exit codes:
  0  it is dead                 2  nobody could say, or broken set-up
  3  it lives
`;

const commander = new Help();

/** As commander writes it, without the defaults that say nothing: a flag that is off, a list that is empty. */
export function optionDescription(option: Option): string {
  const { defaultValue } = option;
  const silent = defaultValue === false || (Array.isArray(defaultValue) && defaultValue.length === 0);
  if (!silent || option.defaultValueDescription !== undefined) return commander.optionDescription(option);
  const shown: Option = Object.create(option, { defaultValue: { value: undefined } });
  return commander.optionDescription(shown);
}

// What is wrong with a setting, in words that name the field and what it takes. The schema library's own words are for programmers.

/** An issue of a schema, so far as it is looked at here. */
export interface SettingIssue {
  readonly code?: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
  readonly values?: readonly unknown[];
  readonly expected?: string;
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
  readonly origin?: string;
  readonly errors?: readonly (readonly SettingIssue[])[];
}

const KINDS: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'a table',
  record: 'a table',
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  undefined: 'nothing',
};

/** One line for each fault: `policy.rule #2.act: must be one of burn, contain`. Rows of a list count from one. */
export function settingFaults(issue: SettingIssue, before: readonly PropertyKey[] = []): readonly string[] {
  const path = [...before, ...issue.path];
  if (issue.code === 'unrecognized_keys')
    return (issue.keys ?? []).map((key) => `${fieldOf([...path, key])}: unknown field`);
  const nearest = nearestOf(issue);
  if (nearest.length > 0) return nearest.flatMap((one) => settingFaults(one, path));
  return [`${fieldOf(path) || 'top level'}: ${settingProblem(issue)}`];
}

function fieldOf(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === 'number' ? ` #${step + 1}` : `.${String(step)}`))
    .join('')
    .replace(/^[. ]/, '');
}

/** Of several forms that a field may have, the faults of the one that was meant: that which got furthest. */
function nearestOf({ errors = [] }: SettingIssue): readonly SettingIssue[] {
  const depth = (issues: readonly SettingIssue[]) => Math.max(0, ...issues.map(({ path }) => path.length));
  return errors.reduce<readonly SettingIssue[]>(
    (best, one) => (best.length === 0 || depth(one) > depth(best) ? one : best),
    [],
  );
}

/** Words of our own schemas stay; those of the library are put plainly. */
export function settingProblem({
  code,
  message,
  expected,
  values,
  minimum,
  maximum,
  origin,
}: SettingIssue): string {
  switch (code ?? 'custom') {
    case 'invalid_type': {
      if (!message.startsWith('Invalid input')) return message;
      const given = /received (\w+)/.exec(message)?.[1] ?? '';
      if (given === 'undefined') return 'is missing';
      return `must be ${KINDS[expected ?? ''] ?? expected}, not ${KINDS[given] ?? given}`;
    }
    case 'invalid_value': {
      if (!/^Invalid (?:input|option)/.test(message)) return message;
      return `must be ${oneOf((values ?? []).map(String))}`;
    }
    case 'invalid_union': {
      const options = [...message.matchAll(/'([^']*)'/g)].map(([, name = '']) => name);
      return options.length === 0 ? message : `must be ${oneOf(options)}`;
    }
    case 'too_small':
      if (!message.startsWith('Too small')) return message;
      if (origin === 'string' || origin === 'array') return 'must not be empty';
      return `must be at least ${minimum}`;
    case 'too_big':
      if (!message.startsWith('Too big')) return message;
      return `must be at most ${maximum}${origin === 'string' ? ' characters' : ''}`;
    default:
      return message === 'Invalid URL' ? 'must be an address: https://…' : message;
  }
}

function oneOf(names: readonly string[]): string {
  return names.length === 1 ? `${names[0]}` : `one of ${names.join(', ')}`;
}

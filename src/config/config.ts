// keyburn.toml, the operator's file. The law of this file: what is judged does not write the law. Configuration comes from
// --config, KEYBURN_CONFIG or the state folder; a keyburn.toml inside a scanned repository is data, and is not read.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { defaultPolicy } from '../decide/index.ts';
import { SetupError } from '../model/index.ts';
import type { Settings } from './file.ts';

export interface Config extends Settings {
  /** The file that it came from; undefined where there is none and the defaults hold. */
  readonly file: string | undefined;
}

/** What an empty keyburn.toml says. */
export const defaultSettings: Settings = {
  rules: [],
  policy: defaultPolicy,
  host: [],
  service: [],
  run: [],
  notices: { language: 'en' },
  incidents: {},
  notify: [],
  receiver: {},
};

/** Reads the operator's configuration, or gives the defaults where there is none. All faults come at once, as one SetupError. */
export async function loadConfig(options: {
  readonly given: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}): Promise<Config> {
  const named = options.given ?? options.env.KEYBURN_CONFIG;
  const file = named === undefined ? join(options.home, 'keyburn.toml') : resolve(named);
  if (named === undefined && !existsSync(file)) return { ...defaultSettings, file: undefined };
  const { parseConfig } = await import('./file.ts');
  const settings = parseConfig(readText(file), file);
  const beside = (path: string) => resolve(dirname(file), path);
  return {
    ...settings,
    rules: settings.rules.map(beside),
    notices: {
      ...settings.notices,
      ...(settings.notices.templates === undefined ? {} : { templates: beside(settings.notices.templates) }),
    },
    ...(settings.ignore === undefined ? {} : { ignore: beside(settings.ignore) }),
    file,
  };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new SetupError(`${file}: cannot be read`, {
      hint: 'name an existing file with --config',
      cause: error,
    });
  }
}

// Letters from LiquidJS templates that the operator may edit. The laws: a template sees the words about one incident and the files
// of its own folder, nothing else; what it writes as HTML is escaped; it may take so long and write so much, no more; and one that
// is broken is a SetupError with file and line before anything is sent, never quietly another text.

import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Liquid, LiquidError } from 'liquidjs';
import { SetupError } from '../model/index.ts';
import { digestWords, sampleDigest } from './digest.ts';
import { type Issuer, wordsOf } from './letter.ts';
import { type Notice, oneLine } from './notice.ts';
import { samples } from './sample.ts';

export interface TemplateSettings {
  /** Folder with a folder for each language; what it does not have comes from keyburn's own. */
  readonly folder?: string;
  readonly language: string;
}

export interface Rendered {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** @throws SetupError where a template fails */
export type Render = (notice: Notice) => Rendered;

export const LANGUAGES = ['en', 'de'] as const;

const OWN = fileURLToPath(new URL('../../templates', import.meta.url));
const NAMES = ['subject', 'text', 'html'] as const;
/** Of the message that speaks of no single key. */
const DIGEST = 'digest-';
const TAGS: ReadonlySet<string> = new Set(
  'assign capture case comment if unless for break continue cycle render raw echo #'.split(' '),
);
const MOST_FILES = 30;
const MOST_BYTES = 64 * 1024;
const MOST_OUT = 256 * 1024;
const LIMITS = { parseLimit: 1_000_000, renderLimit: 1000, memoryLimit: 5_000_000 } as const;

/** Loads, parses and tries every template once. @throws SetupError for the first fault, with file and line */
export function loadTemplates(
  settings: TemplateSettings,
  issuerOf: (service: string) => Issuer | undefined,
): Render {
  const given = settings.folder === undefined ? undefined : join(settings.folder, settings.language);
  const own = filesOf(join(OWN, settings.language));
  const theirs = given === undefined ? undefined : filesOf(given);
  if (own === undefined && theirs === undefined) {
    throw new SetupError(
      `${given ?? settings.language}: no templates for the language ${settings.language}`,
      {
        hint: `keyburn speaks ${LANGUAGES.join(' and ')}; another language needs a folder with ${NAMES.map((name) => `${name}.liquid`).join(', ')}`,
      },
    );
  }
  if (settings.folder !== undefined && theirs === undefined) {
    throw new SetupError(`${given}: no such folder`, {
      hint: `[notices] templates names a folder that holds one for each language: copy templates/${settings.language} there and edit it`,
    });
  }
  // A language of the operator's own that has no digest gets ours.
  const digests = [...(filesOf(join(OWN, 'en')) ?? [])].filter(([name]) => name.startsWith(DIGEST));
  const files = new Map([...digests, ...(own ?? []), ...(theirs ?? [])]);
  const missing = NAMES.find((name) => !files.has(name));
  if (missing !== undefined) {
    throw new SetupError(`${given}: ${missing}.liquid is missing`, {
      hint: `keyburn has no templates of its own for ${settings.language}`,
    });
  }
  const fileOf = (name: string): string => files.get(name)?.file ?? name;
  const sources = Object.fromEntries([...files].map(([name, { text }]) => [name, text]));
  const plain = engine(sources, false);
  const marked = engine(sources, true);
  const guarded = <T>(name: string, work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw faultOf(error, name, fileOf);
    }
  };
  for (const name of files.keys())
    guarded(name, () => (name.endsWith('html') ? marked : plain).parseFileSync(name));

  const one = (name: string, words: object): string => {
    const made: unknown = guarded(name, () =>
      (name.endsWith('html') ? marked : plain).renderFileSync(name, words),
    );
    const text = String(made);
    if (text.length > MOST_OUT)
      throw new SetupError(`${fileOf(name)}: it writes more than ${MOST_OUT / 1024} kB`, {
        hint: 'bound its loops',
      });
    return text;
  };
  const rendered = (words: object, prefix = ''): Rendered => ({
    subject: oneLine(one(`${prefix}subject`, words).replace(/\s+/g, ' '), 200),
    text: `${one(`${prefix}text`, words).trim()}\n`,
    html: `${one(`${prefix}html`, words).trim()}\n`,
  });
  const render: Render = (notice) =>
    notice.kind === 'digest' ? rendered(digestWords(notice), DIGEST) : rendered(wordsOf(notice, issuerOf));
  for (const notice of [...samples(), sampleDigest()]) render(notice);
  return render;
}

function engine(templates: Readonly<Record<string, string>>, markup: boolean): Liquid {
  const made = new Liquid({
    // From memory alone: there is no file system behind `render`.
    templates: { ...templates },
    strictFilters: true,
    strictVariables: true,
    ownPropertyOnly: true,
    timezoneOffset: 0,
    ...(markup ? { outputEscape: 'escape' as const } : {}),
    ...LIMITS,
  });
  for (const tag of Object.keys(made.tags)) if (!TAGS.has(tag)) Reflect.deleteProperty(made.tags, tag);
  // It would let a stranger's word into the HTML as it stands.
  Reflect.deleteProperty(made.filters, 'raw');
  // For a command that a person copies: one word, whatever the path is called.
  made.registerFilter('shell', (value: unknown) => `'${String(value).replaceAll("'", `'\\''`)}'`);
  return made;
}

interface File {
  readonly file: string;
  readonly text: string;
}

/** Undefined where there is no such folder. */
function filesOf(folder: string): ReadonlyMap<string, File> | undefined {
  let entries: string[];
  try {
    entries = readdirSync(folder).filter((name) => !name.startsWith('.'));
  } catch {
    return undefined;
  }
  if (entries.length > MOST_FILES)
    throw new SetupError(`${folder}: more than ${MOST_FILES} files`, {
      hint: 'this folder is for templates alone',
    });
  const files = new Map<string, File>();
  for (const entry of entries.sort()) {
    const file = join(folder, entry);
    const name = /^((?:digest-)?(?:subject|text|html)|_[\w-]+)\.liquid$/.exec(entry)?.[1];
    if (name === undefined) {
      throw new SetupError(`${file}: no template is called that`, {
        hint: 'subject.liquid, text.liquid and html.liquid are used, the same with digest- before them, and what they render: _name.liquid',
      });
    }
    const stat = lstatSync(file);
    // A link would lead out of the folder.
    if (!stat.isFile() || stat.size > MOST_BYTES)
      throw new SetupError(`${file}: a template is a file of at most ${MOST_BYTES / 1024} kB`, {
        hint: 'a link is none',
      });
    files.set(name, { file, text: readFileSync(file, 'utf8') });
  }
  return files;
}

function faultOf(error: unknown, name: string, fileOf: (name: string) => string): unknown {
  if (!LiquidError.is(error)) return error;
  const inner: unknown = Reflect.get(error, 'token');
  const token = typeof inner === 'object' && inner !== null ? inner : undefined;
  const where = (token as { file?: string; getPosition?: () => number[] } | undefined) ?? {};
  const file = fileOf(where.file ?? name);
  const [line = 0, column = 0] = where.getPosition?.() ?? [];
  const what = error.message.replace(/, (?:file:[^,]*, )?line:\d+, col:\d+$/, '');
  return new SetupError(`${file}:${line}:${column}: ${oneLine(what, 200)}`, {
    hint: 'docs/incidents.md lists what a template may say; `keyburn notices` shows what it writes',
    cause: error,
  });
}

// Every path and every command that a document names exists: a guide that rots is worse than none.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { program } from '../src/cli/program.ts';
import { parseConfig } from '../src/config/file.ts';
import { operatorServices } from '../src/services/index.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const documents = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  'rules/README.md',
  'src/services/README.md',
].sort();

const read = (document: string): string => readFileSync(join(ROOT, document), 'utf8');

function paths(text: string): string[] {
  const spans = [
    ...text.matchAll(/`((?:src|test|rules|docs|bin|scripts|schema|\.ci|\.github)\/[^`\s<>*{}]*)`/g),
  ].map((match) => match[1] ?? '');
  const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map((match) => match[1] ?? '');
  // Acme is the example that a guide builds up.
  return [...new Set([...spans, ...links])].filter((path) => !path.includes('acme'));
}

/** `keyburn …` and `npm …` commands: in shell blocks and in code spans. */
function commands(text: string): string[] {
  const blocks = [...text.matchAll(/```(?:sh|console)\n([\s\S]*?)```/g)].flatMap((match) =>
    (match[1] ?? '').split('\n'),
  );
  const spans = [...text.matchAll(/`((?:npx )?keyburn [^`]+|npm [^`]+)`/g)].map((match) => match[1] ?? '');
  return [...blocks, ...spans]
    .flatMap((line) => line.replace(/^\$ /, '').split(/&&|\|/))
    .map((line) => line.trim().replace(/^npx /, ''))
    .filter((line) => /^(?:keyburn|npm) /.test(line));
}

async function help(words: readonly string[]): Promise<string> {
  const stdout = new PassThrough();
  const pieces: string[] = [];
  stdout.on('data', (piece: Buffer) => pieces.push(piece.toString('utf8')));
  const io = {
    stdin: new PassThrough(),
    stdout,
    stderr: stdout,
    env: {},
    cwd: ROOT,
    signal: new AbortController().signal,
  };
  const code = await program(io, [...words, '--help']);
  return code === 0 ? pieces.join('') : '';
}

describe.each(documents)('%s', (document) => {
  it('names only paths that exist', () => {
    const from = document.includes('/') ? join(ROOT, document, '..') : ROOT;
    const missing = paths(read(document)).filter(
      (path) => !existsSync(join(ROOT, path)) && !existsSync(join(from, path)),
    );
    expect(missing).toEqual([]);
  });

  it('names only commands and options that exist', async () => {
    const scripts = new Set(Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts));
    const wrong: string[] = [];
    for (const line of commands(read(document))) {
      const words = line.split(/\s+/);
      if (words[0] === 'npm') {
        const script = words[1] === 'run' ? words[2] : words[1];
        if (!['ci', 'install', 'pack', 'i'].includes(script ?? '') && !scripts.has(script ?? ''))
          wrong.push(line);
        continue;
      }
      const named = words.slice(1).filter((word) => /^[a-z]+$/.test(word));
      const command = words[1]?.startsWith('-')
        ? []
        : named.slice(0, ['incidents', 'rules', 'fleet', 'ledger'].includes(named[0] ?? '') ? 2 : 1);
      const text = await help(command);
      if (text === '') wrong.push(line);
      for (const option of words.filter((word) => /^--[a-z]/.test(word))) {
        if (!text.includes(option.split('=')[0] ?? option)) wrong.push(`${line} (${option})`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('docs/configuration.md', () => {
  const blocks = [...read('docs/configuration.md').matchAll(/```toml\n([\s\S]*?)```/g)].map(
    (match) => match[1] ?? '',
  );

  it('shows settings that are accepted as they stand', () => {
    expect(blocks.length).toBeGreaterThan(5);
    // Rules stand in files of their own.
    const settings = blocks.filter((block) => !block.includes('[[rule]]'));
    for (const block of settings) {
      expect(() => parseConfig(block, 'docs/configuration.md'), block).not.toThrow();
      const { service } = parseConfig(block, 'docs/configuration.md');
      expect(() => operatorServices(service), block).not.toThrow();
    }
  });
});

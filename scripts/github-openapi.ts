// Cuts GitHub's own description of its API down to the operations that keyburn calls, for the doubles of the tests:
// `node scripts/github-openapi.ts`. The whole of it is 385 MB on disk, so nothing depends on it. Add a line to OPERATIONS
// when a double answers one more call.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGE = '@octokit/openapi@23.0.2';
const INSIDE = 'package/generated/api.github.com.json';
const OUT = fileURLToPath(new URL('../test/doubles/github/fixtures/openapi.json', import.meta.url));

const OPERATIONS = [
  'GET /gists/{gist_id}',
  'GET /installation/repositories',
  'GET /orgs/{org}/repos',
  'GET /orgs/{org}/members',
  'GET /rate_limit',
  'GET /repos/{owner}/{repo}',
  'GET /repos/{owner}/{repo}/actions/artifacts',
  'GET /repos/{owner}/{repo}/actions/runs',
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts',
  'GET /repos/{owner}/{repo}/activity',
  'GET /repos/{owner}/{repo}/branches',
  'POST /repos/{owner}/{repo}/check-runs',
  'POST /repos/{owner}/{repo}/code-scanning/sarifs',
  'GET /repos/{owner}/{repo}/code-scanning/sarifs/{sarif_id}',
  'GET /repos/{owner}/{repo}/collaborators/{username}/permission',
  'GET /repos/{owner}/{repo}/comments',
  'GET /repos/{owner}/{repo}/forks',
  'GET /repos/{owner}/{repo}/issues',
  'POST /repos/{owner}/{repo}/issues',
  'GET /repos/{owner}/{repo}/issues/comments',
  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}',
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'GET /repos/{owner}/{repo}/pulls',
  'GET /repos/{owner}/{repo}/pulls/comments',
  'GET /repos/{owner}/{repo}/pulls/{pull_number}',
  'GET /repos/{owner}/{repo}/releases',
  'GET /repos/{owner}/{repo}/releases/{release_id}/assets',
  'GET /repos/{owner}/{repo}/secret-scanning/alerts',
  'GET /user',
  'GET /users/{username}/gists',
  'GET /users/{username}/repos',
  'POST /app/installations/{installation_id}/access_tokens',
  'POST /credentials/revoke',
] as const;

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Words for people, and what only other tools read. */
const DROPPED = new Set([
  'description',
  'summary',
  'externalDocs',
  'tags',
  'x-github',
  'x-octokit',
  'deprecated',
]);

function pruned(value: Json, isNames = false): Json {
  if (Array.isArray(value)) return value.map((one: Json) => pruned(one));
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([name]) => isNames || !DROPPED.has(name));
  return Object.fromEntries(
    kept.map(([name, one]) => {
      // An example of a schema is a remark; one of a response is data.
      if (name === 'examples' && !isNames) return [name, one];
      return [name, pruned(one, !isNames && name === 'properties')];
    }),
  );
}

function refsIn(value: Json, found: Set<string>): Set<string> {
  if (Array.isArray(value)) for (const one of value) refsIn(one, found);
  else if (value !== null && typeof value === 'object')
    for (const [name, one] of Object.entries(value)) {
      if (name === '$ref' && typeof one === 'string') found.add(one);
      else refsIn(one, found);
    }
  return found;
}

function at(value: Json | undefined, ...names: readonly string[]): Json {
  let here = value;
  for (const name of names)
    here =
      here !== null && typeof here === 'object' && !Array.isArray(here) ? Reflect.get(here, name) : undefined;
  if (here === undefined) throw new Error(`${names.join(' > ')}: is not in the description`);
  return here;
}

export function cut(whole: Json, operations: readonly string[]): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const operation of operations) {
    const [method = '', path = ''] = operation.split(' ');
    const kept = pruned(at(whole, 'paths', path, method.toLowerCase()));
    paths[path] = { ...paths[path], [method.toLowerCase()]: kept };
  }
  const components: Record<string, Record<string, Json>> = {};
  const todo = [...refsIn(paths, new Set())];
  for (let ref = todo.pop(); ref !== undefined; ref = todo.pop()) {
    const [, , kind = '', name = ''] = ref.split('/');
    if (components[kind]?.[name] !== undefined) continue;
    const component =
      kind === 'examples' ? at(whole, 'components', kind, name) : pruned(at(whole, 'components', kind, name));
    components[kind] = { ...components[kind], [name]: component };
    todo.push(...refsIn(component, new Set()));
  }
  const sorted = Object.entries(components).map(([kind, all]) => [
    kind,
    Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1))),
  ]);
  const info = {
    title: 'GitHub REST API, cut down',
    source: `${PACKAGE}, ${INSIDE}`,
    license: 'MIT, Copyright (c) 2020 Octokit contributors',
    'made-by': 'node scripts/github-openapi.ts',
    version: at(whole, 'info', 'version'),
  };
  return { openapi: at(whole, 'openapi'), info, paths, components: Object.fromEntries(sorted) };
}

if (import.meta.main) {
  const folder = mkdtempSync(join(tmpdir(), 'github-openapi-'));
  try {
    const run = (command: string, args: readonly string[]) =>
      execFileSync(command, args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] })
        .toString()
        .trim();
    const tarball = run('npm', ['pack', '--silent', PACKAGE]).split('\n').at(-1) ?? '';
    run('tar', ['xzf', tarball, INSIDE]);
    const whole = JSON.parse(readFileSync(join(folder, INSIDE), 'utf8')) as Json;
    // Its examples hold tokens in full; no file of ours does.
    const text = JSON.stringify(cut(whole, OPERATIONS))
      .replace(/\b(gh[pousr]_|github_pat_)\w{16,}/g, '$1example')
      .replace(/("temp_clone_token":)"\w{16,}"/g, '$1"example"');
    writeFileSync(OUT, `${text}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

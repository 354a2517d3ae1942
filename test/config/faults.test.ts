// Every kind of mistake in keyburn.toml names the field and what it takes, all at once.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '../../src/config/index.ts';

async function faultsOf(text: string): Promise<string[]> {
  const home = mkdtempSync(join(tmpdir(), 'keyburn-config-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const file = join(home, 'keyburn.toml');
  writeFileSync(file, text);
  const error: unknown = await loadConfig({ given: file, env: {}, home }).catch((cause: unknown) => cause);
  return error instanceof Error ? error.message.split('\n').map((line) => line.replace(`${file}: `, '')) : [];
}

test.each<[string, string, string[]]>([
  ['unknown fields', 'foo = 1\nrulez = []', ['foo: unknown field', 'rulez: unknown field']],
  [
    'a wrong type',
    'rules = "x"\nignore = 5',
    ['rules: must be a list, not text', 'ignore: must be text, not a number'],
  ],
  [
    'a row of the policy',
    '[policy]\nbreaker = -1\n[[policy.rule]]\nwhen = {}\nact = "ask"\n[[policy.rule]]\nact = "brn"\nwhen = { exposure = "publik", servce = "x" }',
    [
      'policy.rule #2.when.exposure: must be one of public, internal, private, local, unknown',
      'policy.rule #2.when.servce: unknown field',
      'policy.rule #2.act: must be one of burn, contain, ask, notify, block, leave',
      'policy.breaker: must be at least 0',
    ],
  ],
  [
    'one of a list',
    '[[policy.rule]]\nact = "ask"\nwhen = { exposure = ["public", "privat"] }',
    ['policy.rule #1.when.exposure #2: must be one of public, internal, private, local, unknown'],
  ],
  ['a row without its condition', '[[policy.rule]]\nact = "burn"', ['policy.rule #1.when: is missing']],
  [
    'a code host',
    '[[host]]\nhost = "x"\nkind = "gitlab"\napi = "nowhere"',
    ['host #1.kind: must be github', 'host #1.api: must be an address: https://…'],
  ],
  [
    'a channel of another kind',
    '[[notify]]\nname = "a"\nkind = "discord"',
    ['notify #1.kind: must be one of slack, teams, webhook, smtp, file'],
  ],
  [
    'nobody who may sign in',
    '[incidents.oidc]\nissuer = "https://id.example"\nclient-id = "k"\nallow = []',
    ['incidents.oidc.allow: must not be empty'],
  ],
  ['words of our own', 'ledger = "mysql://x"', ['ledger: is no postgres:// address']],
])('%s', async (_, text, faults) => {
  const found = await faultsOf(text);
  expect(found.toSorted()).toEqual(faults.toSorted());
});

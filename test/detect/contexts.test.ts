// Where values stand, and what only looks like one. Keys are made here; the built-in rules look.
import { describe, expect, it } from 'vitest';
import { builtInRules, createDetector, fillTemplate, loadRules } from '../../src/detect/index.ts';

const detector = createDetector(await loadRules([builtInRules]));

function found(template: string): string[] {
  const bytes = Buffer.from(fillTemplate(template, { literals: [] }).text, 'utf8');
  return detector
    .look({
      origin: { kind: 'file', path: 'a.txt' },
      bytes,
      offset: 0,
      line: 1,
      column: 1,
      ranges: [{ from: 0, to: bytes.length }],
    })
    .findings.map((finding) => finding.rule.id);
}

describe('a value is found', () => {
  it.each([
    ['in an element that an attribute names', '<string name="api_key">{{alnum:32}}</string>'],
    ['in a property list', '<key>ApiKey</key>\n<string>{{alnum:32}}</string>'],
    ['between entities', 'secret=&quot;{{alnum:32}}&quot;'],
    ['encoded for an address', 'access_token%3D{{alnum:32}}%26x'],
    [
      'as the default of a variable',
      'variable "db_password" {\n  type = string\n  default = "{{alnum:20}}"\n}',
    ],
    ['in a nested value', '"adminPassword": {\n  "value": "{{alnum:20}}"\n}'],
    ['in a block of YAML', 'api_key: |\n  {{alnum:32}}\n'],
    ['behind a fallback', 'const token = process.env.API_TOKEN || "{{alnum:32}}"'],
    ['in a Dockerfile of old', 'ENV API_TOKEN {{alnum:32}}\n'],
    ['serialised by PHP', 's:8:"password";s:20:"{{alnum:20}}";'],
    ['in bold', '**password**: {{alnum:14}}1!'],
    ['in colours', '\u001b[32mapi_key\u001b[0m: \u001b[33m{{alnum:32}}\u001b[0m'],
    ['with quotes in quotes', `buildConfigField "String", "API_KEY", '"{{alnum:32}}"'`],
    ['under words that are glued', 'secretkey: {{alpha:32}}'],
    ['in SQL', "ALTER ROLE bob WITH PASSWORD '{{alnum:14}}'"],
  ])('%s', (_, template) => {
    expect(found(template)).toHaveLength(1);
  });
});

describe('nothing is found', () => {
  it.each([
    ['in the checksum of a lock file', 'airbrake/gobrake v2 h1:{{base64:43}}='],
    ['in the checksum of a wheel', '"maxmind.whl", hash = "sha256:{{hex:64}}"'],
    ['in a pinned action', 'uses: DataDog/synthetics@{{hex:40}} # v1'],
    ['in the head of a commit', 'netlify\nparent {{hex:40}}\n'],
    ['in a public key of a host', 'bitbucket.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{{base64:43}}'],
    ['in a translation', "'password' => 'Wachtwoord'"],
    ['in a translation of another alphabet', "'password' => 'パスワードは6文字以上'"],
    ['in a rule of validation', "'password' => 'required|min:8'"],
    ['in ciphertext', '"api_password": "EJ[1:{{base64:43}}=:{{base64:32}}:{{base64:40}}]"'],
    ['in the id of an OpenPGP key', 'signingkey = {{HEX:16}}'],
    ['in a name in code', 'password: invalidK8sToken,'],
  ])('%s', (_, template) => {
    expect(found(template)).toEqual([]);
  });
});

// Every key that has a form of its own, in every form in which values stand in real files; names that say "secret", in the
// same; and what only stands in for a value, in the same. Keys are made here.
import { describe, expect, it } from 'vitest';
import {
  builtInRules,
  createDetector,
  fillTemplate,
  loadRules,
  type Rule,
  wholeText,
} from '../../src/detect/index.ts';
import type { Finding } from '../../src/model/index.ts';
import { FORMS } from './forms.ts';

const rules = await loadRules([builtInRules]);
const detector = createDetector(rules);

function look(text: string): readonly Finding[] {
  const bytes = Buffer.from(text, 'utf8');
  return detector.look(wholeText(bytes)).findings;
}

/** A key of the rule, where it is found without anything around it. */
function keyOf({ id, match, checksum, literals }: Rule): string | undefined {
  const { text } = fillTemplate(match[0] ?? '', { checksum, literals }, 1);
  const found = look(text).find((finding) => finding.rule.id === id);
  if (found === undefined) return undefined;
  const key = Buffer.from(text).subarray(found.span.start, found.span.end).toString();
  return !/\s/.test(key) && look(`${key}\n`).some((finding) => finding.rule.id === id) ? key : undefined;
}

const keys = rules.rules
  .filter((rule) => !rule.generic)
  .flatMap((rule) => {
    const key = keyOf(rule);
    return key === undefined ? [] : [{ id: rule.id, key }];
  });

const drawn = (template: string): string => fillTemplate(template, { literals: [] }).text;

describe.each(FORMS)('%s', (form, write) => {
  it('holds every key that has a form of its own', () => {
    const lost = keys.filter(({ key }) => {
      // What an address writes in another way is no longer the form of the key.
      if (form === 'query' && encodeURIComponent(key) !== key) return false;
      return look(write('setting_value', key)).length === 0;
    });
    expect(lost.map(({ id }) => id)).toEqual([]);
  });

  it.each([
    ['acme_api_key', '{{alnum:32}}'],
    ['client_secret', '{{base64url:40}}'],
    ['auth_token', '{{hex:40}}'],
    ['db_password', '{{alnum:16}}'],
    ['admin_password', 'Maple{{digits:4}}!'],
    ['secret_key', '{{base64:43}}='],
  ])('gives %s its value', (name, template) => {
    expect(look(write(name, drawn(template)))).not.toEqual([]);
  });

  it('takes no stand-in for a value', () => {
    // Nobody puts what is filled in later, or a digest, into base64 first.
    const found = STAND_INS.filter(([kind]) => kind === 'word' || !form.startsWith('k8s data')).flatMap(
      ([, value]) =>
        ['acme_api_key', 'client_secret', 'db_password'].flatMap((name) =>
          look(write(name, value)).map(({ rule }) => `${rule.id}: ${name} = ${value}`),
        ),
    );
    // An address writes the signs of a reference in another way.
    expect(form === 'query' ? [] : found).toEqual([]);
  });
});

const STAND_INS = [
  ['word', 'changeme'],
  ['word', 'xxxxxxxxxxxxxxxxxxxx'],
  ['word', '****************'],
  ['word', 'YOUR_API_KEY_HERE'],
  ['word', 'your-secret-token'],
  ['word', '<your-api-key>'],
  ['word', '<API_KEY>'],
  ['word', 'REPLACE_ME_WITH_KEY'],
  ['word', 'example-key-1234'],
  ['word', 'placeholder'],
  ['word', '[REDACTED]'],
  ['word', 'null'],
  ['word', 'string'],
  ['word', 'application/json'],
  ['word', 'https://api.acme.example/v1/keys'],
  ['word', 'bob@acme.example'],
  ['reference', `$\{API_KEY}`],
  ['reference', 'process.env.API_KEY'],
  ['reference', '{{ .Values.apiKey }}'],
  ['reference', `$\{{ secrets.API_KEY }}`],
  ['reference', "<%= ENV['API_KEY'] %>"],
  ['reference', 'var.api_key'],
  ['reference', '%API_KEY%'],
  ['reference', 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:acme'],
  ['reference', 'vault:secret/data/acme#key'],
  ['reference', 'op://vault/item/field'],
  ['reference', 'projects/acme/secrets/key/versions/latest'],
  ['reference', '/run/secrets/api_key'],
  ['reference', './certs/server.key'],
  ['reference', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJk3'],
  ['walk', '12345678901234567890'],
  ['walk', 'abcdefghijklmnopqrstuvwxyz'],
  ['digest', drawn('sha256:{{hex:64}}')],
  ['digest', drawn('sha512-{{base64:86}}==')],
  ['date', '2026-01-02T03:04:05Z'],
  ['version', '1.24.3-rc.1'],
] as const;

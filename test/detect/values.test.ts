import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fillTemplate } from '../../src/detect/index.ts';
import { isDegenerate, isOtherKind, isPlaceholder } from '../../src/detect/placeholder.ts';
import { looksRandom, randomBits } from '../../src/detect/randomness.ts';
import { look } from './rules-for-tests.ts';

const filled = (template: string, variant = 0): string =>
  fillTemplate(template, { literals: [] }, variant).text;
const variants = Array.from({ length: 300 }, (_, variant) => variant);

describe('randomness', () => {
  test.each([
    '{{alnum:20}}',
    '{{lower-alnum:20}}',
    '{{base64:24}}',
    '{{base32:20}}',
    '{{hex:32}}',
    '{{hex:40}}',
    '{{HEX:32}}',
    '{{uuid}}',
  ])('%s looks random, nearly always', (template) => {
    const missed = variants.filter((variant) => !looksRandom(filled(template, variant)));
    expect(missed.length).toBeLessThanOrEqual(6);
  });

  test.each([
    'getServerSidePropsContext',
    'application-specific-password',
    'ActiveDirectoryTenantId',
    'com.example.project.SomeClass',
    'XMLHttpRequestEventTarget',
    'TEST_DATABASE_CONNECTION_STRING',
    'this is a sentence about passwords',
    'Zugangsdatenverwaltung',
    'aaaaaaaaaaaaaaaaaaaaaaaa',
    'user_session_token_provider',
    'node_modules/package/index',
    'PassWordMustBeAtLeast6Chars.',
  ])('%s does not', (text) => {
    expect(looksRandom(text)).toBe(false);
  });

  test('letters of both kinds and digits that take turns look random, however many digits there are', () => {
    const turns = fc.array(fc.constantFrom('a1B', '4xQ', '7T22', 'k9', 'R5e'), {
      minLength: 12,
      maxLength: 30,
    });
    fc.assert(
      fc.property(turns, (pieces) => {
        expect(looksRandom(`sk-${pieces.join('')}Zx9`)).toBe(true);
      }),
    );
  });

  test('a longer string of the same kind proves more', () => {
    const mean = (length: number): number =>
      variants.reduce((sum, variant) => sum + randomBits(filled(`{{alnum:${length}}}`, variant)), 0) /
      variants.length;
    expect(mean(32)).toBeGreaterThan(mean(20));
    expect(mean(20)).toBeGreaterThan(mean(12));
  });

  test('any string has a finite answer', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(Number.isFinite(randomBits(text))).toBe(true);
      }),
    );
  });
});

describe('stand-ins and other kinds', () => {
  test.each([
    'changeme',
    'your-api-key',
    'xxxxxxxxxxxx',
    'sk_live_xxxxxxxxxxxx',
    '****************',
    '<your token here>',
    `\${SECRET}`,
    '{{ secret }}',
    'process.env.SECRET',
    '$API_KEY',
    '%APPDATA%',
    'insert-key-here',
    'REDACTED',
    'EXAMPLE_KEY',
    'null',
    'undefined',
    '123456789012',
    'abcdefghijkl',
    '...',
    'qwer....',
  ])('%s stands in', (text) => {
    expect(isPlaceholder(text)).toBe(true);
  });

  // A pattern that can split a row of digits or letters in many ways would try them all: for hours.
  test.each(['1', 'x', 'foo1', '12', 'a-', 'ff'])(
    'a long row of %s that ends otherwise is judged at once',
    (piece) => {
      for (const head of ['', 'xxx', 'foo1'])
        expect(isPlaceholder(`${head}${piece.repeat(150)}~Q7`)).toBe(
          isPlaceholder(`${head}${piece.repeat(10)}~Q7`),
        );
    },
  );

  test.each([
    'https://acme.example/path',
    './keys/private.pem',
    '/etc/ssl/private',
    '2026-01-02T03:04:05Z',
    '1.2.3-beta.4',
    '10.0.0.1:8080',
    '#ff00aa',
    'sha512-abcdef',
    'application/json',
    'getToken()',
    'config.auth.token',
    'Foo::Bar',
    'SOME_CONSTANT_NAME',
    'kebab-case-name',
    'utf-8',
    '0x1f2e',
    'server.key',
    'me@acme.example',
    'lgpl-3.0',
    '12.5px',
  ])('%s is of another kind', (text) => {
    expect(isOtherKind(text)).toBe(true);
  });

  test('a drawn key is neither', () => {
    for (const template of ['{{alnum:32}}', '{{base64url:43}}', '{{hex:40}}', '{{base64:44}}']) {
      const hit = variants.filter((variant) => {
        const text = filled(template, variant);
        return isPlaceholder(text) || isOtherKind(text) || isDegenerate(text);
      });
      expect(hit.length).toBeLessThanOrEqual(6);
    }
  });
});

const KEY = filled('{{alnum:32}}');

describe('assignments', () => {
  test.each([
    `DB_SECRET=${KEY}`,
    `export API_KEY='${KEY}'`,
    `  "apiToken": "${KEY}",`,
    `token: ${KEY}`,
    `client_secret = "${KEY}"`,
    `const token: string = '${KEY}';`,
    `secret := "${KEY}"`,
    `'token' => '${KEY}',`,
    `<secret>${KEY}</secret>`,
    `<add key="ApiToken" value="${KEY}" />`,
    `- name: API_TOKEN\n  value: ${KEY}`,
    `{"name": "TOKEN", "value": "${KEY}"}`,
    `--token ${KEY}`,
    `--token=${KEY}`,
    `set('token', '${KEY}')`,
    `setSecret("${KEY}")`,
    `config["secret"] = "${KEY}"`,
    `https://acme.example/?token=${KEY}&x=1`,
    `Token ?= ${KEY}`,
    `var token string = "${KEY}"`,
    `\\"token\\": \\"${KEY}\\"`,
    `token = b"${KEY}"`,
    `token == "${KEY}"`,
    `authToken: "Bearer ${KEY}"`,
    `secret=${KEY};timeout=30`,
    `token - '${KEY}'`,
    `the acme token ${KEY} works`,
    `tokens: ["${KEY}"]`,
  ])('%j', (text) => {
    const found = look(text);
    expect(found.map(({ span }) => text.slice(span.start, span.end))).toEqual([KEY]);
  });

  test.each([
    `token_type = "${KEY}"`,
    `tokenizer = "${KEY}"`,
    `public_token_path: "${KEY}"`,
    'token = parser.nextToken()',
    'secret: string',
    'token = getToken("abcdef0123456789xyz")',
    'secret = os.environ["SECRET"]',
    `token: \${{ secrets.TOKEN }}`,
    'token = "refresh_token"',
    'api_key = config.services.api_key',
    '"token": "https://acme.example/token"',
    'token = "sha256-1f2e3d4c5b6a"',
    'next_page_token = "CAUQAA"',
    'secret = "correct horse battery staple"',
    'the token is invalid',
    'password: "password"',
    'password = input()',
  ])('nothing in %j', (text) => {
    expect(look(text)).toEqual([]);
  });
});

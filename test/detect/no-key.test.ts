// Classes of what is no key, as laws: whatever the words are, and beside each what must still be found.
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtInRules, createDetector, fillTemplate, loadRules, wholeText } from '../../src/detect/index.ts';

const detector = createDetector(await loadRules([builtInRules]));

function found(text: string): string[] {
  return detector.look(wholeText(Buffer.from(text, 'utf8'))).findings.map((finding) => finding.rule.id);
}

const drawn = (template: string, variant: number): string =>
  fillTemplate(template, { literals: [] }, variant).text;

const word = fc.constantFrom(
  'rotate',
  'shared',
  'unlock',
  'member',
  'upgrade',
  'legacy',
  'browser',
  'mobile',
  'prompt',
  'folder',
  'billing',
);
const words = fc.uniqueArray(word, { minLength: 2, maxLength: 5 });
const pascal = (parts: readonly string[]): string =>
  parts.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');

describe('a value that says its name again', () => {
  const named = fc.record({
    words,
    ticket: fc.option(fc.integer({ min: 1, max: 99_999 }), { nil: undefined }),
    separator: fc.constantFrom('-', '_', '.'),
    secret: fc.constantFrom('password', 'token', 'secret', 'passphrase'),
  });

  it('is none', () => {
    fc.assert(
      fc.property(named, ({ words: parts, ticket, separator, secret }) => {
        const all = [...parts, secret];
        const value = [...(ticket === undefined ? [] : ['pm', String(ticket)]), ...all].join(separator);
        expect(found(`public const string ${pascal(all)} = "${value}";`)).toEqual([]);
      }),
    );
  });

  it('is one where it is drawn', () => {
    fc.assert(
      fc.property(named, fc.nat(200), ({ words: parts, secret }, variant) => {
        const text = `public const string ${pascal([...parts, secret])} = "${drawn('{{alnum:32}}', variant)}";`;
        expect(found(text)).toHaveLength(1);
      }),
    );
  });
});

describe('the public half of a key', () => {
  const pairs: readonly {
    readonly name: string;
    readonly pair: () => { publicKey: KeyObject; privateKey: KeyObject };
  }[] = [
    { name: 'RSA 1024', pair: () => generateKeyPairSync('rsa', { modulusLength: 1024 }) },
    { name: 'RSA 2048', pair: () => generateKeyPairSync('rsa', { modulusLength: 2048 }) },
    { name: 'P-256', pair: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }) },
    { name: 'P-384', pair: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }) },
    { name: 'P-521', pair: () => generateKeyPairSync('ec', { namedCurve: 'P-521' }) },
    { name: 'secp256k1', pair: () => generateKeyPairSync('ec', { namedCurve: 'secp256k1' }) },
    { name: 'Ed25519', pair: () => generateKeyPairSync('ed25519') },
    { name: 'Ed448', pair: () => generateKeyPairSync('ed448') },
    { name: 'X25519', pair: () => generateKeyPairSync('x25519') },
    { name: 'X448', pair: () => generateKeyPairSync('x448') },
  ];

  it.each(pairs)('is none, and the private half is one: $name', ({ pair }) => {
    const { publicKey, privateKey } = pair();
    const open = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    const secret = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
    for (const name of ['key', 'response-key', 'clientKey', 'API_KEY', 'secret'])
      expect(found(`${name}: "${open}"`)).toEqual([]);
    expect(found(`private_key: "${secret}"`)).toHaveLength(1);
  });
});

describe('the digest of a package in base64', () => {
  it('is none, wherever a rule would begin in it', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 64, maxLength: 64 }),
        fc.constantFrom('duo', 'cosmos', 'okta', 'azure'),
        (bytes, vendor) => {
          const text = `"${vendor}.Client": {\n  "contentHash": "${Buffer.from(bytes).toString('base64')}"\n}`;
          expect(found(text)).toEqual([]);
        },
      ),
    );
  });
});

describe('a password that is its user', () => {
  const name = fc.stringMatching(/^[a-z]{4,8}box$/);

  it('is none', () => {
    fc.assert(
      fc.property(name, (user) => {
        expect(found(`'USER': '${user}',\n'PASSWORD': '${user}',`)).toEqual([]);
        expect(found(`createUser({ username: "${user}", password: "${user}" })`)).toEqual([]);
      }),
    );
  });

  it('is one where it is another', () => {
    fc.assert(
      fc.property(name, fc.nat(99), (user, variant) => {
        expect(found(`'USER': '${user}',\n'PASSWORD': '${drawn('{{alnum:16}}', variant)}',`)).toHaveLength(1);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { challenges } from '../../src/services/challenge.ts';

describe('WWW-Authenticate', () => {
  it.each([
    ['Bearer', [{ scheme: 'bearer', params: {} }]],
    ['Bearer realm="api"', [{ scheme: 'bearer', params: { realm: 'api' } }]],
    [
      'Bearer realm="api", error="invalid_token", error_description="The token, it \\"expired\\""',
      [
        {
          scheme: 'bearer',
          params: { realm: 'api', error: 'invalid_token', error_description: 'The token, it "expired"' },
        },
      ],
    ],
    [
      'Basic realm="a b", Bearer error=invalid_token, DPoP algs="ES256"',
      [
        { scheme: 'basic', params: { realm: 'a b' } },
        { scheme: 'bearer', params: { error: 'invalid_token' } },
        { scheme: 'dpop', params: { algs: 'ES256' } },
      ],
    ],
    [
      'Negotiate a87421000492aa874209af8bc028==, Basic realm=""',
      [
        { scheme: 'negotiate', params: {} },
        { scheme: 'basic', params: { realm: '' } },
      ],
    ],
    [
      'Bearer error_uri=https://a.example/x',
      [{ scheme: 'bearer', params: { error_uri: 'https://a.example/x' } }],
    ],
    ['', []],
    ['realm="nobody’s"', []],
  ])('%s', (header, expected) => {
    expect(challenges(header)).toEqual(expected);
  });

  it('reads what was written, and ends on anything', () => {
    const token = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
    const quoted = fc.string().filter((text) => !/[\\"\r\n]/.test(text));
    const challenge = fc.tuple(
      token,
      fc.uniqueArray(fc.tuple(token, quoted), { minLength: 1, maxLength: 3, selector: ([name]) => name }),
    );
    fc.assert(
      fc.property(fc.array(challenge, { maxLength: 3 }), (list) => {
        const header = list
          .map(
            ([scheme, params]) =>
              `${scheme} ${params.map(([name, value]) => `${name}="${value}"`).join(', ')}`,
          )
          .join(', ');
        expect(challenges(header)).toEqual(
          list.map(([scheme, params]) => ({ scheme, params: Object.fromEntries(params) })),
        );
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => Array.isArray(challenges(text))));
    expect(challenges(undefined)).toEqual([]);
  });
});

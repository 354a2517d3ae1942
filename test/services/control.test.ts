import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/model/index.ts';
import { reveal } from '../../src/model/reveal.ts';
import { controlKey } from '../../src/services/index.ts';
import { fill } from './recorded.ts';

function made(text: string): string | undefined {
  const key = controlKey({ secret: new Secret(text), parts: {} });
  return key && reveal(key.secret);
}

describe('a control key', () => {
  it('has the same shape and is another key', () => {
    const shape = (text: string) => text.replace(/[0-9]/g, '0').replace(/[a-z]/g, 'a').replace(/[A-Z]/g, 'A');
    fc.assert(
      fc.property(
        fc.constantFrom('ghp_', 'acme-live-', 'sk_test_', 'v1.', ''),
        fc.stringMatching(/^[0-9A-Za-z]{24,60}$/),
        (prefix, body) => {
          const text = made(prefix + body) ?? '';
          expect(text.startsWith(prefix)).toBe(true);
          expect(text).not.toBe(prefix + body);
          expect(text.length).toBe(prefix.length + body.length);
          fc.pre(!/^[0-9a-f]+$/.test(body) && !/^[0-9A-F]+$/.test(body));
          expect(shape(text)).toBe(shape(prefix + body));
        },
      ),
    );
  });

  it('stays hexadecimal, and stays away from keys too short to be random', () => {
    expect(made(`tok_${fill('{{hex:40}}')}`)).toMatch(/^tok_[0-9a-f]{40}$/);
    expect(made('abc_123')).toBeUndefined();
    expect(made('')).toBeUndefined();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPublic } from '../../src/verify/address.ts';

const CLOSED = [
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.8',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '0:0:0:0:0:ffff:a00:1',
  '::ffff:169.254.169.254',
  '::127.0.0.1',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  '2001:db8::1',
  '2001::1',
  '2002:7f00:1::',
  '64:ff9b::10.0.0.1',
  '64:ff9b:1::1',
  '100::1',
  '3fff::1',
  'localhost',
  '',
  '1.2.3',
  '0x7f.1',
];

describe('an address', () => {
  it.each(CLOSED)('%s is not public', (address) => {
    expect(isPublic(address)).toBe(false);
  });

  it.each([
    '1.1.1.1',
    '140.82.121.6',
    '172.32.0.1',
    '192.169.0.1',
    '2606:4700::1111',
    '2a00:1450:4001::1',
    '::ffff:8.8.8.8',
    '64:ff9b::8.8.8.8',
  ])('%s is public', (address) => {
    expect(isPublic(address)).toBe(true);
  });

  it('is judged the same as IPv4 and mapped into IPv6, in both spellings', () => {
    fc.assert(
      fc.property(fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)), ([a, b, c, d]) => {
        const v4 = `${a}.${b}.${c}.${d}`;
        const hex = `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
        expect(isPublic(`::ffff:${v4}`)).toBe(isPublic(v4));
        expect(isPublic(`::ffff:${hex}`)).toBe(isPublic(v4));
        expect(isPublic(`0:0:0:0:0:FFFF:${hex.toUpperCase()}`)).toBe(isPublic(v4));
      }),
    );
  });
});

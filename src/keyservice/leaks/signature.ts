// GitHub's secret-scanning partner signature: ECDSA over P-256 with SHA-256, DER form in base64, over the raw bytes of the
// body. https://docs.github.com/en/code-security/secret-scanning/secret-scanning-partnership-program

import { createPublicKey, type KeyObject, verify } from 'node:crypto';

/** Undefined for anything but a P-256 public key. */
export function readPublicKey(pem: string): KeyObject | undefined {
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1'
      ? key
      : undefined;
  } catch {
    return undefined;
  }
}

/** @param raw the body as it came: never parsed and written again */
export function verifies(key: KeyObject, raw: Uint8Array, signature: string): boolean {
  // A DER signature of P-256 has 72 bytes at most: 96 characters.
  if (!/^[A-Za-z0-9+/]{8,96}={0,2}$/.test(signature)) return false;
  try {
    return verify('sha256', raw, { key, dsaEncoding: 'der' }, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}

/** The order of P-256's group (FIPS 186-5, SEC 2). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/**
 * One name for a signature in both its forms: with (r, s), (r, n - s) verifies as well, and anybody can make one from the other.
 * @param signature that has verified: strict DER, which OpenSSL insists on
 */
export function nameOfSignature(signature: string): string {
  const der = Buffer.from(signature, 'base64');
  const lengthOfR = der[3] ?? 0;
  const r = der.subarray(4, 4 + lengthOfR).toString('hex');
  const s = BigInt(`0x0${der.subarray(6 + lengthOfR).toString('hex')}`);
  const low = s > ORDER / 2n ? ORDER - s : s;
  return `${r} ${low.toString(16)}`;
}

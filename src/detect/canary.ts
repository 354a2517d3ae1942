// Keys that were planted to be used: asking about one sets off somebody's alarm, and tells nobody anything. An AWS access
// key id carries its account's number, so the accounts of canary services give their keys away without a question to AWS.

/** Accounts of canarytokens.org and of its imitators: https://trufflesecurity.com/blog/canaries (read 2026-11-20). */
const CANARY_ACCOUNTS: ReadonlySet<string> = new Set(
  // Thinkst
  (
    '052310077262 171436882533 266735846894 534261010715 595918472158 717712589309 730335385048 819147034852 992382622183 ' +
    // Others
    '044858866125 251535659677 344043088457 351906852752 390477818340 426127672474 427150556519 439872796651 ' +
    '445142720921 465867158099 637958123769 693412236332 732624840810 735421457923 959235150393 982842642351'
  ).split(' '),
);

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * The twelve digits of the account in an AWS access key id; undefined for other strings. Behind four letters the id is base32,
 * and bits 1 to 40 of it are the account: https://trufflesecurity.com/blog/research-uncovers-aws-account-numbers-hidden-in-access-keys
 */
export function awsAccount(id: string): string | undefined {
  if (!/^(?:AKIA|ASIA)[A-Z2-7]{16}$/.test(id)) return undefined;
  let bits = 0n;
  for (const char of id.slice(4)) bits = (bits << 5n) | BigInt(BASE32.indexOf(char));
  return String((bits >> 39n) & 0xff_ffff_ffffn).padStart(12, '0');
}

/** @param more accounts that the operator names */
export function isCanary(value: string, more: ReadonlySet<string>): boolean {
  const account = awsAccount(value);
  return account !== undefined && (CANARY_ACCOUNTS.has(account) || more.has(account));
}

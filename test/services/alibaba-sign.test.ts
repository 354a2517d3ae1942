// The example of Alibaba Cloud's page on RPC signatures: its pair, time and nonce.

import { expect, it } from 'vitest';
import { Secret } from '../../src/model/index.ts';
import { alibabaSignature } from '../../src/services/alibaba.ts';

it('signs as the page says', () => {
  const query =
    'AccessKeyId=testid&Action=DescribeRegions&Format=XML&SignatureMethod=HMAC-SHA1&SignatureNonce=3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf&SignatureVersion=1.0&Timestamp=2016-02-23T12%3A46%3A24Z&Version=2014-05-26';
  expect(alibabaSignature('GET', query, new Secret('testsecret'))).toBe('OLeaidS1JvxuMvnyHOwuJ+uX5qY=');
});

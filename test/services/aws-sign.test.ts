// AWS's published test suite for Signature Version 4 (aws-sig-v4-test-suite): its example pair, date, region and service.

import { expect, it } from 'vitest';
import { Secret } from '../../src/model/index.ts';
import { awsSigned } from '../../src/services/aws-sign.ts';

const pair = {
  id: new Secret('AKIDEXAMPLE'),
  secret: new Secret(['wJalrXUtnFEMI/K7MDENG', 'bPxRfiCYEXAMPLEKEY'].join('+')), // keyburn:allow AWS's own example
};
const now = new Date('2015-08-30T12:36:00Z');

it.each([
  {
    name: 'get-vanilla',
    method: 'GET',
    path: '/',
    signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
  },
  {
    name: 'get-vanilla-query-order-key-case',
    method: 'GET',
    path: '/?Param2=value2&Param1=value1',
    signature: 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
  },
  {
    name: 'post-vanilla',
    method: 'POST',
    path: '/',
    signature: '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
  },
  {
    name: 'post-x-www-form-urlencoded',
    method: 'POST',
    path: '/',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'Param1=value1',
    signature: 'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
  },
])('$name', ({ method, path, headers, body, signature }) => {
  const sent = awsSigned(pair, {
    method,
    url: `https://example.amazonaws.com${path}`,
    ...(headers && { headers }),
    ...(body !== undefined && { body }),
    region: 'us-east-1',
    service: 'service',
    now,
  });
  expect(sent.authorization).toMatch(new RegExp(`Signature=${signature}$`));
});

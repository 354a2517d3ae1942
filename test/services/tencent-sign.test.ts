import { expect, it } from 'vitest';
import { Secret } from '../../src/model/index.ts';
import { tencentAuthorization } from '../../src/services/tencent.ts';

// The example of the documentation of signature v3, whose key ends in asterisks: www.tencentcloud.com/document/product/845/32206.
it('signs as the vendor’s own example', () => {
  const id = 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******';
  const pair = {
    id: new Secret(id),
    secret: new Secret('Gu5t9xGARNpq86cd98joQYCN3*******'),
  };
  const about = {
    service: 'cvm',
    host: 'cvm.tencentcloudapi.com',
    body: String.raw`{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}`,
    now: new Date(1_551_113_065_000),
  };
  expect(tencentAuthorization(pair, about)).toBe(
    `TC3-HMAC-SHA256 Credential=${id}/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host, Signature=2230eefd229f582d8b1b891af7107b91597240707d778ab3738f756258d7652c`,
  );
});

import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { incident, notifier } from './parts.ts';
import { smtpServer } from './smtp-server.ts';

const channel = (port: number) => ({
  name: 'mail',
  kind: 'smtp',
  host: '127.0.0.1',
  port,
  security: 'none',
  from: 'keyburn@example.com',
  to: ['ada@example.com', 'team@example.com'],
});

/** Headers with folded lines joined, and the body decoded. */
function parse(data: string): { headers: string; body: string } {
  const [head = '', ...rest] = data.split('\r\n\r\n');
  const headers = head.replace(/\r\n[ \t]+/g, ' ');
  const encoded = rest.join('\r\n\r\n');
  const soft = encoded
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  const quoted = /quoted-printable/i.test(headers) ? Buffer.from(soft, 'latin1').toString('utf8') : encoded;
  return {
    headers,
    body: /base64/i.test(headers) ? Buffer.from(encoded, 'base64').toString('utf8') : quoted,
  };
}

describe('mail', () => {
  test('reaches everybody it is for, says what happened, and is told apart from its repeats by its id', async () => {
    const server = await smtpServer();
    const { enqueue, flush } = await notifier([channel(server.port)]);
    await enqueue(incident(), 'burned');
    expect(await flush()).toEqual({ sent: 1, kept: [] });
    const [mail] = server.mails;
    expect(mail?.commands).toContain('MAIL FROM:<keyburn@example.com>');
    expect(mail?.commands.filter((line) => line.startsWith('RCPT'))).toEqual([
      'RCPT TO:<ada@example.com>',
      'RCPT TO:<team@example.com>',
    ]);
    const { headers, body } = parse(mail?.data ?? '');
    expect(headers).toMatch(/^Message-ID: <msg_[0-9a-f]{32}@keyburn\.invalid>$/m);
    expect(headers).toMatch(/^Auto-Submitted: auto-generated$/m);
    expect(headers).toMatch(/^Date: Fri, 20 Nov 2026 12:00:00 \+0000$/m);
    expect(headers).toMatch(/^Content-Type: multipart\/alternative/m);
    expect(body).toMatch(/^Content-Type: text\/plain/m);
    expect(body).toMatch(/^Content-Type: text\/html/m);
    expect(body).toContain('Nobody can use it any more');
    expect(body).toContain('HOW TO TAKE THE OLD ONE OUT');
  });

  test.each([
    ['ada@example.org', ['ada@example.org']],
    ['user 7, Ada.L+keys@mail.example.org', ['Ada.L+keys@mail.example.org']],
    ['acme-billing', ['ada@example.com', 'team@example.com']],
    [null, ['ada@example.com', 'team@example.com']],
    // Whatever is not one plain address is none.
    ['a@example.org, b@example.org', ['ada@example.com', 'team@example.com']],
    ['a@example.org>\r\nRCPT TO:<evil@example.com', ['ada@example.com', 'team@example.com']],
    ['"a b"@example.org', ['ada@example.com', 'team@example.com']],
    ['a@[127.0.0.1]', ['ada@example.com', 'team@example.com']],
  ])('to the owner whom the issuer names %j goes to %j', async (owner, expected) => {
    const server = await smtpServer();
    const { enqueue, flush } = await notifier([{ ...channel(server.port), 'to-owner': true }]);
    await enqueue(incident(), 'burned', owner);
    expect(await flush()).toEqual({ sent: 1, kept: [] });
    const [mail] = server.mails;
    expect(mail?.commands.filter((line) => line.startsWith('RCPT'))).toEqual(
      expected.map((one) => `RCPT TO:<${one}>`),
    );
    // Without the operator's word it goes to nobody whom an issuer names.
    const other = await notifier([channel(server.port)]);
    await other.enqueue(incident(), 'burned', owner);
    await other.flush();
    expect(parse(server.mails[1]?.data ?? '').headers).toMatch(/^To: ada@example\.com, team@example\.com$/m);
  });

  test('a path with line ends and addresses in it adds no header and nobody to the recipients', async () => {
    const server = await smtpServer();
    const { enqueue, flush } = await notifier([channel(server.port)]);
    const place = {
      ...incident().place,
      path: 'x\r\nBcc: evil@example.com\r\n\r\n.\r\nMAIL FROM:<evil@example.com>',
      author: 'A\r\nB',
    };
    await enqueue(incident({ place, title: 'Key\r\nTo: evil@example.com' }), 'still-alive');
    expect(await flush()).toEqual({ sent: 1, kept: [] });
    expect(server.mails).toHaveLength(1);
    const [mail] = server.mails;
    expect(mail?.commands.filter((line) => /^(RCPT|MAIL)/.test(line)).join()).not.toContain('evil');
    const { headers } = parse(mail?.data ?? '');
    expect(headers).not.toMatch(/^Bcc:/im);
    expect(headers.match(/^To:.*$/gim)).toEqual(['To: ada@example.com, team@example.com']);
  });

  test('signs in with credentials from the environment, and says nothing of them when refused', async () => {
    const password = randomBytes(12).toString('hex');
    const server = await smtpServer({ extensions: ['AUTH PLAIN'] });
    const env = { MAIL_USER: 'keyburn', MAIL_PASSWORD: password };
    const signed = { 'user-env': 'MAIL_USER', 'password-env': 'MAIL_PASSWORD' };
    const one = await notifier([{ ...channel(server.port), ...signed }], { env });
    await one.enqueue(incident(), 'burned');
    expect(await one.flush()).toEqual({ sent: 1, kept: [] });
    const token = Buffer.from(`\0keyburn\0${password}`).toString('base64');
    expect(server.commands).toContain(`AUTH PLAIN ${token}`);

    const strict = await smtpServer({
      extensions: ['AUTH PLAIN'],
      reply: { AUTH: `535 no: ${password} ${token}` },
    });
    const two = await notifier([{ ...channel(strict.port), ...signed }], { env });
    await two.enqueue(incident(), 'burned');
    const said = JSON.stringify([await two.flush(), two.outbox.rows()]);
    expect(said).toContain('SMTP 535 (EAUTH)');
    expect(said).not.toContain(password);
    expect(said).not.toContain(token);
    expect(strict.commands.filter((line) => line.startsWith('AUTH'))).toHaveLength(1);
  });

  test('without STARTTLS where it is asked for, nothing is sent, the password least of all', async () => {
    const server = await smtpServer({ extensions: ['AUTH PLAIN'], reply: { STARTTLS: '502 what' } });
    const env = { U: 'keyburn', P: randomBytes(12).toString('hex') };
    const { enqueue, flush } = await notifier(
      [{ ...channel(server.port), security: 'starttls', 'user-env': 'U', 'password-env': 'P' }],
      { env },
    );
    await enqueue(incident(), 'burned');
    expect((await flush()).kept[0]?.why).toContain('ETLS');
    expect(server.commands.join('\n')).not.toMatch(/^(AUTH|MAIL|DATA)/m);
  });

  test('a refusal for now is tried again, one for good is not; both are kept', async () => {
    const busy = await smtpServer({ reply: { MAIL: '451 later' } });
    const one = await notifier([channel(busy.port)]);
    await one.enqueue(incident(), 'burned');
    expect((await one.flush()).kept[0]?.why).toContain('SMTP 451');
    expect(busy.commands.filter((line) => line.startsWith('MAIL'))).toHaveLength(3);
    const closed = await smtpServer({ reply: { '.': '554 never' } });
    const two = await notifier([channel(closed.port)]);
    await two.enqueue(incident(), 'burned');
    expect((await two.flush()).kept[0]?.why).toContain('SMTP 554');
    expect(closed.commands.filter((line) => line.startsWith('MAIL'))).toHaveLength(1);
    expect(two.outbox.rows()).toMatchObject([{ sent: null, due: '2026-11-20T12:00:10.000Z' }]);
  });

  test('a server that trickles is left, whenever the run is interrupted', async () => {
    const server = await smtpServer({ trickle: true });
    const stop = new AbortController();
    const { enqueue, flush, outbox } = await notifier([channel(server.port)], { signal: stop.signal });
    await enqueue(incident(), 'burned');
    const flushed = flush();
    setImmediate(() => stop.abort());
    await flushed;
    expect(outbox.rows()).toMatchObject([{ sent: null, due: '2026-11-20T12:00:00.000Z' }]);
  });
});

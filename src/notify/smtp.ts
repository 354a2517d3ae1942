import { Socket } from 'node:net';
import { SetupError } from '../model/index.ts';
import type { Channel, Delivery, Letter } from './channel.ts';
import type { ChannelConfig } from './channels.ts';
import { held, isThisMachine, type Lookup } from './held.ts';
import { oneLine } from './notice.ts';
import { codeOf, TRY_MS } from './post.ts';
import type { Render } from './templates.ts';

export function smtp(
  config: Extract<ChannelConfig, { kind: 'smtp' }>,
  lookup: Lookup,
  render: Render,
): Channel {
  const { name, host, port, security } = config;
  if (security === 'none' && !config.internal && !isThisMachine(host)) {
    throw new SetupError(`keyburn.toml: notify ${name}: security: mail to ${host} would not be encrypted`, {
      hint: 'use starttls or tls, or say internal = true for a host of your own',
    });
  }
  const user = held(config, 'user', lookup);
  const password = held(config, 'password', lookup);

  async function deliver(letter: Letter, signal: AbortSignal): Promise<Delivery> {
    let mail: ReturnType<typeof mailOf>;
    try {
      mail = mailOf(letter, config, render);
    } catch (error) {
      // It went well with every sample, yet not with this one: never quietly another text.
      if (error instanceof SetupError) return { outcome: 'refused', why: error.message, passing: false };
      throw error;
    }
    // One connection a message: notices are rare, and nothing stays open between them.
    const socket = new Socket();
    const { createTransport } = await import('nodemailer');
    const transport = createTransport({
      socket,
      host,
      port,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      connectionTimeout: TRY_MS / 2,
      greetingTimeout: TRY_MS / 2,
      socketTimeout: TRY_MS / 2,
      disableFileAccess: true,
      disableUrlAccess: true,
      ...(user && password ? { auth: { user: user(), pass: password() } } : {}),
    });
    // The time-outs above are of silence; a server that trickles is cut off as a whole.
    const end = AbortSignal.any([signal, AbortSignal.timeout(TRY_MS)]);
    socket.on('error', () => undefined);
    try {
      await Promise.race([transport.sendMail(mail), aborted(end)]);
      return { outcome: 'delivered' };
    } catch (error) {
      return refusal(error);
    } finally {
      socket.destroy();
      transport.close();
    }
  }
  return { name, kinds: new Set(config.kinds), deliver };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(signal.reason instanceof Error ? signal.reason : new Error('interrupted'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

/** Addresses come from the operator, and the owner's from the issuer where the operator says so; what comes from a repository is one line in the subject, and text in the body. */
export function mailOf(
  letter: Letter,
  config: { readonly from: string; readonly to: readonly string[]; readonly 'to-owner': boolean },
  render: Render,
) {
  const { from } = config;
  const { owner } = letter.notice;
  const to = config['to-owner'] && owner !== null ? [owner] : config.to;
  const { subject, text, html } = render(letter.notice);
  return {
    from,
    to: [...to],
    subject: oneLine(`[keyburn] ${subject}`, 200),
    text,
    html,
    // The same over retries, so that a mail program shows a repeat once.
    messageId: `<${letter.id}@keyburn.invalid>`,
    date: new Date(letter.notice.timestamp),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Keyburn-Incident': letter.incident },
  };
}

/** The server's words are left out: they may repeat what was sent. */
function refusal(error: unknown): Delivery {
  const status = error instanceof Error && 'responseCode' in error ? error.responseCode : undefined;
  const code = codeOf(error);
  if (typeof status !== 'number') {
    const passing = code !== 'EAUTH' && code !== 'ETLS' && code !== 'ENOAUTH';
    return { outcome: 'refused', why: `no mail sent (${code})`, passing };
  }
  return { outcome: 'refused', why: `SMTP ${status} (${code})`, passing: status >= 400 && status < 500 };
}

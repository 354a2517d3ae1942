import { type AddressInfo, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Mail {
  readonly commands: readonly string[];
  /** As it came over the wire, dots unstuffed. */
  readonly data: string;
}

export interface SmtpBehaviour {
  readonly extensions?: readonly string[];
  /** The reply to a command, by its verb; what is left out is said yes to. */
  readonly reply?: Readonly<Record<string, string>>;
  /** Writes a character of a greeting that never ends, ever again. */
  readonly trickle?: boolean;
}

/** A small SMTP server on loopback: enough of RFC 5321 to take mail and to refuse it. */
export async function smtpServer(behaviour: SmtpBehaviour = {}) {
  const mails: Mail[] = [];
  const commands: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    if (behaviour.trickle) {
      const timer = setInterval(() => socket.write('2'), 20);
      socket.on('close', () => clearInterval(timer));
      return;
    }
    let buffer = '';
    let data: string[] | undefined;
    const say = (line: string) => socket.write(`${line}\r\n`);
    say('220 test');
    const answer = (line: string): void => {
      if (data !== undefined) {
        if (line !== '.') {
          data.push(line.startsWith('.') ? line.slice(1) : line);
          return;
        }
        const refused = behaviour.reply?.['.'];
        if (refused === undefined) mails.push({ commands: [...commands], data: data.join('\r\n') });
        data = undefined;
        say(refused ?? '250 taken');
        return;
      }
      commands.push(line);
      const verb = line.split(' ')[0]?.toUpperCase() ?? '';
      const special = behaviour.reply?.[verb];
      if (special !== undefined) {
        say(special);
        return;
      }
      if (verb === 'EHLO') {
        const lines = ['test', ...(behaviour.extensions ?? [])];
        for (const [index, extension] of lines.entries())
          say(`250${index === lines.length - 1 ? ' ' : '-'}${extension}`);
      } else if (verb === 'AUTH') say('235 in');
      else if (verb === 'DATA') {
        data = [];
        say('354 go on');
      } else if (verb === 'QUIT') {
        say('221 bye');
        socket.end();
      } else say('250 yes');
    };
    socket.on('data', (piece) => {
      buffer += piece.toString('utf8');
      for (let end = buffer.indexOf('\r\n'); end >= 0; end = buffer.indexOf('\r\n')) {
        const line = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        answer(line);
      }
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(
    () =>
      new Promise<void>((ended) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => ended());
      }),
  );
  return { port: (server.address() as AddressInfo).port, mails, commands };
}

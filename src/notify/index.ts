// Tells people what happened to a leaked key: once, completely, and without the key.
export type { ChannelConfig } from './channels.ts';
export type { Issuer } from './letter.ts';
export { createNotifier, type Flushed, type Notifier, type NotifierOptions } from './notifier.ts';
export { openTemplates } from './open.ts';
export {
  NOTICE_KINDS,
  type NoticeKind,
  type Outbox,
  type OutboxMessage,
  type ToldKind,
} from './outbox.ts';

import { isUsable, type Usable, unknownInWords, type Verdict } from '../model/index.ts';
import type { Key, RevokeReply, Service, Tools } from '../services/index.ts';
import { askAgain, nameOf } from './prove.ts';

/** What came of undoing a containment. */
export type Restored =
  | { readonly outcome: 'restored'; readonly proof: Usable; readonly note: string }
  /** The issuer took it, yet does not call the key live so far. */
  | { readonly outcome: 'unproved'; readonly proof: Verdict; readonly note: string }
  | { readonly outcome: 'refused'; readonly note: string }
  | { readonly outcome: 'manual'; readonly note: string; readonly steps: readonly string[] };

/** Undoes a containment, on a person's word, and looks whether the key works again. */
export async function restore(
  key: Key,
  use: { readonly service: Service; readonly tools: Tools; readonly again: () => Promise<Verdict> },
): Promise<Restored> {
  const { service } = use;
  const byHand = `Switch it on again at ${service.name}, where keys are managed: ${service.docs}`;
  if (service.restore === undefined)
    return {
      outcome: 'manual',
      note: `${service.name} has no way to restore by program`,
      steps: [byHand],
    };
  const reply = await service.restore(key, use.tools).catch((fault: unknown): RevokeReply => {
    return {
      outcome: 'unanswered',
      why: 'unexpected-reply',
      detail: `the service failed (${nameOf(fault)})`,
    };
  });
  switch (reply.outcome) {
    case 'manual': {
      // Steps by hand end a key: whoever wants it back must not follow them.
      const ending = new Set(service.byHand({ preview: key.secret.preview }));
      return { ...reply, steps: [...reply.steps.filter((step) => !ending.has(step)), byHand] };
    }
    case 'refused':
    case 'already-dead':
      return { outcome: 'refused', note: reply.note };
    case 'accepted':
    case 'unanswered': {
      const proof = await askAgain(use.again);
      const note =
        reply.outcome === 'accepted'
          ? reply.note
          : `not answered (${unknownInWords(reply.why)}): ${reply.detail}`;
      return isUsable(proof) ? { outcome: 'restored', proof, note } : { outcome: 'unproved', proof, note };
    }
  }
}

// What an operator has not set is named, and where to get it is said beside it: in the words of the service's own `asks`.

import type { Verdict } from '../model/index.ts';
import type { RevokeReply, Service, Tools } from './service.ts';

/** The same service; a reply that names a missing setting says where it is to be had. */
export function withDirections(service: Service): Service {
  const { asks, check, contain, restore, revoke } = service;
  if (asks === undefined) return service;

  /** The way to every name in the text that nobody has set. */
  function ways(text: string, tools: Tools): string[] {
    return Object.entries(asks ?? {})
      .filter(([name]) => new RegExp(`\\b${name}\\b`).test(text) && tools.credential(name) === undefined)
      .map(([name, what]) => `${name} (or ${name}_FILE, a file that holds it): ${what}`);
  }
  function pointed(reply: RevokeReply, tools: Tools): RevokeReply {
    if (reply.outcome !== 'manual') return reply;
    return { ...reply, steps: [...ways(reply.note, tools).map((way) => `Set ${way}`), ...reply.steps] };
  }
  function shown(verdict: Verdict, tools: Tools): Verdict {
    if (verdict.state !== 'unknown' || verdict.why !== 'not-configured') return verdict;
    const detail = verdict.detail ?? '';
    return { ...verdict, detail: [detail, ...ways(detail, tools)].join('; ') };
  }
  return {
    ...service,
    ...(check && { check: async (key, tools) => shown(await check(key, tools), tools) }),
    ...(contain && { contain: async (order, tools) => pointed(await contain(order, tools), tools) }),
    ...(restore && { restore: async (key, tools) => pointed(await restore(key, tools), tools) }),
    ...(revoke && { revoke: async (order, tools) => pointed(await revoke(order, tools), tools) }),
  };
}

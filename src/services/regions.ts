// An issuer with several regions, each of which knows its own keys alone. A refusal in one of them is no dead key: that takes all
// of them. Every host is the issuer's own.

import type { Verdict } from '../model/index.ts';
import { unknown } from './answer.ts';
import type { Service } from './service.ts';
import { asking, type Question } from './simple.ts';

export function inRegions<T>(
  apis: readonly string[],
  question: (api: string) => Question<T>,
): Pick<Service, 'check' | 'owner' | 'usage'> {
  const asked = apis.map((api) => asking(question(api)));
  const { owner, usage } = asked[0] ?? {};
  return {
    check: async (key, tools) => {
      let verdict: Verdict = unknown(tools, 'not-asked', 'no region was asked');
      for (const { check } of asked) {
        verdict = (await check?.(key, tools)) ?? verdict;
        if (verdict.state !== 'rejected') return verdict;
      }
      return verdict;
    },
    ...(owner && {
      owner: async (key, tools) => {
        for (const one of asked) {
          const found = await one.owner?.(key, tools);
          if (found) return found;
        }
        return undefined;
      },
    }),
    ...(usage && {
      usage: async (key, tools) => {
        for (const one of asked) {
          const found = await one.usage?.(key, tools);
          if (found) return found;
        }
        return undefined;
      },
    }),
  };
}

import { posix, relative, sep } from 'node:path';
import type { Plugin } from 'rolldown';

/**
 * Modules that are joined into one file find from there what they find from where they stand: `import.meta.url` and `dirname` go on
 * meaning the module's own place.
 * @param root every module of ours lies in here; @param back the way from the joined file's folder to it, such as `..`
 * @param stays a module that looks beside the joined file, and is right to do so
 */
export function keepPlaces(root: string, back: string, stays: string): Plugin {
  return {
    name: 'keep-places',
    transform(code, id) {
      if (!id.startsWith(root) || id.includes('node_modules') || id.endsWith(stays)) return null;
      if (!code.includes('import.meta.')) return null;
      const place = `${back}/${relative(root, id).split(sep).join('/')}`;
      return code.replaceAll(/\bimport\.meta\.(url|dirname)\b/g, (_all, what: string) =>
        what === 'url'
          ? `new URL(${JSON.stringify(place)}, import.meta.url).href`
          : `(import.meta.dirname + ${JSON.stringify(`/${posix.dirname(place)}`)})`,
      );
    },
  };
}

import { Worker } from 'node:worker_threads';

/**
 * Lets Node load this program from its TypeScript sources, as tests do: types are stripped by Node itself, but
 * imports name the `.js` files of the build.
 */
const RESOLVE_SOURCES = `
import { registerHooks } from 'node:module';
registerHooks({
  resolve(specifier, context, nextResolve) {
    const isSource = specifier.startsWith('.') && context.parentURL?.endsWith('.ts');
    return nextResolve(isSource ? specifier.replace(/\\.js$/, '.ts') : specifier, context);
  },
});`;

/** Starts the module beside this one, from the build or from source, whichever this module itself was loaded from. */
export function startThread(module: string, workerData: unknown): Worker {
  const isSource = import.meta.url.endsWith('.ts');
  const entry = new URL(`./${module}${isSource ? '.ts' : '.js'}`, import.meta.url);
  const execArgv = isSource ? ['--import', `data:text/javascript,${encodeURIComponent(RESOLVE_SOURCES)}`] : [];
  return new Worker(entry, { workerData, execArgv });
}

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

/** Node's options for a thread or process that runs the module. */
export function execArgvFor(module: URL): string[] {
  const isSource = module.pathname.endsWith('.ts');
  return isSource ? ['--import', `data:text/javascript,${encodeURIComponent(RESOLVE_SOURCES)}`] : [];
}

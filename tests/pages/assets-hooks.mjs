// `/assets/…` is the folder `console/`; everything in it is a module, though no package.json says so.
const CONSOLE = new URL('../../console/', import.meta.url);

/** @type {import('node:module').ResolveHook} */
export async function resolve(specifier, context, next) {
  const ours = specifier.startsWith('/assets/') ? new URL(specifier.slice('/assets/'.length), CONSOLE).href : specifier;
  return ours.startsWith(CONSOLE.href) ? { url: ours, format: 'module', shortCircuit: true } : next(specifier, context);
}

// A file of its own in dist/, loaded as a plain module: in a bundle, every `import()` becomes a `require`, which modules
// with a top-level `await` refuse.
// oxlint-disable-next-line typescript/no-implied-eval
export const importModule = new Function('address', 'return import(address)') as (address: string) => Promise<unknown>

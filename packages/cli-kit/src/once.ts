/** A function that does its work at the first call, and returns the same result at each. */
export function once<T>(work: () => T): () => T {
  let done: { readonly result: T } | undefined
  return () => (done ??= { result: work() }).result
}

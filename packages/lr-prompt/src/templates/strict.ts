/** Keys that JavaScript, or eta's layouts, ask for of objects that need not have them. */
const ASKED_BY_MACHINERY = new Set(['then', 'toJSON', '__blocks'])

/** A name that a template uses and that is not there. */
export class UnknownName extends Error {
  override readonly name = 'UnknownName'
}

/**
 * A view of `target` in which reading a name that is not there is an error instead of `undefined`, at any depth.
 *
 * @param path its name in the template, such as `it.runs`
 * @param onRead told of each name that is read from `target` itself
 * @throws UnknownName, on reading, with the names that are known
 */
export function strict<T extends object>(target: T, path: string, onRead?: (key: string) => void): T {
  return new Proxy(target, {
    get(_target, key) {
      const value: unknown = Reflect.get(target, key)
      if (typeof key === 'symbol') return value
      onRead?.(key)
      const isElement = Array.isArray(target) && /^\d+$/.test(key)
      if (!isElement && !(key in target) && !ASKED_BY_MACHINERY.has(key)) throw unknownName(target, path, key)
      return typeof value === 'object' && value !== null
        ? strict(value, isElement ? `${path}[]` : `${path}.${key}`)
        : value
    },
  })
}

function unknownName(target: object, path: string, key: string): UnknownName {
  const known = Array.isArray(target)
    ? 'it is an array'
    : `known: ${Object.getOwnPropertyNames(target).sort().join(', ')}`
  return new UnknownName(`${path}.${key} is not known (${known})`)
}

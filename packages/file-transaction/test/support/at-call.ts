import type { FileSystem } from '../../src/file-system.ts'
import { injectFault } from './inject-fault.ts'

/** A file system in which something happens just before one call, counted from 1. */
export function atCall(files: FileSystem, at: number, happen: () => void): FileSystem {
  const { files: counted, calls } = injectFault(files, 'kill', Infinity)
  let hasHappened = false
  return new Proxy(counted, {
    get: (target, name: keyof FileSystem) => {
      if (!hasHappened && calls() === at - 1) {
        hasHappened = true
        happen()
      }
      return target[name]
    },
  })
}

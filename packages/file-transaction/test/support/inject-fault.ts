import type { FileSystem } from '../../src/file-system.ts'
import { systemError } from './memory-node.ts'

/** What happens at one call: the process is killed, the call fails, or it writes only a part. */
export const FAULTS = ['kill', 'EIO', 'ENOSPC', 'short write', 'EACCES', 'EMFILE', 'EROFS'] as const
export type Fault = (typeof FAULTS)[number]

/** Thrown by the call at which the process is killed, and by every later one: nothing is done any more. */
export class Killed extends Error {}

const CALLS: readonly (keyof FileSystem)[] = [
  'openRoot',
  'openFolder',
  'openFile',
  'createFile',
  'makeFolder',
  'removeFolder',
  'removeFile',
  'rename',
  'link',
  'status',
  'statusOf',
  'list',
  'read',
  'write',
  'setMode',
  'sync',
  'close',
]

/**
 * A file system of which one call goes wrong.
 *
 * @param at which call, counted from 1; a kill falls before what the call does, or `after` it
 */
export function injectFault(files: FileSystem, fault: Fault, at: number): { files: FileSystem; calls: () => number } {
  let calls = 0
  const wrapped: Partial<Record<keyof FileSystem, unknown>> = {}
  for (const call of CALLS) {
    wrapped[call] = (...args: unknown[]) => {
      calls++
      if (fault === 'kill' && calls >= at) throw new Killed()
      const original = files[call] as (...all: unknown[]) => unknown
      if (calls !== at) return original.apply(files, args)
      if (fault === 'short write') return writeShort(files, call, args, original)
      // A descriptor is closed even where that is reported to have failed.
      if (call === 'close') original.apply(files, args)
      throw systemError(fault)
    }
  }
  return { files: wrapped as unknown as FileSystem, calls: () => calls }
}

function writeShort(
  files: FileSystem,
  call: string,
  args: unknown[],
  original: (...all: unknown[]) => unknown,
): unknown {
  const [handle, bytes, at] = args as [number, Buffer, number]
  if (call !== 'write') return original.apply(files, args)
  return files.write(handle, bytes.subarray(0, at + Math.ceil((bytes.length - at) / 2)), at)
}

/** A file system on which so many bytes can still be written. */
export function limitSpace(files: FileSystem, bytes: number): { files: FileSystem; written: () => number } {
  let written = 0
  const write: FileSystem['write'] = (handle, data, at) => {
    const fits = Math.min(data.length - at, bytes - written)
    if (fits <= 0) throw systemError('ENOSPC')
    written += fits
    return files.write(handle, data.subarray(0, at + fits), at)
  }
  const limited = new Proxy(files, {
    get: (target, name: keyof FileSystem) => (name === 'write' ? write : target[name].bind(target)),
  })
  return { files: limited, written: () => written }
}

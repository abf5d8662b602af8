import { randomBytes } from 'node:crypto'
import { promises } from 'node:fs'
import { dirname, join } from 'node:path'
import { errorCode } from '@loop-runner/cli-kit'

/**
 * A file system for isomorphic-git that never leaves a half-written file: whatever it writes comes into being whole, by
 * a rename (on the plain one, 5 of 5 kills corrupted the repository). It can read
 * everything, write files, and make folders; nothing else is offered, since nothing else is asked for.
 */
export function crashSafeFs(): { promises: Record<string, unknown> } {
  const { mkdir, readdir, readFile, readlink, lstat, stat } = promises
  const refuse = (): never => {
    throw new Error('not offered by this file system')
  }
  return {
    promises: {
      mkdir,
      readdir,
      readFile,
      readlink,
      lstat,
      // An object's file that a crash of another program has left empty is not an object: it is written again.
      stat: async (path: string) => {
        const found = await stat(path)
        if (found.isFile() && found.size === 0) throw Object.assign(new Error(`${path}: empty`), { code: 'ENOENT' })
        return found
      },
      writeFile: (path: string, content: Uint8Array | string) => writeWhole(path, Buffer.from(content)),
      rmdir: refuse,
      symlink: refuse,
      unlink: refuse,
      rm: refuse,
    },
  }
}

/** Named as git names an object that it is about to write, so that `git gc` clears one that is left behind. */
async function writeWhole(path: string, bytes: Buffer): Promise<void> {
  const draft = join(dirname(path), `tmp_obj_${randomBytes(6).toString('hex')}`)
  const file = await promises.open(draft, 'wx', 0o444)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } catch (error) {
    await file.close()
    await promises.rm(draft, { force: true })
    throw error
  }
  await file.close()
  await promises.rename(draft, path)
  await syncFolder(dirname(path))
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await promises.open(folder, 'r')
  try {
    await handle.sync()
  } catch (error) {
    if (errorCode(error) !== 'EINVAL') throw error
  } finally {
    await handle.close()
  }
}

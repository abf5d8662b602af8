import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { type Io, makeFolders, stateFolder } from '@loop-runner/cli-kit'
import type { HookMemory } from './next-turn.ts'

const Memory = z.object({ failures: z.number(), same: z.number(), hash: z.string() })

const DAY_MS = 86_400_000
/** Sessions that are older are forgotten. */
const KEPT_MS = 7 * DAY_MS

/** The memory for one check in a session of an agent, in a file of the state folder. */
export class SessionMemory {
  readonly #folder: string
  readonly #file: string

  /** @param key distinguishes the check from others of the session */
  constructor(session: string, key: string, { env, cwd }: Pick<Io, 'env' | 'cwd'>) {
    const name = createHash('sha256').update([session, cwd, key].join('\0')).digest('hex').slice(0, 32)
    this.#folder = join(stateFolder(env), 'hooks')
    this.#file = join(this.#folder, `${name}.json`)
  }

  read(): HookMemory | undefined {
    try {
      const { success, data } = Memory.safeParse(JSON.parse(readFileSync(this.#file, 'utf8')))
      return success ? data : undefined
    } catch {
      return undefined
    }
  }

  /** @throws a system error if it cannot be written */
  write(memory: HookMemory): void {
    makeFolders(this.#folder, 0o700)
    writeFileSync(this.#file, `${JSON.stringify(memory)}\n`, { mode: 0o600 })
    for (const name of readdirSync(this.#folder)) {
      const path = join(this.#folder, name)
      const { mtimeMs = Infinity } = statSync(path, { throwIfNoEntry: false }) ?? {}
      if (Date.now() - mtimeMs > KEPT_MS) rmSync(path, { force: true })
    }
  }

  forget(): void {
    try {
      rmSync(this.#file, { force: true })
    } catch {
      // If it could not be written, there is nothing to remove.
    }
  }
}

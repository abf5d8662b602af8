import { join } from 'node:path'
import { cacheFolder, type Io, quoteCommand, reasonOf } from '@loop-runner/cli-kit'
import type { Plan } from '@loop-runner/checkers'
import type { Printed, StartOptions } from '../running/start-plan.ts'
import { cacheKey } from './cache-key.ts'
import { type ProgramIdentity, readProgram } from './read-program.ts'
import { ResultStore } from './result-store.ts'

/** A run whose result is, or may be, kept. */
export interface CachedRun {
  /** The cached output; undefined if nothing is cached. */
  readonly known: Printed | undefined
  /** Stores the present output, unless an input has changed meanwhile. */
  readonly keep: (printed: Printed) => Promise<void>
}

/** The results of earlier runs, in the user's cache folder. */
export class ResultCache {
  readonly #store: ResultStore
  /** Programs are asked for their version once. */
  readonly #programs = new Map<string, Promise<ProgramIdentity | undefined>>()

  constructor(env: NodeJS.ProcessEnv) {
    this.#store = new ResultStore(join(cacheFolder(env), 'checks'))
  }

  /** Looks for the result of a run; undefined for one that is not to be kept. */
  async find(plan: Plan, options: StartOptions, io: Io): Promise<CachedRun | undefined> {
    const { cache } = plan
    if (!cache) return undefined
    const program = await this.#programOf(plan, options, io)
    const readKey = () => cacheKey({ ...plan, cache }, program, options, io)
    const key = await readKey()
    const known = this.#store.read(key)
    if (known) io.detail(`from the cache: ${quoteCommand(plan.argv)}`)
    const keep = async (printed: Printed) => {
      if (known || (await readKey()) !== key) return
      try {
        this.#store.write(key, printed)
      } catch (error) {
        io.warn(`results cannot be cached: ${reasonOf(error)}`)
      }
    }
    return { known, keep }
  }

  #programOf(plan: Plan, options: StartOptions, io: Io): Promise<ProgramIdentity | undefined> {
    const called = `${plan.folder}\0${plan.argv[0]}\0${plan.checker?.version?.join(' ')}`
    const asked = this.#programs.get(called) ?? readProgram(plan, options, io)
    this.#programs.set(called, asked)
    return asked
  }
}

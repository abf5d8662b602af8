import { closeSync, openSync, readSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { reasonOf } from '@loop-runner/cli-kit'
import { LlmFailure } from '../answer/failure.ts'
import { loadLlama, requireLlama } from './load-llama.ts'
import type { Llama, LlamaModel } from './llama-types.ts'
import { LocalModel } from './local-model.ts'

const MAGIC = 'GGUF'

/** Models that are loaded once, and kept until the end. */
export class LocalModels implements AsyncDisposable {
  readonly #detail: (message: string) => void
  readonly #models = new Map<string, Promise<LocalModel>>()

  /** @param detail for what the library reports */
  constructor(detail: (message: string) => void) {
    this.#detail = detail
  }

  /** @throws LlmFailure of kind `setup` for a file or a library that cannot be used */
  load(path: string, signal: AbortSignal): Promise<LocalModel> {
    const model = this.#models.get(path) ?? this.#load(path, signal)
    this.#models.set(path, model)
    model.catch(() => this.#models.delete(path))
    return model
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const models = [...this.#models.values()]
    this.#models.clear()
    await Promise.allSettled(models.map(async (model) => (await model).dispose()))
  }

  async #load(path: string, signal: AbortSignal): Promise<LocalModel> {
    requireGguf(path)
    const module = await loadLlama()
    let llama: Llama
    try {
      llama = await module.getLlama({
        build: 'never',
        skipDownload: true,
        progressLogs: false,
        // Its threads wait for each other in busy loops: one more than there are free cores makes all of them slow.
        maxThreads: Math.max(1, availableParallelism() - 1),
        logLevel: 'warn',
        logger: (_level, message) => this.#detail(`gguf: ${message.trim()}`),
      })
    } catch (error) {
      throw new LlmFailure('setup', `gguf: node-llama-cpp has no binary for this machine: ${reasonOf(error)}`)
    }
    return new LocalModel({ module, llama, model: await loadModel(llama, path, signal) })
  }
}

async function loadModel(llama: Llama, path: string, signal: AbortSignal): Promise<LlamaModel> {
  try {
    return await llama.loadModel({ modelPath: path, loadSignal: signal })
  } catch (error) {
    await llama.dispose()
    signal.throwIfAborted()
    throw new LlmFailure('setup', `${path}: the model cannot be loaded: ${reasonOf(error)}`)
  }
}

/**
 * Finds out before the first request that a model file cannot be used, as far as this can be known without loading it.
 *
 * @throws LlmFailure of kind `setup`
 */
export function requireLoadable(path: string): void {
  requireGguf(path)
  requireLlama()
}

function requireGguf(path: string): void {
  const head = Buffer.alloc(MAGIC.length)
  try {
    const descriptor = openSync(path, 'r')
    readSync(descriptor, head, 0, head.length, 0)
    closeSync(descriptor)
  } catch (error) {
    throw new LlmFailure('setup', `${path}: ${reasonOf(error)}`)
  }
  if (head.toString('latin1') !== MAGIC) throw new LlmFailure('setup', `${path}: not a GGUF file`)
}

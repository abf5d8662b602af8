import { UsageError } from '@loop-runner/cli-kit'
import type { Context } from '../context.ts'
import { type PullStep, pullModel } from './pull-model.ts'
import { type LocalServer, startOllama } from './start-ollama.ts'
import type { Target } from '../models/target.ts'

/**
 * Starts the Ollama server and pulls the model unless it is ready. Disposing of the result stops
 * what was started.
 *
 * @throws LlmFailure if it is unavailable
 */
export async function useLocal(target: Target, io: Context, onStep: (step: PullStep) => void): Promise<LocalServer> {
  if (target.kind !== 'server' || target.provider !== 'ollama') {
    throw new UsageError(`option --local: ${target.label} is not a model of Ollama`)
  }
  const server = await startOllama(io)
  try {
    await pullModel(server.url, target.model, io, onStep)
    return server
  } catch (error) {
    await server[Symbol.asyncDispose]()
    throw error
  }
}

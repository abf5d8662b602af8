import { UsageError } from '@loop-runner/cli-kit'
import type { Surroundings } from '../surroundings.ts'
import { type PullStep, pullModel } from './pull-model.ts'
import { type LocalServer, startOllama } from './start-ollama.ts'
import type { Target } from '../models/target.ts'

/**
 * Makes sure that a model on this machine can be asked: its server runs and has it. Disposing of what comes back stops
 * what was started.
 *
 * @throws LlmFailure where it cannot be had
 */
export async function useLocal(
  target: Target,
  io: Surroundings,
  onStep: (step: PullStep) => void,
): Promise<LocalServer> {
  if (target.kind !== 'server' || target.provider !== 'ollama') {
    throw new UsageError(`option --local: ${target.label} is no model of Ollama`)
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

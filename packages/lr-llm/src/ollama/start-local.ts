import type { Io } from '@loop-runner/cli-kit'
import type { Target } from '@loop-runner/llm-client'

/** Makes sure that an Ollama server has the model; a server that it started is stopped at the end. */
export async function startLocal(target: Target, io: Io, isQuiet: boolean): Promise<AsyncDisposable> {
  const { useLocalVisibly } = await import('@loop-runner/llm-client/ollama/use-local-visibly')
  return useLocalVisibly(target, io, isQuiet)
}

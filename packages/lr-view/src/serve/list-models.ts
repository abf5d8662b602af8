import { ExitStatus, type Io, runText } from '@loop-runner/cli-kit'
import { Problem } from './problem.ts'

/** A model as its server lists it; `id` is what --model takes. */
export interface Model {
  readonly id: string
}

const TIMEOUT_MS = 40_000

/**
 * The models of a provider; without one, of the provider that lr-llm uses by default.
 *
 * @throws Problem (422 not the name of a provider, 502 with lr-llm's reason)
 */
export async function listModels(provider: string | undefined, root: string, io: Io): Promise<Model[]> {
  if (provider !== undefined && !/^[a-z][\w-]{0,40}$/i.test(provider))
    throw new Problem(422, 'provider: expected a name')
  const { file, args } = io.ownProgram('lr-llm')
  const named = provider === undefined ? [] : ['-m', provider]
  const request = { file, args: [...args, '-q', 'models', ...named], cwd: root, env: io.env, timeoutMs: TIMEOUT_MS }
  const { status, stdout, stderr } = await runText(request, io)
  if (status !== ExitStatus.Yes && status !== ExitStatus.No) {
    throw new Problem(502, stderr.trim().replace(/^lr-llm: /, '') || 'the server did not answer')
  }
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => ({ id: line.split('\t')[0] ?? '' }))
}

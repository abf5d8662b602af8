import { existsSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { currentEnvironment, reasonOf } from '@loop-runner/cli-kit'
import { LlmFailure } from '../answer/failure.ts'
import type { LlamaModule } from './llama-types.ts'

const NAME = 'node-llama-cpp'
const MAIN = join(NAME, 'dist/index.js')

/**
 * Loads node-llama-cpp, which is not installed with this program: from the folders above the program, `NODE_PATH`, or the
 * global folder of npm. Never from the folder that the program works in, which may be foreign.
 *
 * @throws LlmFailure of kind `setup` if it is missing or cannot be loaded
 */
export async function loadLlama(): Promise<LlamaModule> {
  const path = requireLlama()
  try {
    const { importModule } = await import('./import-module.ts')
    return (await importModule(pathToFileURL(path).href)) as LlamaModule
  } catch (error) {
    throw new LlmFailure('setup', `gguf: ${path}: ${reasonOf(error)} (npm install -g ${NAME})`)
  }
}

/**
 * The main file of node-llama-cpp.
 *
 * @throws LlmFailure of kind `setup` if it is missing
 */
export function requireLlama(): string {
  const { execPath, script } = currentEnvironment()
  const folders = script === undefined ? [] : (createRequire(realpathSync(script)).resolve.paths(NAME) ?? [])
  const shared = join(dirname(execPath), '../lib/node_modules')
  const path = [...folders, shared].map((folder) => join(folder, MAIN)).find((main) => existsSync(main))
  if (path !== undefined) return path
  throw new LlmFailure(
    'setup',
    `gguf: ${NAME} is not installed (npm install -g ${NAME}, or add its folder to NODE_PATH)`,
  )
}

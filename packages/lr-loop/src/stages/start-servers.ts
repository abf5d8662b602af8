import { randomBytes } from 'node:crypto'
import { processMark, stopMarked } from '@loop-runner/cli-kit'
import type { LoopContext } from '../loop-context.ts'
import { SERVER_MARK, startServer } from './start-server.ts'

/** A model file, as lr-llm -m names it. */
const MODEL_FILE = /^gguf:|^\.{0,2}\/.*\.gguf$/s

/**
 * Starts what holds the model on this machine, once for the whole run, attempts included: with --local the server of the
 * model, which requests find by OLLAMA_HOST; for a model file a service of lr-llm, which they find by LR_GGUF_SERVICES.
 *
 * @throws CommandError with the exit code of lr-llm if there is no server
 */
export async function startServers(context: LoopContext): Promise<void> {
  const { folder, settings, isResumed } = context
  if (settings.replaced.llm !== undefined || settings.agent || settings.parent !== undefined) return
  const files = modelFiles(context)
  if (!settings.stages.local && files.length === 0) return
  if (isResumed) await stopMarked(SERVER_MARK, folder.path)
  if (settings.stages.local) await startLocal(context)
  else await startServices(files, context)
}

async function startLocal(context: LoopContext): Promise<void> {
  const { settings, llmEnvironment } = context
  const { model } = settings.stages
  const { file, profile } = settings.configuration
  const args = ['local', ...(model === undefined ? [] : [`--model=${model}`])]
  const env = {
    ...(file === undefined ? {} : { LR_CONFIG: file }),
    ...(profile === undefined ? {} : { LR_PROFILE: profile }),
  }
  llmEnvironment['OLLAMA_HOST'] = await startServer(args, env, context)
}

async function startServices(files: readonly string[], context: LoopContext): Promise<void> {
  const { llmEnvironment } = context
  const token = randomBytes(32).toString('base64url')
  const services: Record<string, string> = {}
  for (const model of files) {
    // The service is the run's own: what configuration says of requests, such as a record, is for lr-llm as the stage.
    const env = { LR_GGUF_TOKEN: token, LR_CONFIG: '/dev/null', XDG_CONFIG_HOME: '/dev/null' }
    const args = ['--port=0', '--token-env=LR_GGUF_TOKEN', '--grace=2s', `--pid=${processMark().pid}`, '--quiet']
    services[model] = await startServer(['serve', `--model=${model}`, ...args], env, context)
  }
  llmEnvironment['LR_GGUF_SERVICES'] = JSON.stringify(services)
  llmEnvironment['LR_GGUF_TOKEN'] = token
}

function modelFiles({ settings: { attempts, stages } }: LoopContext): string[] {
  const models = attempts && attempts.models.length > 0 ? attempts.models : [stages.model]
  return [...new Set(models.filter((model) => model !== undefined && MODEL_FILE.test(model)))] as string[]
}

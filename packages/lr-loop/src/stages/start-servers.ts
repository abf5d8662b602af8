import { randomBytes } from 'node:crypto'
import { processMark, stopMarked } from '@loop-runner/cli-kit'
import { lookUpModel, type ModelFile } from '../look-up-model.ts'
import type { LoopContext } from '../loop-context.ts'
import { describeWindow } from '../progress/describe-event.ts'
import { WINDOW_VARIABLE } from './run-stage.ts'
import { SERVER_MARK, startServer } from './start-server.ts'

/**
 * Starts what holds the model on this machine, once for the whole run, attempts included: with --local the server of the
 * model, which requests find by OLLAMA_HOST; for a model file a service of lr-llm, which they find by LR_GGUF_SERVICES.
 *
 * @throws CommandError with the exit code of lr-llm if there is no server
 */
export async function startServers(context: LoopContext): Promise<void> {
  const { folder, settings, isResumed } = context
  if (settings.replaced.llm !== undefined || settings.agent || settings.parent !== undefined) return
  const { modelFiles = [] } = settings.stages
  if (!settings.stages.local && modelFiles.length === 0) return
  if (isResumed) await stopMarked(SERVER_MARK, folder.path)
  if (settings.stages.local) await startLocal(context)
  else await startServices(modelFiles, context)
}

/** Only now its server can be asked for the window of the model. */
async function startLocal(context: LoopContext): Promise<void> {
  const { settings, llmEnvironment, apiKey, io } = context
  const { model } = settings.stages
  const { file, profile } = settings.configuration
  const args = ['local', ...(model === undefined ? [] : [`--model=${model}`])]
  const env = {
    ...(file === undefined ? {} : { LR_CONFIG: file }),
    ...(profile === undefined ? {} : { LR_PROFILE: profile }),
  }
  llmEnvironment['OLLAMA_HOST'] = await startServer(args, env, context)
  if (settings.stages.modelWindow !== undefined) return
  const there = { ...io, env: { ...io.env, ...llmEnvironment } }
  const { window } = await lookUpModel(settings.stages, apiKey, settings, there)
  if (window === undefined) return
  llmEnvironment[WINDOW_VARIABLE] = String(window.tokens)
  io.progress(describeWindow(window))
}

async function startServices(files: readonly ModelFile[], context: LoopContext): Promise<void> {
  const { llmEnvironment } = context
  const token = randomBytes(32).toString('base64url')
  const services: Record<string, string> = {}
  const addresses = new Map<string, string>()
  for (const { path, name } of files) {
    // The service is the run's own: what configuration says of requests, such as a record, is for lr-llm as the stage.
    const env = { LR_GGUF_TOKEN: token, LR_CONFIG: '/dev/null', XDG_CONFIG_HOME: '/dev/null' }
    const args = ['--port=0', '--token-env=LR_GGUF_TOKEN', '--grace=2s', `--pid=${processMark().pid}`, '--quiet']
    // Names that mean the same file share its service.
    const address = addresses.get(path) ?? (await startServer(['serve', `--model=gguf:${path}`, ...args], env, context))
    addresses.set(path, address)
    services[name] = address
  }
  llmEnvironment['LR_GGUF_SERVICES'] = JSON.stringify(services)
  llmEnvironment['LR_GGUF_TOKEN'] = token
}

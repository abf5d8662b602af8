import type { RequestValues } from '../request/question-of-options.ts'
import type { Facts, Settings } from './exchange.ts'
import type { Result, Target } from '@loop-runner/llm-client'

/** Options that name the model and its server. */
const OF_TARGET = ['model', 'url', 'api', 'local', 'replay'] as const

type SettingValues = Pick<RequestValues, (typeof OF_TARGET)[number] | 'system'>

/** The options, with the model and the system prompt of a continued conversation unless the command line names others. */
export function continueWith<T extends SettingValues>(options: T, typed: ReadonlySet<string>, before: Settings): T {
  const { model, url, system, local = false } = before
  const api = before.api as T['api']
  const takesTarget = (model !== undefined || url !== undefined) && !OF_TARGET.some((name) => typed.has(name))
  const target = takesTarget ? { model, url, api, local, replay: undefined } : {}
  return { ...options, ...target, ...(system === undefined || typed.has('system') ? {} : { system }) }
}

/** The data kept with an exchange besides its texts. */
export function factsOf(options: SettingValues, target: Target, result: Result | undefined, directory: string): Facts {
  const { input, output, cost } = result?.answer.usage ?? {}
  return {
    time: new Date().toISOString(),
    directory,
    ...targetSettings(options, target),
    system: options.system,
    answered: result?.label,
    input,
    output,
    cost,
    seconds: result && Math.round(result.seconds * 1000) / 1000,
    stopped: result === undefined ? true : undefined,
  }
}

/** The query and the user information of an address may hold a key: such a one is not kept. */
function targetSettings({ model, url, api, local, replay }: SettingValues, { label }: Target): Settings {
  if (url !== undefined && /[?@]/.test(url)) return {}
  if (local) return { model, local }
  if (replay !== undefined) return { model: `replay:${replay}` }
  return { model: model ?? (url === undefined ? label : undefined), url, api }
}

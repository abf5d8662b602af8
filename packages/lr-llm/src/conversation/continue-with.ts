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

/** What is kept of an exchange besides its texts. */
export function factsOf(options: SettingValues, target: Target, result: Result | undefined, directory: string): Facts {
  const { model, url, api, local, replay, system } = options
  const ownName = replay === undefined ? model : `replay:${replay}`
  const { usage } = result?.answer ?? {}
  return {
    time: new Date().toISOString(),
    directory,
    ...(isShowable(url) ? { model: ownName ?? (url === undefined && !local ? target.label : undefined), url, api } : {}),
    local: local || undefined,
    system,
    answered: result?.label,
    input: usage?.input,
    output: usage?.output,
    cost: usage?.cost,
    seconds: result && Math.round(result.seconds * 1000) / 1000,
    stopped: result === undefined ? true : undefined,
  }
}

/** The query and the user information of an address may hold a key. */
function isShowable(url: string | undefined): boolean {
  return url === undefined || !/[?@]/.test(url)
}

import { isSecretName } from '../processes/child-environment.ts'
import { UsageError } from '../command-error.ts'
import { type ConfigFile, type KeyPath, placeOf } from './config-file.ts'
import { convertValue } from '../options/convert-value.ts'
import type { Option } from '../options/option.ts'
import { isForFiles, writeKeys } from '../options/option-keys.ts'

/** What to do with a key instead. */
export const KEY_ADVICE = 'set a variable such as GROQ_API_KEY, or keep it: lr-llm keys set groq'

/** What is wrong with the value that a configuration file gives an option: one line, or none. */
export function* judgeValue(keys: KeyPath, value: unknown, option: Option, file: ConfigFile): Generator<string, void> {
  const secret = option.secret && (option.type !== 'list' || namesSecret(value))
  if (secret) yield complaint(file, keys, `a key does not belong in a file (${KEY_ADVICE})`)
  else if (!isForFiles(option)) {
    yield complaint(
      file,
      keys,
      `is for the command line${option.notInFiles ? ' and the environment' : ''} only, not for a file`,
    )
  } else if (value === null) yield complaint(file, keys, 'expected a value (or remove the line)')
  else {
    try {
      convertValue(option, value, `${placeOf(file, keys)}: ${writeKeys(keys)}`)
      if (needsTrust(option, value)) yield* complaintOfTrust(file, keys)
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      yield error.message
    }
  }
}

/** What keeps a key from being used that needs trust, if its file has none. */
export function* complaintOfTrust(file: ConfigFile, keys: KeyPath): Generator<string, void> {
  const trust = file.trust()
  if (trust === 'trusted') return
  const why = trust === 'changed' ? 'has changed since you trusted it' : 'is not trusted'
  yield complaint(
    file,
    keys,
    `refused, since the file ${why} (read it, then run: lr-loop trust; or name it: --config FILE)`,
  )
}

function needsTrust({ needsTrust }: Option, value: unknown): boolean {
  if (needsTrust === undefined || needsTrust === true) return needsTrust === true
  const parts = String(value).split(',')
  return needsTrust.some((start) => parts.some((part) => part.trim().startsWith(start)))
}

/** Whether an item such as `Authorization: Bearer …` says that it holds a secret. */
function namesSecret(value: unknown): boolean {
  return [value].flat().some((item) => {
    const name = String(item).split(/[:=]/, 1)[0] ?? ''
    return (
      isSecretName(name.trim().replaceAll('-', '_')) || /^(proxy-)?authorization$|^(set-)?cookie$/i.test(name.trim())
    )
  })
}

/** A line about a key of a file, with its place. */
export function complaint(file: ConfigFile, keys: KeyPath, message: string): string {
  return `${placeOf(file, keys)}: ${writeKeys(keys)}: ${message}`
}

import { defineCommand, ExitStatus, type Io, nearest, UsageError } from '@loop-runner/cli-kit'
import {
  checkKey,
  keyStorePath,
  PROVIDERS,
  readKeyStore,
  replaceKeyStore,
  suggestForKeys,
} from '@loop-runner/llm-client'
import { describeNoKey } from './describe-no-key.ts'
import { readSecret } from './read-secret.ts'

export const keys = defineCommand({
  usage: '[options] set PROVIDER | list | remove PROVIDER | path',
  summary: "Store providers' API keys in a file that only you can read.",
  options: {},
  operands: { min: 1, max: 2, complete: suggestForKeys },
  details: `
set reads the key from standard input, without echo on a terminal. list prints
where each provider's key is found; keys are never printed. A variable such as
GROQ_API_KEY takes precedence over the store.

Exit codes: 0 done · 1 no such key · 2 invalid usage · 3 the file cannot be read
or written, or others can read it

  pass show groq | lr-llm keys set groq
`,
  async run({ operands: [action = '', provider] }, io) {
    const path = keyStorePath(io.env)
    switch (action) {
      case 'path':
        await io.stdout.write(`${path}\n`)
        return ExitStatus.Yes
      case 'list':
        return list(path, io)
      case 'set':
        return set(path, knownProvider(provider), io)
      case 'remove':
        return remove(path, knownProvider(provider), io)
      default:
        throw new UsageError(`keys "${action}" is not known (set, list, remove, path)`)
    }
  },
})

async function set(path: string, provider: string, io: Io): Promise<number> {
  const stored = readKeyStore(path)
  const key = checkKey(await readSecret(`key of ${provider}`, io), 'standard input')
  replaceKeyStore(path, { ...stored, [provider]: key })
  io.progress(`${provider}: the key is stored in ${path}`)
  return ExitStatus.Yes
}

async function remove(path: string, provider: string, io: Io): Promise<number> {
  const { [provider]: removed, ...others } = readKeyStore(path)
  if (removed === undefined) {
    io.warn(`${provider}: no key is stored`)
    return ExitStatus.No
  }
  replaceKeyStore(path, others)
  io.progress(`${provider}: the key is removed from ${path}`)
  return ExitStatus.Yes
}

async function list(path: string, io: Io): Promise<number> {
  const stored = readKeyStore(path)
  const lines = Object.entries(PROVIDERS).flatMap(([provider, { keys: variables }]) => {
    const variable = variables.find((name) => io.env[name])
    if (variable !== undefined) return [`${provider}\t${variable}\n`]
    return stored[provider] === undefined ? [] : [`${provider}\t${path}\n`]
  })
  await io.stdout.write(lines.join(''))
  if (lines.length > 0) return ExitStatus.Yes
  io.warn(describeNoKey())
  return ExitStatus.No
}

function knownProvider(provider: string | undefined): string {
  const names = Object.keys(PROVIDERS)
  if (provider === undefined) throw new UsageError(`which provider? (one of ${names.join(', ')})`)
  if (Object.hasOwn(PROVIDERS, provider)) return provider
  const near = nearest(provider, names)
  throw new UsageError(
    `unknown provider "${provider}" (${near === undefined ? names.join(', ') : `did you mean ${near}?`})`,
  )
}

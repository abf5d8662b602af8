import { childEnvironment } from '@loop-runner/cli-kit'
import { findKeys } from '@loop-runner/key-shapes'

/** Shorter values are words that occur anywhere. */
const MIN_LENGTH = 8

/** A variable that holds a key. */
export interface Secret {
  readonly name: string
  readonly value: string
}

/** The keys in an environment, which only models and agents get. */
export function secretsOf(env: NodeJS.ProcessEnv, apiKey: string | undefined): Secret[] {
  const plain = childEnvironment(env)
  const hidden = Object.entries(env).filter(([name]) => plain[name] === undefined && !/^(GIT|LR)_/.test(name))
  return [...hidden, ['--api-key', apiKey] as const].flatMap(([name, value]) =>
    value !== undefined && value.length >= MIN_LENGTH ? [{ name, value }] : [],
  )
}

/** Removes keys from a text: those of the environment, and strings that look like one. */
export function redact(text: string, secrets: readonly Secret[]): string {
  let redacted = text
  for (const { name, value } of secrets) redacted = redacted.replaceAll(value, `[${name}]`)
  const found = [...findKeys(redacted)].sort((one, other) => other.from - one.from)
  for (const { kind, from, to } of found) redacted = `${redacted.slice(0, from)}[${kind}]${redacted.slice(to)}`
  return redacted
}

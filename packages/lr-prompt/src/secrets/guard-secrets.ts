import { CommandError, ExitStatus } from '@loop-runner/cli-kit'
import type { FoundKey } from '@loop-runner/key-shapes'
import type { Material } from '../evidence/evidence.ts'
import { findSecrets } from './find-secrets.ts'
import { mapContents, type Place } from '../evidence/map-contents.ts'

/** Variables whose values are keys; other values of the environment may be in a prompt. */
const KEY_VARIABLE = /(?:API_?KEY|TOKEN|SECRET|PASSWORD|PASSWD)(?:_|$)/i
/** Shorter values may be words. */
const LEAST_KEY_LENGTH = 12

/** Files that hold secrets by their names; `.env.example` and its like do not. */
const SECRET_FILE =
  /(?:^|\/)(?:\.env(?:\.(?!example$|sample$|template$|dist$)[^/]+)?|\.netrc|\.pgpass|\.git-credentials|\.aws\/credentials|id_(?:rsa|dsa|ecdsa|ed25519))$/

/** The most secrets that an error names. */
const MOST_NAMED = 5

/** A possible secret: its place and its kind. */
interface Found extends FoundKey {
  /** `src/a.py: line 3`. */
  readonly where: string
}

/**
 * Refuses material that holds secrets: in any content, and by the values of variables of ours that hold keys.
 *
 * @throws CommandError (3) naming file and line
 */
export function refuseSecrets(material: Material, env: NodeJS.ProcessEnv): void {
  const found: Found[] = []
  visitSecrets(material, env, (secret) => found.push(secret))
  if (found.length === 0) return
  const named = found.slice(0, MOST_NAMED).map(({ where, kind }) => `${where}: ${kind}`)
  const more = found.length > MOST_NAMED ? `; and ${found.length - MOST_NAMED} more` : ''
  throw new CommandError(
    ExitStatus.Failed,
    `${named.join('; ')}${more} (remove it, mask it with --redact, or send it with --allow-secrets)`,
  )
}

/**
 * Puts a mark in the place of each secret. A source that held one is no longer to be edited: a new version would hold
 * the mark.
 *
 * @param say told of each
 */
export function redactSecrets(material: Material, env: NodeJS.ProcessEnv, say: (message: string) => void): Material {
  const redacted = visitSecrets(material, env, ({ where, kind }) => say(`${where}: ${kind} redacted`))
  const files = redacted.files.map((file, index) => {
    return file.content === material.files[index]?.content ? file : { ...file, editable: false }
  })
  return { ...redacted, files }
}

function visitSecrets(material: Material, env: NodeJS.ProcessEnv, visit: (found: Found) => void): Material {
  const keys = keysOf(env)
  const seen = new Set<string>()
  const visitOnce = (found: Found) => {
    // The script of two runs is one script.
    const line = `${found.where}: ${found.kind}`
    if (!seen.has(line)) visit(found)
    seen.add(line)
  }
  return mapContents(material, (content, place) => {
    const secrets = secretsAt(content, place, keys)
    let at = 0
    let result = ''
    for (const secret of secrets) {
      visitOnce({ ...secret, where: `${place.name}: line ${lineAt(content, secret.from)}` })
      result += `${content.slice(at, secret.from)}[redacted: ${secret.kind}]`
      at = secret.to
    }
    return secrets.length === 0 ? content : result + content.slice(at)
  })
}

function secretsAt(content: string, { kind, name }: Place, keys: ReadonlyMap<string, string>): FoundKey[] {
  const isFile = kind === 'source' || kind === 'read-only file' || kind === 'script'
  if (isFile && content !== '' && SECRET_FILE.test(name))
    return [{ kind: 'a file of secrets', from: 0, to: content.length }]
  return findSecrets(content, keys)
}

/** Keys in our environment, by the name that an error may use. */
function keysOf(env: NodeJS.ProcessEnv): ReadonlyMap<string, string> {
  const keys = new Map<string, string>()
  for (const [name, value = ''] of Object.entries(env)) {
    if (KEY_VARIABLE.test(name) && value.length >= LEAST_KEY_LENGTH && /^[\w+/=.-]*\d[\w+/=.-]*$/.test(value)) {
      keys.set(`the value of ${name}`, value)
    }
  }
  return keys
}

/** The line of `offset`, counted from 1. */
function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

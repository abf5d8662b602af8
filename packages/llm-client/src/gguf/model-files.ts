import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { UsageError } from '@loop-runner/cli-kit'

const ENDING = '.gguf'

/**
 * The model file that a name means: `gguf:FILE`, or a path that ends in `.gguf`. A name without a folder may also be that of
 * a file in `LR_MODELS_DIR`.
 *
 * @returns undefined for another name
 * @throws UsageError for a name without a file
 */
export function modelFileOf(
  model: string,
  env: NodeJS.ProcessEnv,
): { readonly label: string; readonly path: string } | undefined {
  const named = /^gguf:(.*)$/s.exec(model)?.[1]
  if (named === '') throw new UsageError(`model "${model}": which file? (gguf:FILE)`)
  const name = named ?? (/^\.{0,2}\/.*\.gguf$/s.test(model) ? model : undefined)
  if (name === undefined) return undefined
  const folder = env['LR_MODELS_DIR']
  const inFolder = folder && !name.includes('/') && !existsSync(name) ? findIn(folder, name) : undefined
  return { label: `gguf:${basename(name, ENDING)}`, path: inFolder ?? resolve(name) }
}

/** The model files of `LR_MODELS_DIR` and `CODEGEN_MODEL_PATH`, each a folder or a file. */
export function listModelFiles(env: NodeJS.ProcessEnv): string[] {
  const places = ['LR_MODELS_DIR', 'CODEGEN_MODEL_PATH'].flatMap((name) => env[name] || [])
  return [...new Set(places.flatMap((place) => filesOf(resolve(place))))].sort()
}

function filesOf(place: string): string[] {
  if (!existsSync(place)) return []
  if (!statSync(place).isDirectory()) return place.endsWith(ENDING) ? [place] : []
  const names = readdirSync(place, { recursive: true, encoding: 'utf8' })
  return names.filter((name) => name.endsWith(ENDING)).map((name) => join(place, name))
}

function findIn(folder: string, name: string): string | undefined {
  return [name, `${name}${ENDING}`].map((file) => resolve(folder, file)).find((path) => existsSync(path))
}

import { resolve } from 'node:path'
import { UsageError } from '../command-error.ts'
import { type ConfigFile, profileOf, profilesOf } from './config-file.ts'
import { nearest } from '../options/nearest.ts'
import { COMMON_OPTIONS } from '../options/option.ts'
import { readConfigFiles } from './read-config-files.ts'
import { resolveSetting, type Sources } from './settings.ts'

type Typed = Omit<Sources, 'files'>

/**
 * The configuration that applies, the strongest first: the profile that was chosen, of the project's file and of the
 * user's, then the project's file, then the user's.
 *
 * @throws UsageError for a file that cannot be read, and for a profile that there is not
 */
export async function findConfiguration(typed: Typed, currentFolder: string): Promise<ConfigFile[]> {
  const directory = typed.typed.get('directory')
  const cwd = resolve(currentFolder, typeof directory === 'string' ? directory : '.')
  const [named, profile] = [commonValue('config', typed), commonValue('profile', typed)]
  const files = await readConfigFiles(cwd, typed.env, named && resolve(cwd, named))
  return profile === undefined ? files : [...findProfile(profile, files), ...files]
}

/** What the command line or the environment says of an option by which the files are found. */
function commonValue(name: 'config' | 'profile', typed: Typed): string | undefined {
  const { value } = resolveSetting(name, COMMON_OPTIONS[name], { ...typed, files: [] })
  return typeof value === 'string' && value !== '' ? value : undefined
}

function findProfile(name: string, files: readonly ConfigFile[]): ConfigFile[] {
  const found = files.flatMap((file) => profileOf(file, name) ?? [])
  if (found.length > 0) return found
  const known = files.flatMap(profilesOf)
  const near = nearest(name, known)
  const hint =
    near === undefined
      ? `there are ${known.join(', ') || 'none: they stand in lr.yaml, under "profiles"'}`
      : `did you mean ${near}?`
  throw new UsageError(`unknown profile "${name}" (${hint})`)
}

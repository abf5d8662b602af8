import {
  type Call,
  type Catalogue,
  type ConfigFile,
  ExitStatus,
  type Io,
  judgeConfig,
  type OptionTable,
  profileOf,
  profilesOf,
} from '@loop-runner/cli-kit'
import { askProgram } from '../ask-program.ts'

/**
 * All that is wrong with configuration files and every profile of them, one line each: keys and values of all programs'
 * options; where these are right, also what programs say of keys that they alone can judge, such as lr-check's `checks`.
 */
export async function findProblems(
  { configFiles, options }: Call<OptionTable>,
  catalogue: Catalogue,
  io: Io,
): Promise<readonly string[]> {
  const files = configFiles.filter(({ profile }) => profile === undefined)
  const profiles = files.flatMap((file) => profilesOf(file).flatMap((name) => profileOf(file, name) ?? []))
  const all = [...files, ...profiles]
  const programs = Object.keys(catalogue)
  const problems = all.flatMap((file) => [...judgeConfig(file, catalogue, programs)])
  if (problems.length > 0) return problems
  const asked = Object.entries(catalogue).flatMap(([program, { ownKeys }]) =>
    all.filter(({ keys }) => ownKeys.some((key) => Object.hasOwn(keys, key))).map((file) => ({ program, file })),
  )
  const answers = await Promise.all(asked.map(({ program, file }) => judgeOwnKeys(program, file, options.config, io)))
  return [...new Set(answers.flat())]
}

/** The problems that a program finds in its own keys, with or without a profile. */
async function judgeOwnKeys(
  program: string,
  { profile }: ConfigFile,
  config: string | undefined,
  io: Io,
): Promise<string[]> {
  const named = config === undefined ? [] : [`--config=${config}`]
  // An empty name means no profile, whatever the environment says.
  const { status, stderr } = await askProgram(program, ['--show-config', ...named, `--profile=${profile ?? ''}`], io)
  if (status === ExitStatus.Yes) return []
  return [stderr.startsWith(`${program}: `) ? stderr.slice(program.length + 2) : stderr]
}

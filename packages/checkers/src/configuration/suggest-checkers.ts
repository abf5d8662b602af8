import type { Completing, Suggestions } from '@loop-runner/cli-kit'
import { readConfiguration } from './configuration.ts'

/** What a shell suggests for a checker: the known ones, and the checkers and checks of lr.yaml. */
export async function suggestCheckers({ readConfigFiles }: Completing): Promise<Suggestions> {
  const files = await readConfigFiles()
  const { checkers, checks } = await readConfiguration(files).catch(() => readConfiguration([]))
  return [...Object.keys(checkers), ...Object.keys(checks)]
}

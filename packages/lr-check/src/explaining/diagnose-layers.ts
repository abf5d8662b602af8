import { resolve } from 'node:path'
import { ExitStatus, type Io } from '@loop-runner/cli-kit'
import { type Plan, startErrorOf } from '@loop-runner/checkers'
import { commandLineOf } from '../write-blocks.ts'

/**
 * Prints the runs that were asked for, layer by layer, and what keeps one from being made.
 *
 * @returns 0 when all can be made, 1 otherwise
 */
export async function diagnoseLayers(layers: readonly (readonly Plan[])[], io: Io): Promise<number> {
  const obstacles = layers.flat().map((plan) => obstacleOf(plan, io))
  let at = 0
  for (const [index, layer] of layers.entries()) {
    if (layers.length > 1) await io.stdout.write(`layer ${index + 1}:\n`)
    for (const plan of layer) {
      const obstacle = obstacles[at++]
      await io.stdout.write(`  ${commandLineOf(plan)}${obstacle === undefined ? '' : `  # ${obstacle}`}\n`)
    }
  }
  return obstacles.every((obstacle) => obstacle === undefined) ? ExitStatus.Yes : ExitStatus.No
}

function obstacleOf({ argv: [program = ''], folder, builtIn, obstacle }: Plan, { cwd, env }: Io): string | undefined {
  if (obstacle) return obstacle.message.replace(/^lr-check: /, '').trimEnd()
  if (builtIn) return undefined
  const error = startErrorOf(program, resolve(cwd, folder), env)
  return error && `${program}: ${error === 'ENOENT' ? 'not found' : 'not executable'}`
}

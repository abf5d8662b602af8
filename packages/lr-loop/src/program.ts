import type { Program } from '@loop-runner/cli-kit'
import { loop } from './loop.ts'
import { runs } from './runs/runs.ts'
import { show } from './runs/show.ts'

export const program: Program = { name: 'lr-loop', main: loop, commands: { runs, show } }

import type { Program } from '@loop-runner/cli-kit'
import { recoverTrees } from '@loop-runner/file-transaction/recover-trees'
import { config } from './configuration/config.ts'
import { doctor } from './doctor/doctor.ts'
import { init } from './init/init.ts'
import { loop } from './loop.ts'
import { receipt } from './receipt/receipt.ts'
import { runs } from './runs/runs.ts'
import { show } from './runs/show.ts'
import { trust } from './trust.ts'

export const program: Program = {
  name: 'lr-loop',
  main: loop,
  commands: { init, doctor, config, trust, runs, show, receipt },
  prepare: recoverTrees,
}

import type { Program } from '@loop-runner/cli-kit'
import { recoverTrees } from '@loop-runner/file-transaction/recover-trees'
import { drop, keep } from './keep.ts'
import { fromJson, json } from './json.ts'
import { get } from './get.ts'
import { list } from './list.ts'
import { pack } from './pack.ts'
import { verify } from './verify.ts'
import { verifyStage } from './verify-stage.ts'
import { wrap } from './wrap.ts'

export const blocks: Program = {
  name: 'lr-blocks',
  summary: 'Make, select, list and convert blocks, so that a shell script never has to parse or escape them.',
  commands: { pack, list, get, keep, drop, wrap, json, 'from-json': fromJson, verify, 'verify-stage': verifyStage },
  prepare: recoverTrees,
}

import { runProgram } from '@loop-runner/cli-kit'
import { blocks } from './program.ts'

void runProgram(blocks)

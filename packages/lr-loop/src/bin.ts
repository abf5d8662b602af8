import { runProgram } from '@loop-runner/cli-kit'
import { loop } from './program.ts'

void runProgram(loop)

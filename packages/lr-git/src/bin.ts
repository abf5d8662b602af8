import { runProgram } from '@loop-runner/cli-kit'
import { git } from './program.ts'

void runProgram(git)

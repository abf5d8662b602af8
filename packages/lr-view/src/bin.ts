import { runProgram } from '@loop-runner/cli-kit'
import { view } from './program.ts'

void runProgram(view)

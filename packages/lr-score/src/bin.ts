import { runProgram } from '@loop-runner/cli-kit'
import { score } from './program.ts'

void runProgram(score)

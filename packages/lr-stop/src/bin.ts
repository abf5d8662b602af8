import { runProgram } from '@loop-runner/cli-kit'
import { stop } from './program.ts'

void runProgram(stop)

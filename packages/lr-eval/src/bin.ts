import { runProgram } from '@loop-runner/cli-kit'
import { evaluation } from './program.ts'

void runProgram(evaluation)

import { runProgram } from '@loop-runner/cli-kit'
import { check } from './program.ts'

void runProgram(check)

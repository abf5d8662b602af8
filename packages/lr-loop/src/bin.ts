import { runProgram } from '@loop-runner/cli-kit'
import { program } from './program.ts'

void runProgram(program)

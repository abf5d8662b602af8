import { runProgram } from '@loop-runner/cli-kit'
import { prompt } from './program.ts'

void runProgram(prompt)

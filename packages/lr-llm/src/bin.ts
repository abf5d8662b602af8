import { runProgram } from '@loop-runner/cli-kit'
import { llm } from './program.ts'

void runProgram(llm)

import { runProgram } from '@loop-runner/cli-kit'
import { mcp } from './program.ts'

void runProgram(mcp)

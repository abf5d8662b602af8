import type { Program } from '@loop-runner/cli-kit'
import { main } from './main.ts'

export const mcp: Program = { name: 'lr-mcp', main }

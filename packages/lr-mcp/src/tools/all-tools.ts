import type { ToolName } from '../options.ts'
import { checkTool } from './check.ts'
import { diffTool } from './diff.ts'
import { fixTool } from './fix.ts'
import { runsTool } from './runs.ts'
import { scoreTool } from './score.ts'
import { showTool } from './show.ts'
import { stopTool } from './stop.ts'
import type { Tool } from './tool.ts'
import { undoTool } from './undo.ts'

export const ALL_TOOLS: Readonly<Record<ToolName, Tool>> = {
  check: checkTool,
  score: scoreTool,
  fix: fixTool,
  runs: runsTool,
  show: showTool,
  diff: diffTool,
  undo: undoTool,
  stop: stopTool,
}

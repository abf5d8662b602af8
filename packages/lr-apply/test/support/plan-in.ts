import { bareEnvironment } from '@loop-runner/test-kit'
import { type FileSystem, makeNodeFileSystem } from '@loop-runner/file-transaction'
import { readReply, type Reply } from '@loop-runner/reply-format'
import type { ApplyOptions } from '../../src/apply-options.ts'
import { makeRules } from '../../src/planning/make-rules.ts'
import { type Plan, planReply } from '../../src/planning/plan-reply.ts'
import { readExactReply } from '../../src/read-exact-reply.ts'
import { settlePlan } from '../../src/planning/settle-plan.ts'
import { makeTreeView } from '../../src/tree-view.ts'

const USUAL: ApplyOptions = {
  reply: 'auto',
  new: false,
  'any-file': false,
  allow: [],
  protect: [],
  partial: false,
  strict: false,
  'allow-shrink': false,
  'allow-secrets': false,
  delete: false,
  'max-files': 64,
  'max-size': 2_000_000,
  'dry-run': false,
  undo: false,
  json: false,
}

interface World {
  readonly files: FileSystem
  readonly env: NodeJS.ProcessEnv
}

/** What would come of a reply in a folder: the program's own steps except the writing. */
export async function planIn(
  folder: string,
  text: string,
  operands: readonly string[] = [],
  options: Partial<ApplyOptions> = {},
  { files = makeNodeFileSystem(), env = bareEnvironment() }: Partial<World> = {},
): Promise<Plan & { readonly reply: Reply }> {
  const root = files.openRoot(folder)
  try {
    const all = { ...USUAL, ...options }
    const tree = makeTreeView(files, root, folder)
    const reply = all.reply === 'exact' ? readExactReply(text) : readReply(text, tree)
    const rules = await makeRules(reply, operands, all, tree, { cwd: folder, env })
    return { ...settlePlan(planReply(reply, tree, rules), reply.noted, reply.rejected, all), reply }
  } finally {
    files.close(root)
  }
}

/** A block as a reply holds it. */
export function block(name: string, content: string): string {
  return `<<<< ${name} <<<<\n${content}>>>>>>>>\n`
}

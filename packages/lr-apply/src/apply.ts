import { CommandError, defineCommand, ExitStatus, type Io, reasonOf, UsageError } from '@loop-runner/cli-kit'
import {
  type FileSystem,
  type Journal,
  makeNodeFileSystem,
  removeEmptyFolders,
  type Site,
  type TransactionIdentity,
  waitForTree,
  withJournal,
} from '@loop-runner/file-transaction'
import { DEVIATIONS, readReply, type Reply } from '@loop-runner/reply-format'
import { APPLY_OPTIONS, type ApplyOptions } from './apply-options.ts'
import { makeRules } from './make-rules.ts'
import { type Plan, planReply, type Rules } from './plan-reply.ts'
import { rejection, type Report, writeJsonReport, writeReport } from './report.ts'
import { settlePlan } from './settle-plan.ts'
import { makeTreeView, type TreeView } from './tree-view.ts'
import { lastToUndo, planUndo } from './undo.ts'
import { writeDiff } from './unified-diff.ts'
import { writePlan } from './write-plan.ts'

export const apply = defineCommand({
  usage: '[options] [PATH…]',
  summary: 'Write the new versions in a reply, all of them or none.',
  options: APPLY_OPTIONS,
  operands: { max: Infinity },
  details: `
Reads a model's reply: whole new versions in blocks named by their paths, or
SEARCH/REPLACE edits in such blocks. PATH… are the files and folders that it may
change; new files may appear in folders that are named; without PATH, anywhere
in the working directory. Never written: .git, anything outside, anything
through a link. Tests, checks, their configuration, what runs later (CI, hooks,
package.json, …) and secrets are written only where a PATH names the very file,
or --allow does. Files keep their line ends, byte-order mark, final newline and
mode. If anything is wrong with a reply, nothing of it is written.

Prints a block stream, each block only where it has something to say: changed,
unchanged, rejected (PATH: reason), declared (the model says that it is done),
explanation, diff, usage (as lr-llm --usage gave it).

Exit status: 0 something changed · 1 nothing did · 2 used wrongly · 3 could not
be written (nothing is) · 4 another program is writing here

  lr-check -c pytest src | lr-prompt -i 'Fix it' | lr-llm | lr-apply src
`,
  async run({ operands, options }, io) {
    if (options.undo && operands.length > 0) throw new UsageError('--undo takes no PATH (it takes back a whole reply)')
    const report = options.undo ? await undoReply(io) : await applyReply(await io.stdin.text(), operands, options, io)
    say(report, io)
    await io.stdout.write(options.json ? writeJsonReport(report) : writeReport(report))
    return report.changed.length > 0 ? ExitStatus.Yes : ExitStatus.No
  },
})

/** A whole reply may be so many times as large as one file: reading takes several times its size in memory. */
const REPLY_SHARE = 16

async function applyReply(text: string, operands: readonly string[], options: ApplyOptions, io: Io): Promise<Report> {
  const { files, root, tree } = openTree(io.cwd)
  const most = REPLY_SHARE * options['max-size']
  if (text.length > most) {
    const message = `a reply of ${text.length} characters (at most ${most})`
    return reportOf({ ...EMPTY_PLAN, rejected: [{ code: 'too-much', message }] })
  }
  const reply = readReply(text, tree)
  const rules = await makeRules(reply, operands, options, tree, io)
  const plan = (given: Rules) => settlePlan(planReply(reply, tree, given), reply.noted, reply.rejected, options)
  if (options['dry-run']) {
    const planned = plan(rules)
    return { ...reportOf(planned, reply), diff: writeDiff(planned.changes) }
  }
  return writing(files, io, (journal, now) => {
    const remembered = journal.remembered()
    const { tolerance } = rules
    const allowsShrink = (key: string) => remembered.has(key) || tolerance.allowsShrink(key)
    const planned = plan({ ...rules, tolerance: { ...tolerance, allowsShrink } })
    return reportOf(writePlan({ files, root }, journal, planned, now), reply)
  })
}

async function undoReply(io: Io): Promise<Report> {
  const { files, root, tree } = openTree(io.cwd)
  return writing(files, io, (journal, now) => {
    const manifest = lastToUndo(journal, io.cwd)
    if (!manifest) return reportOf(EMPTY_PLAN)
    const plan = planUndo(manifest, tree, journal)
    const done = writePlan({ files, root }, journal, plan, { ...now, undoes: manifest.id })
    if (done.changes.length > 0) removeEmptyFolders({ files, root }, manifest.folders)
    return reportOf(done)
  })
}

/** Does something while nobody else of ours writes to the tree; who does is waited for. */
function writing<T>(files: FileSystem, io: Io, use: (journal: Journal, now: TransactionIdentity) => T): Promise<T> {
  return waitForTree(() => withJournal(files, io, 'lr-apply', use))
}

function openTree(path: string): Site & { readonly tree: TreeView } {
  const files = makeNodeFileSystem()
  try {
    const root = files.openRoot(path)
    return { files, root, tree: makeTreeView(files, root, path) }
  } catch (error) {
    throw new CommandError(ExitStatus.Failed, `${path}: ${reasonOf(error)}`, { cause: error })
  }
}

const EMPTY_PLAN: Plan = { changes: [], unchanged: [], noted: [], rejected: [], shrunk: [] }

function reportOf({ changes, unchanged, rejected, noted }: Plan, reply?: Reply): Report {
  return {
    changed: changes.map(({ path }) => path),
    unchanged,
    rejected,
    noted,
    declared: reply?.declared,
    explanation: reply?.explanation ?? '',
    diff: undefined,
    usage: reply?.usage,
  }
}

/** Says on standard error what is not as it should be, each with its code. */
function say({ noted, rejected }: Report, io: Io): void {
  for (const finding of noted) {
    const line = `${rejection(finding)} [${finding.code}]`
    if (DEVIATIONS[finding.code].action === 'accept') io.detail(line)
    else io.progress(line)
  }
  for (const finding of rejected) io.warn(`${rejection(finding)} [${finding.code}]`)
}

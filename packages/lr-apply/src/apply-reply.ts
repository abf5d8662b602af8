import { relative, resolve } from 'node:path'
import { CommandError, ExitStatus, type Io, reasonOf, UsageError, workingTreeOf } from '@loop-runner/cli-kit'
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
import { readReply, readTextReply, type Reply } from '@loop-runner/reply-format'
import type { ApplyOptions } from './apply-options.ts'
import { makeRules } from './planning/make-rules.ts'
import { type Plan, planReply } from './planning/plan-reply.ts'
import { readExactReply } from './read-exact-reply.ts'
import type { Report } from './report.ts'
import { settlePlan } from './planning/settle-plan.ts'
import { makeTreeView, type TreeView } from './tree-view.ts'
import { lastToUndo, planUndo } from './undo.ts'
import { writeDiff } from './diff/unified-diff.ts'
import { writePlan } from './write-plan.ts'

/** A whole reply may be so many times as large as one file: reading takes several times its size in memory. */
const REPLY_SHARE = 16

/** Writes what a reply says, all of it or nothing; with `--dry-run` only says what it would write. */
export async function applyReply(
  text: string,
  operands: readonly string[],
  options: ApplyOptions,
  io: Io,
): Promise<Report> {
  const { files, root, tree } = openTree(io.cwd)
  const most = REPLY_SHARE * options['max-size']
  if (text.length > most) {
    const message = `a reply of ${text.length} characters (at most ${most})`
    return reportOf({ ...EMPTY_PLAN, rejected: [{ code: 'too-much', message }] })
  }
  const reply = readAs(options.reply, text, operands, tree)
  const rules = await makeRules(reply, operands, options, tree, io)
  const plan = () => settlePlan(planReply(reply, tree, rules), reply.noted, reply.rejected, options)
  if (options['dry-run']) {
    const planned = plan()
    return { ...reportOf(planned, reply), diff: writeDiff(planned.changes, folderInTree(io.cwd)) }
  }
  return writing(files, io, (journal, now) => reportOf(writePlan({ files, root }, journal, plan(), now), reply))
}

function readAs(form: ApplyOptions['reply'], text: string, operands: readonly string[], tree: TreeView): Reply {
  if (form === 'exact') return readExactReply(text)
  if (form !== 'text') return readReply(text, tree)
  const [operand, second] = operands
  if (operand === undefined || second !== undefined || operand.endsWith('/')) {
    throw new UsageError('--reply text needs exactly one PATH, the file to write')
  }
  return readTextReply(text, relative(tree.rootPath, resolve(tree.rootPath, operand)), tree)
}

/**
 * Takes back the last replies that were written here, by the run in LR_RUN_DIR if there is one: the last one first, each
 * all of it or nothing. Ends at one that cannot be taken back, and reports how far it came.
 */
export async function undoReplies(count: number, io: Io): Promise<Report> {
  const changed = new Set<string>()
  for (let undone = 0; undone < count; undone++) {
    const report = await undoReply(io)
    for (const path of report?.changed ?? []) changed.add(path)
    if (report === undefined || report.rejected.length > 0) {
      if (undone > 0) io.warn(`only ${undone} of ${count} replies were undone`)
      else if (report === undefined) io.warn('no applied reply to undo here')
      return { ...reportOf({ ...EMPTY_PLAN, rejected: report?.rejected ?? [] }), changed: [...changed].toSorted() }
    }
  }
  return { ...reportOf(EMPTY_PLAN), changed: [...changed].toSorted() }
}

/** Undefined if there is no reply to take back. */
async function undoReply(io: Io): Promise<Report | undefined> {
  const { files, root, tree } = openTree(io.cwd)
  return writing(files, io, (journal, now) => {
    const manifest = lastToUndo(journal, io.cwd, now.run)
    if (!manifest) return undefined
    const plan = planUndo(manifest, tree, journal)
    const done = writePlan({ files, root }, journal, plan, { ...now, undoes: manifest.id })
    if (done.changes.length > 0) removeEmptyFolders({ files, root }, manifest.folders)
    return reportOf(done)
  })
}

/** Does something while no other of our processes writes to the tree, and waits for one that does. */
function writing<T>(files: FileSystem, io: Io, use: (journal: Journal, now: TransactionIdentity) => T): Promise<T> {
  return waitForTree(() => withJournal(files, io, 'lr-apply', use))
}

/** Where a folder lies in its working tree, as a prefix of paths. */
function folderInTree(cwd: string): string {
  const folder = relative(workingTreeOf(cwd), cwd)
  return folder === '' ? '' : `${folder}/`
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

const EMPTY_PLAN: Plan = { changes: [], unchanged: [], noted: [], rejected: [] }

function reportOf({ changes, unchanged, rejected, noted }: Plan, reply?: Reply): Report {
  return {
    changed: changes.map(({ path }) => path),
    unchanged,
    rejected,
    noted,
    declared: reply?.declared,
    show: reply?.show ?? [],
    blocked: reply?.blocked,
    explanation: (rejected.length > 0 ? reply?.fullExplanation : reply?.explanation) ?? '',
    diff: undefined,
    usage: reply?.usage,
  }
}

import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { BEFORE } from './loss-kinds.ts'
import type { LossRow } from './loss-rows.ts'
import { BRANCH, FORKED, type Scene } from './loss-scene.ts'
import { runGit } from './test-repository.ts'

/**
 * The bytes from before have to be in the tree, in the history of a commit or branch that the output names, or in a file
 * that it names.
 */
export function findLosses(scene: Scene, printed: string): string[] {
  const { row, folder, isForked } = scene
  const { kind } = row
  const repository = join(folder, 'repository')
  const file = join(repository, kind.path)
  const now = existsSync(file) ? readFileSync(file, 'utf8') : undefined
  const isThere = kind.isGone || now === BEFORE || isNamed(repository, kind.path, printed)
  const damage = runGit(repository, ['fsck', '--strict', '--no-dangling', '--no-progress'])
  const wrong = {
    'the bytes are nowhere': !isThere,
    'an ignored file is committed': runGit(repository, ['log', '--all', '--format=%h', '--', '*.ign']) !== '',
    'main is gone': runGit(repository, ['branch', '--list', 'main']) === '',
    [`damage: ${damage}`]: damage !== '',
    [`the tree holds ${JSON.stringify(now)}`]: bringsBack(row) && now !== (kind.isGone ? undefined : BEFORE),
    'the bytes of the linked tree are nowhere': isForked && !holdsForked(scene),
    'it is not executable': bringsBack(row) && kind.name.includes('executable') && (statSync(file).mode & 0o100) === 0,
  }
  return Object.entries(wrong).flatMap(([what, is]) => (is ? [what] : []))
}

function bringsBack({ ending: [command = ''], start }: LossRow): boolean {
  return ['abandon', 'undo', 'best'].includes(command) && start !== 'none'
}

function isNamed(repository: string, path: string, printed: string): boolean {
  const files = printed.match(/\/\S+\/[0-9a-f]{64}\b/g) ?? []
  if (files.some((file) => existsSync(file) && readFileSync(file, 'utf8') === BEFORE)) return true
  const blob = runGit(repository, ['hash-object', '--stdin'], BEFORE)
  const branches = printed.includes(BRANCH) && runGit(repository, ['branch', '--list', BRANCH]) !== '' ? [BRANCH] : []
  const hashes = (printed.match(/\b[0-9a-f]{40}\b/g) ?? []).filter((hash) => isCommit(repository, hash))
  const commits = [...branches, ...hashes]
  return commits.length > 0 && runGit(repository, ['rev-list', '--objects', ...commits, '--', path]).includes(blob)
}

function isCommit(repository: string, hash: string): boolean {
  try {
    return runGit(repository, ['cat-file', '-t', hash]) === 'commit'
  } catch {
    return false
  }
}

/** Whether what was done in the linked tree is in that tree, in this one, or in the bundle. */
function holdsForked({ row, folder }: Scene): boolean {
  const repository = join(folder, 'repository')
  const files = [join(folder, 'try', row.kind.path), join(repository, row.kind.path)]
  if (files.some((file) => existsSync(file) && readFileSync(file, 'utf8') === FORKED)) return true
  const bundle = join(folder, 'kept/commits.bundle')
  if (!existsSync(bundle)) return false
  const [tip = ''] = runGit(repository, ['bundle', 'unbundle', bundle]).split(' ')
  const blob = runGit(repository, ['hash-object', '--stdin'], FORKED)
  return runGit(repository, ['rev-list', '--objects', tip, '--', row.kind.path]).includes(blob)
}

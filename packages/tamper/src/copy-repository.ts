import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { copyTimes } from './keep-times.ts'
import { sizeOf } from './size-of.ts'

/** Files and folders of a repository without which git does not work, or shows something else. */
const COPIED =
  /^(?:HEAD|ORIG_HEAD|FETCH_HEAD|COMMIT_EDITMSG|MERGE_\w+|index|sharedindex\.\w+|description|packed-refs|shallow|refs|logs|info|branches)$/

/** Settings that start no program. */
const SECTIONS = /^\s*\[(?:core|user|extensions|branch\s.*|remote\s.*)\]\s*$/i
const SETTINGS =
  /^\s*(?:repositoryformatversion|filemode|bare|logallrefupdates|ignorecase|precomposeunicode|symlinks|autocrlf|eol|objectformat|refstorage|name|email|url|fetch|remote|merge)\s*=[^\\]*$/i

/** Objects beyond this size in all are not copied. */
const MOST_BYTES = 64 << 20

/**
 * Gives a copy of a tree a repository that looks as the one of the tree does. It has no hooks and no settings that start
 * programs, and what is written into it stays there. A file `.git`, as of a worktree, is left out: it leads to the repository itself.
 *
 * @param links whether large objects are read from the repository itself; else they are a folder over which it is to be mounted
 * @returns the paths to mount, relative to the tree
 */
export function copyRepository(from: string, to: string, links: boolean): string[] {
  const source = join(from, '.git')
  const copy = join(to, '.git')
  if (!lstatSync(source, { throwIfNoEntry: false })?.isDirectory() || !existsSync(join(source, 'HEAD'))) return []
  mkdirSync(copy)
  for (const name of readdirSync(source).filter((each) => COPIED.test(each))) copyPart(name, source, copy)
  const samples = existsSync(join(source, 'hooks')) ? readdirSync(join(source, 'hooks')) : []
  mkdirSync(join(copy, 'hooks'))
  for (const name of samples.filter((each) => each.endsWith('.sample'))) copyPart(join('hooks', name), source, copy)
  if (existsSync(join(source, 'config')))
    writeFileSync(join(copy, 'config'), plainSettings(readFileSync(join(source, 'config'), 'utf8')))
  const mounted = copyObjects(source, copy, links)
  copyTimes(source, copy)
  return mounted ? [join('.git', 'objects')] : []
}

/** Only settings that git reads in any repository; a setting with a continuation line is omitted. */
function plainSettings(text: string): string {
  let isKept = false
  const lines = text.split('\n').filter((line) => {
    if (/^\s*\[/.test(line)) isKept = SECTIONS.test(line)
    return isKept && (SECTIONS.test(line) || SETTINGS.test(line))
  })
  return `${lines.join('\n')}\n`
}

/** @returns whether they are to be mounted */
function copyObjects(source: string, copy: string, links: boolean): boolean {
  const objects = join(source, 'objects')
  if (!existsSync(objects)) return false
  if (sizeOf(objects, MOST_BYTES) <= MOST_BYTES) {
    copyPart('objects', source, copy)
    return false
  }
  mkdirSync(join(copy, 'objects/info'), { recursive: true })
  if (links) writeFileSync(join(copy, 'objects/info/alternates'), `${objects}\n`)
  return !links
}

function copyPart(name: string, from: string, to: string): void {
  cpSync(join(from, name), join(to, name), { recursive: true, verbatimSymlinks: true })
}

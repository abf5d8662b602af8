import { join } from 'node:path'
import { CommandError, ExitStatus } from '@loop-runner/cli-kit'
import { foldersOf } from '../repository/build-tree.ts'
import type { Repository } from '../repository/find-repository.ts'
import type { GitConfig } from '../repository/git-config.ts'
import { readTextIfThere } from '../transaction/if-there.ts'
import { globToRegExp } from './glob.ts'

/** Attributes that may change what is stored of any file. */
const ANY_CONTENT = ['filter', 'ident', 'working-tree-encoding']
/** Attributes and settings that may change line ends; a file without a carriage return is stored as it is all the same. */
const LINE_ENDS = ['text', 'eol', 'crlf']

/** A line of an attributes file. */
interface Rule {
  readonly matches: (path: string) => boolean
  readonly attributes: readonly Attribute[]
}

interface Attribute {
  /** One of ANY_CONTENT or LINE_ENDS; what a macro stands for. */
  readonly name: string
  /** `filter=lfs`, or the macro's name. */
  readonly written: string
}

/** What of a file's content decides whether its line ends could be converted. */
export interface LineEnds {
  /** Into the repository only carriage returns are lost. */
  readonly onTheWayIn: (path: string) => boolean
  /** Out of it they may be added, where a setting asks for them. */
  readonly onTheWayOut: (path: string) => boolean
}

/**
 * Refuses paths that git might store, or check out, otherwise than they are: native never guesses, so one line that may
 * set such an attribute is enough, even where a later one takes it back.
 *
 * @throws CommandError (3) naming the path and the attribute
 */
export function refuseConverted(
  repository: Repository,
  config: GitConfig,
  env: NodeJS.ProcessEnv,
  paths: readonly string[],
  { onTheWayIn, onTheWayOut }: LineEnds,
): void {
  const rules = readRules(repository, config, env, foldersOf(paths))
  const { isOn, adds } = readLineEndSettings(config)
  for (const path of paths) {
    const set = rules.filter(({ matches }) => matches(path)).flatMap(({ attributes }) => attributes)
    const content = set.find(({ name }) => ANY_CONTENT.includes(name))
    if (content) throw refusal(path, `its attribute ${content.written} changes what is stored`)
    const ends = set[0]?.written ?? (isOn ? 'core.autocrlf' : undefined)
    if (ends === undefined) continue
    const isConverted = onTheWayIn(path) || ((adds || set.some(addsReturns)) && onTheWayOut(path))
    if (isConverted) throw refusal(path, `${ends} changes its line ends`)
  }
}

/** Whether line ends are converted without an attribute, and whether converting adds carriage returns on checkout. */
function readLineEndSettings(config: GitConfig): { readonly isOn: boolean; readonly adds: boolean } {
  const autocrlf = (config.get('core.autocrlf') ?? 'false').toLowerCase()
  const isOn = !['', 'false', 'no', 'off', '0'].includes(autocrlf)
  return { isOn, adds: (isOn && autocrlf !== 'input') || config.get('core.eol')?.toLowerCase() === 'crlf' }
}

/** `eol=crlf`, or a macro, of which nothing is known. */
function addsReturns({ name, written }: Attribute): boolean {
  return written === 'eol=crlf' || !written.startsWith(name)
}

function refusal(path: string, why: string): CommandError {
  return new CommandError(ExitStatus.Failed, `${path}: ${why}, which the native engine does not support (install git)`)
}

function readRules(
  repository: Repository,
  config: GitConfig,
  env: NodeJS.ProcessEnv,
  folders: readonly string[],
): Rule[] {
  const home = env['HOME'] ?? '/'
  const named = config.get('core.attributesfile')?.replace(/^~\//, `${home}/`)
  const shared = [
    '/etc/gitattributes',
    named ?? join(env['XDG_CONFIG_HOME'] || join(home, '.config'), 'git/attributes'),
    join(repository.commonDir, 'info/attributes'),
  ]
  const files = [
    ...shared.map((file) => ({ file, folder: '' })),
    ...folders.map((folder) => ({ file: join(repository.root, folder, '.gitattributes'), folder })),
  ]
  const meanings = new Map([...ANY_CONTENT, ...LINE_ENDS].map((name) => [name, name]))
  return files.flatMap(({ file, folder }) => readLines(file).flatMap((line) => parseRule(line, folder, meanings)))
}

/** @param meanings the attributes that matter, by the names that set them; macros that do are added */
function parseRule(line: string, folder: string, meanings: Map<string, string>): Rule[] {
  const [pattern = '', ...words] = splitWords(line)
  if (pattern === '' || pattern.startsWith('#')) return []
  // What is taken back ("-text", "!filter") changes nothing.
  const attributes = words.flatMap((written) => {
    const name = meanings.get(written.split('=')[0] ?? '')
    return name === undefined ? [] : [{ name, written }]
  })
  const [first] = attributes
  if (!first) return []
  if (!pattern.startsWith('[attr]')) return [{ matches: matcher(pattern, folder), attributes }]
  meanings.set(
    pattern.slice('[attr]'.length),
    (attributes.find(({ name }) => ANY_CONTENT.includes(name)) ?? first).name,
  )
  return []
}

function splitWords(line: string): string[] {
  const quoted = /^\s*"((?:[^"\\]|\\.)*)"(.*)$/.exec(line)
  if (!quoted) return line.trim().split(/\s+/)
  const [, pattern = '', rest = ''] = quoted
  return [pattern.replaceAll(/\\(.)/g, '$1'), ...rest.trim().split(/\s+/).filter(Boolean)]
}

function matcher(pattern: string, folder: string): (path: string) => boolean {
  const prefix = folder === '' ? '' : `${folder}/`
  const inner = (path: string) => (path.startsWith(prefix) ? path.slice(prefix.length) : undefined)
  const anchored = pattern.slice(0, -1).includes('/')
  const test = globToRegExp(pattern.replace(/^\//, ''), true)
  return (path) => {
    const rest = inner(path)
    if (rest === undefined) return false
    return test.test(anchored ? rest : rest.slice(rest.lastIndexOf('/') + 1))
  }
}

function readLines(file: string): string[] {
  return (readTextIfThere(file) ?? '').split(/\r?\n/)
}

import type { FileView } from './file-view.ts'
import { readArguments } from './read-arguments.ts'

/** A makefile, as far as it can be read without running make. */
export interface Makefile {
  /** Where the recipes run. */
  readonly folder: string
  /** The files that were read: the makefile and what it includes. */
  readonly files: readonly string[]
  /** Names and patterns of included files that are not there yet, or that a new file could match. */
  readonly awaited: readonly string[]
  /** The recipes of the goals and of what they depend on, as text for a shell. */
  readonly recipes: readonly string[]
}

/** What a call of make asks for. */
interface MakeCall {
  readonly folder: string
  readonly makefiles: readonly string[]
  readonly goals: readonly string[]
  readonly variables: ReadonlyMap<string, string>
}

interface Rule {
  readonly targets: readonly string[]
  readonly prerequisites: readonly string[]
  readonly recipe: string
}

/** The names by which GNU make looks for a makefile, in its order. */
const NAMES = ['GNUmakefile', 'makefile', 'Makefile']

/**
 * @param args of make
 * @param folder where make is started
 */
export function readMakefile(args: readonly string[], folder: string, files: FileView): Makefile {
  const call = parseCall(args, folder, files)
  const named = call.makefiles.map((name) => files.inside(call.folder, name) ?? '')
  const standard = NAMES.map((name) => files.inside(call.folder, name) ?? '')
  const main = named.length > 0 ? named : standard.filter((path) => files.isFile(path)).slice(0, 1)
  const variables = new Map(call.variables)
  const awaited = named.length > 0 ? [] : standard
  const read: string[] = []
  const rules = main.flatMap((path) => rulesOf(path, call.folder, { files, variables, awaited, read }))
  return {
    folder: call.folder,
    files: read,
    awaited,
    recipes: recipesFor(call.goals, rules).map((recipe) => expand(recipe, variables)),
  }
}

const VALUED = new Set(['-C', '-f', '-I', '-o', '-W', '--directory', '--file', '--makefile', '--include-dir'])

function parseCall(args: readonly string[], start: string, files: FileView): MakeCall {
  const makefiles: string[] = []
  const goals: string[] = []
  const variables = new Map<string, string>()
  let folder = start
  for (const { option, value } of readArguments(args, (word) => VALUED.has(word))) {
    const [, name, assigned = ''] = /^(\w+)[:?+]?=([^]*)$/.exec(value) ?? []
    if (option === '-C' || option === '--directory') folder = files.inside(folder, value) ?? folder
    else if (option !== undefined) makefiles.push(...(/^(?:-f|--file|--makefile)$/.test(option) ? [value] : []))
    else if (name !== undefined) variables.set(name, assigned)
    // The number of `-j 4`.
    else if (!/^\d+$/.test(value)) goals.push(value)
  }
  return { folder, makefiles, goals, variables }
}

interface Reading {
  readonly files: FileView
  readonly variables: Map<string, string>
  readonly awaited: string[]
  readonly read: string[]
}

function rulesOf(path: string, folder: string, reading: Reading): Rule[] {
  const { files, variables, read } = reading
  if (read.includes(path)) return []
  if (files.isFile(path)) read.push(path)
  const rules: Rule[] = []
  for (const line of files
    .readText(path)
    .replaceAll(/\\\r?\n/g, ' ')
    .split(/\r?\n/)) {
    const last = rules.at(-1)
    const text = line.replace(/(?:^|\s)#.*$/, '').trim()
    const [, included] = /^(?:-include|sinclude|include)\s+(.+)$/.exec(text) ?? []
    const [, name, operator = '', value = ''] = ASSIGNMENT.exec(text) ?? []
    if (line.startsWith('\t')) {
      if (last) rules[rules.length - 1] = { ...last, recipe: `${last.recipe}${withoutPrefix(line)}\n` }
    } else if (included !== undefined) rules.push(...rulesOfIncluded(included, folder, reading))
    else if (name === undefined) rules.push(...ruleIn(text, variables))
    else assign(variables, name, operator, value)
  }
  return rules
}

const ASSIGNMENT = /^(?:export\s+|override\s+)*([\w.-]+)\s*(\?=|::?:?=|\+=|=)\s*([^]*)$/

function rulesOfIncluded(names: string, folder: string, reading: Reading): Rule[] {
  const { files, variables, awaited } = reading
  const patterns = expand(names, variables).replaceAll(/\$\(wildcard\s+([^)]*)\)/g, '$1')
  return patterns.split(/\s+/).flatMap((pattern) => {
    const path = files.inside(folder, pattern)
    if (path === undefined) return []
    awaited.push(path)
    return files.expand(path).flatMap((found) => rulesOf(found, folder, reading))
  })
}

function ruleIn(text: string, variables: ReadonlyMap<string, string>): Rule[] {
  const [, left, right] = /^([^:=\t]+?)\s*::?(?![:=])\s*([^]*)$/.exec(text) ?? []
  if (left === undefined || right === undefined) return []
  const [prerequisites = '', recipe] = right.split(/;([^]*)/, 2)
  const wordsOf = (some: string) =>
    expand(some, variables)
      .split(/[\s|]+/)
      .filter((word) => word !== '')
  return [
    {
      targets: wordsOf(left),
      prerequisites: wordsOf(prerequisites),
      recipe: recipe === undefined ? '' : `${withoutPrefix(recipe)}\n`,
    },
  ]
}

/** A value given on the command line prevails. */
function assign(variables: Map<string, string>, name: string, operator: string, value: string): void {
  if (operator === '+=') variables.set(name, `${variables.get(name) ?? ''} ${value}`.trim())
  else if (operator !== '?=' || !variables.has(name)) variables.set(name, value)
}

/** `@`, `-` and `+` before a command are for make. */
function withoutPrefix(line: string): string {
  return line.replace(/^\s*[@+-]*\s*/, '')
}

const MOST_DEPTH = 8

/** `$(X)` by its value; `$$` is a dollar of the shell; what cannot be read stays. */
function expand(text: string, variables: ReadonlyMap<string, string>, depth = MOST_DEPTH): string {
  return text.replaceAll(/\$\$|\$(?:\((\w+)\)|\{(\w+)\}|(\w))/g, (all, round: string, curly: string, short: string) => {
    if (all === '$$') return depth === MOST_DEPTH ? '$' : all
    const name = round ?? curly ?? short
    if (name === 'MAKE') return 'make'
    if (name === 'SHELL') return variables.get('SHELL') ?? 'sh'
    if (name === 'CURDIR') return '.'
    const value = variables.get(name)
    return value === undefined || depth === 0 ? all : expand(value, variables, depth - 1)
  })
}

/** The recipes of the goals and of all that they depend on; of all rules if a goal is made by none that can be read. */
function recipesFor(goals: readonly string[], rules: readonly Rule[]): string[] {
  const first = rules.find(({ targets }) => targets.some((target) => !/^\.|%/.test(target)))
  const wanted = new Set(goals.length > 0 ? goals : (first?.targets.slice(0, 1) ?? []))
  const isKnown = (goal: string) => rules.some(({ targets }) => targets.includes(goal))
  if (![...wanted].every(isKnown)) return rules.map(({ recipe }) => recipe)
  const recipes: string[] = []
  // A set that grows while it is walked is walked to its end.
  for (const goal of wanted) {
    for (const { targets, prerequisites, recipe } of rules) {
      const matches =
        targets.includes(goal) || (!isKnown(goal) && targets.some((target) => matchesPattern(target, goal)))
      if (!matches) continue
      recipes.push(recipe)
      for (const prerequisite of prerequisites) wanted.add(prerequisite)
    }
  }
  return recipes
}

function matchesPattern(target: string, goal: string): boolean {
  const [start = '', end] = target.split('%')
  return end !== undefined && goal.startsWith(start) && goal.endsWith(end)
}

import { UNCHANGED_SENTENCE } from '@loop-runner/stage-protocol'
import { placesIn } from '../evidence/places.ts'
import type { Material, SourceFile } from '../evidence/evidence.ts'
import { followImports } from '../imports/follow-imports.ts'
import type { Sources } from '../imports/find-imports.ts'
import type { CountTokens } from '../tokens/count-tokens.ts'
import { chooseImports } from './choose-imports.ts'
import { isTest } from './is-test.ts'
import { holdsCode, isData, mapLine } from './map-file.ts'
import { namedSources } from './named-sources.ts'
import { partOfFile } from './part-of-file.ts'
import type { Requests } from './requests.ts'

/** Sources that come to less, and to less than this share of the budget, are all shown: a map would save little. */
const SHOW_ALL_TOKENS = 2000
const SHOW_ALL_SHARE = 0.5
/** The shares of the budget for imports of tests, and for one file: a longer one is shown in part. */
const IMPORTS_SHARE = 0.4
const FILE_SHARE = 0.4
const PART_SHARE = 0.3
/** The same of a file that the model has asked for. */
const REQUESTED_SHARE = 0.6
/** A budget that is smaller holds no part that would be of use. */
const LEAST_FOR_PARTS = 1000

/** The data for choosing sources, besides the material. */
export interface Choice {
  /** The files that the model asked for. */
  readonly requests: Requests
  /** Tests that failing runs name, whether they are among the sources or not, and the lines around the places in them. */
  readonly tests: readonly SourceFile[]
  readonly testLines: string
  readonly sources: Sources
  /** Files of the tree that are no sources and that lead from tests to them: the entries of the package. */
  readonly entries: readonly SourceFile[]
  readonly budget: number
  /** Whether a part of a file may be shown: only edits can be sent for it. */
  readonly takesEdits: boolean
  readonly count: CountTokens
}

/**
 * Chooses the sources that are shown whole: those that the evidence or the task names, those that failing tests import, and
 * those that were asked for. Of a file that is too long for the budget a part is shown. The others become lines of a map.
 */
export function selectFiles(material: Material, choice: Choice): Material {
  const sources = material.files.filter(({ editable }) => editable)
  const total = sources.reduce((sum, { content }) => sum + choice.count(content), 0)
  const isSmall = total <= Math.min(SHOW_ALL_TOKENS, choice.budget * SHOW_ALL_SHARE) || sources.length < 2
  const { whole, parts } = isSmall ? all(sources) : chooseSources(material, sources, choice)
  const isShown = ({ editable, path }: SourceFile) => !editable || whole.has(path) || parts.has(path)
  const isPart = (file: SourceFile) =>
    file.editable && isShown(file) && (parts.has(file.path) || isTooLong(file, choice))
  return {
    ...material,
    files: material.files.filter((file) => isShown(file) && !isPart(file)),
    parts: material.files
      .filter(isPart)
      .map((file) => ({ ...file, content: partFor(file, material, choice, parts.get(file.path)) })),
    map: material.files
      .filter((file) => !isShown(file))
      .map(mapLine)
      .join(''),
  }
}

/** The paths of the sources to show. */
interface Shown {
  readonly whole: ReadonlySet<string>
  /** What each may take, in tokens. */
  readonly parts: ReadonlyMap<string, number>
}

function all(sources: readonly SourceFile[]): Shown {
  return { whole: new Set(sources.map(({ path }) => path)), parts: new Map() }
}

function chooseSources(material: Material, sources: readonly SourceFile[], choice: Choice): Shown {
  const { findings, output, task } = textsOf(material)
  const byEvidence = namedSources(`${findings}\n${output}`, sources)
  const found = namedSources(findings, sources)
  const named = new Set([...found, ...namedSources(task, sources), ...choice.requests.paths])
  const isOwn = (path: string) => !isTest(path)
  for (const path of byEvidence) if (isOwn(path)) named.add(path)
  const tests = choice.tests.filter(({ path }) => !found.has(path))
  const words = wordsIn(`${choice.testLines}\n${output}`)
  const parts = new Map<string, number>()
  const imported = chooseImports(followImports(tests, [...sources, ...choice.entries], choice.sources), {
    isTraced: [...named].some((path) => isOwn(path)),
    words,
    room: choice.budget * IMPORTS_SHARE,
    costOf: (file) => choice.count(isTooLong(file, choice) ? partFor(file, material, choice) : file.content),
    costOfPart: takesParts(choice) ? (file, room) => choice.count(partFor(file, material, choice, room)) : undefined,
  })
  for (const { path, partRoom } of imported) {
    if (partRoom === undefined || named.has(path)) named.add(path)
    else parts.set(path, partRoom)
  }
  const paths = new Set(sources.map(({ path }) => path))
  if (parts.size > 0 || [...named].some((path) => paths.has(path))) return { whole: named, parts }
  // A test that nothing else explains may be what is wrong itself.
  if (byEvidence.size > 0) return { whole: byEvidence, parts }
  return { whole: new Set(ofNothingNamed(material, sources, choice)), parts }
}

/** If a run fails and names nothing, the smallest sources; all for a task. */
function ofNothingNamed({ runs }: Material, sources: readonly SourceFile[], choice: Choice): string[] {
  const ownCode = sources.filter((file) => !isData(file))
  const code = ownCode.length > 0 ? ownCode : sources.filter(holdsCode)
  return runs.some(({ outcome }) => outcome !== 'pass') ? asManyAsFit(code, choice) : code.map(({ path }) => path)
}

function textsOf({ runs, report, instructions }: Material) {
  const asked = instructions.split('\n').filter((line) => !line.startsWith(UNCHANGED_SENTENCE))
  const failing = runs.filter(({ outcome }) => outcome !== 'pass')
  return {
    findings: failing.map((run) => run.findings).join('\n'),
    output: failing.flatMap(({ command, stdout, stderr }) => [command, stdout, stderr]).join('\n'),
    task: [...asked, ...report.map(({ content }) => content)].join('\n'),
  }
}

/** Names in a text; those of files are compared without case. */
function wordsIn(text: string): Set<string> {
  return new Set(text.match(/[A-Za-z_$][\w$]*/g)?.flatMap((word) => [word, word.toLowerCase()]))
}

/** Small sources first, tests last. */
function asManyAsFit(sources: readonly SourceFile[], { budget, count }: Choice): string[] {
  const sized = sources
    .map((file) => ({ path: file.path, isLast: isTest(file.path), size: count(file.content) }))
    .sort((one, other) => Number(one.isLast) - Number(other.isLast) || one.size - other.size)
  let room = budget * IMPORTS_SHARE
  return sized.flatMap(({ path, size }, at) => {
    if (size > room && at > 0) return []
    room -= size
    return [path]
  })
}

function takesParts({ takesEdits, budget }: Choice): boolean {
  return takesEdits && budget >= LEAST_FOR_PARTS
}

function isTooLong(file: SourceFile, choice: Choice): boolean {
  const { budget, requests, count } = choice
  if (!takesParts(choice)) return false
  const share = requests.paths.includes(file.path) ? 2 * FILE_SHARE : FILE_SHARE
  return count(file.content) > budget * share
}

function partFor(
  file: SourceFile,
  material: Material,
  { testLines, budget, requests, count }: Choice,
  most?: number,
): string {
  const { findings, output, task } = textsOf(material)
  const said = `${findings}\n${output}`
  const places = placesIn(said, [file]).get(file) ?? new Set<number>()
  const words = wordsIn(`${testLines}\n${said}\n${task}`)
  const isRequested = requests.paths.includes(file.path)
  const lines = requests.lines.get(file.path) ?? []
  const room = most ?? budget * (isRequested ? REQUESTED_SHARE : PART_SHARE)
  return partOfFile(file, { places, words, lines, isRequested, room }, count)
}

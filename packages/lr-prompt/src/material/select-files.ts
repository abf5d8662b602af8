import { placesIn } from '../evidence/places.ts'
import type { Material, SourceFile } from '../evidence/evidence.ts'
import { followImports, type Imported } from '../imports/follow-imports.ts'
import type { Sources } from '../imports/find-imports.ts'
import type { CountTokens } from '../tokens/count-tokens.ts'
import { isTest } from './is-test.ts'
import { isData, mapLine } from './map-file.ts'
import { namedSources } from './named-sources.ts'
import { partOfFile } from './part-of-file.ts'
import type { Requests } from './requests.ts'

/** Sources that come to less, and to less than this share of the budget, are all shown: a map would save little. */
const SHOW_ALL_TOKENS = 2000
const SHOW_ALL_SHARE = 0.5
/** The shares of the budget for what tests import, and for one file: of a longer one a part is shown. */
const IMPORTS_SHARE = 0.4
const FILE_SHARE = 0.4
const PART_SHARE = 0.3
/** The same of a file that the model has asked for. */
const REQUESTED_SHARE = 0.6
/** A budget that is smaller holds no part that would be of use. */
const LEAST_FOR_PARTS = 1000

/** What sources are chosen by, beside the material. */
export interface Choice {
  /** What the model asked for. */
  readonly requests: Requests
  /** Tests that failing runs name, whether they are among the sources or not, and the lines around the places in them. */
  readonly tests: readonly SourceFile[]
  readonly testLines: string
  readonly sources: Sources
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
  const wanted = isSmall ? new Set(sources.map(({ path }) => path)) : chooseSources(material, sources, choice)
  const isShown = (file: SourceFile) => !file.editable || wanted.has(file.path)
  const isPart = (file: SourceFile) => file.editable && isShown(file) && isTooLong(file, choice)
  return {
    ...material,
    files: material.files.filter((file) => isShown(file) && !isPart(file)),
    parts: material.files.filter(isPart).map((file) => ({ ...file, content: partFor(file, material, choice) })),
    map: material.files
      .filter((file) => !isShown(file))
      .map(mapLine)
      .join(''),
  }
}

function chooseSources(material: Material, sources: readonly SourceFile[], choice: Choice): Set<string> {
  const { findings, output, task } = textsOf(material)
  const byEvidence = namedSources(`${findings}\n${output}`, sources)
  const found = namedSources(findings, sources)
  const named = new Set([...found, ...namedSources(task, sources), ...choice.requests.paths])
  const isOwn = (path: string) => !isTest(path)
  for (const path of byEvidence) if (isOwn(path)) named.add(path)
  const imported = chooseImports(
    followImports(
      choice.tests.filter(({ path }) => !found.has(path)),
      sources,
      choice.sources,
    ),
    {
      isTraced: [...named].some((path) => isOwn(path)),
      words: wordsIn(`${choice.testLines}\n${output}`),
      choice,
    },
  )
  for (const path of imported) named.add(path)
  const paths = new Set(sources.map(({ path }) => path))
  if ([...named].some((path) => paths.has(path))) return named
  // A test that nothing else explains may be what is wrong itself.
  if (byEvidence.size > 0) return byEvidence
  const hasFailed = material.runs.some(({ outcome }) => outcome !== 'pass')
  const code = sources.filter((file) => !isData(file))
  return new Set(hasFailed ? asManyAsFit(code, choice) : code.map(({ path }) => path))
}

function textsOf({ runs, report, instructions }: Material) {
  const failing = runs.filter(({ outcome }) => outcome !== 'pass')
  return {
    findings: failing.map((run) => run.findings).join('\n'),
    output: failing.flatMap(({ command, stdout, stderr }) => [command, stdout, stderr]).join('\n'),
    task: [instructions, ...report.map(({ content }) => content)].join('\n'),
  }
}

interface Import {
  /** Whether the evidence names sources that are no tests. */
  readonly isTraced: boolean
  readonly words: ReadonlySet<string>
  readonly choice: Choice
}

/**
 * Of what tests import: files that they name themselves; through a file that only collects others, those whose name stands in
 * the failing lines, if any does; what these import in turn, if the evidence does not name a source. All within a share of the budget.
 */
function chooseImports(imported: readonly Imported[], { isTraced, words, choice }: Import): string[] {
  const own = imported.filter(({ file }) => !isData(file))
  const isCalled = ({ file }: Imported) => words.has(stemOf(file.path))
  const near = own.filter(({ steps }) => steps <= 1)
  const collected = near.filter((one) => !one.isDirect)
  const called = collected.filter(isCalled)
  const first = [...near.filter(({ isDirect }) => isDirect), ...(called.length > 0 ? called : collected)]
  const further = isTraced ? [] : own.filter(({ steps }) => steps > 1)
  let room = choice.budget * IMPORTS_SHARE
  return [...first, ...further.filter(isCalled), ...further.filter((one) => !isCalled(one))].flatMap((one) => {
    const cost = isTooLong(one.file, choice) ? choice.budget * PART_SHARE : choice.count(one.file.content)
    const limit = one.steps > 1 ? room - choice.budget * (IMPORTS_SHARE / 2) : room
    if (cost > limit && !(one.isDirect && room === choice.budget * IMPORTS_SHARE)) return []
    room -= cost
    return [one.file.path]
  })
}

function stemOf(path: string): string {
  return (/([^/]+?)(?:\.\w+)+$/.exec(path)?.[1] ?? '').toLowerCase()
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

function isTooLong(file: SourceFile, { budget, takesEdits, requests, count }: Choice): boolean {
  if (!takesEdits || budget < LEAST_FOR_PARTS) return false
  const share = requests.paths.includes(file.path) ? 2 * FILE_SHARE : FILE_SHARE
  return count(file.content) > budget * share
}

function partFor(file: SourceFile, material: Material, { testLines, budget, requests, count }: Choice): string {
  const { findings, output, task } = textsOf(material)
  const said = `${findings}\n${output}`
  const places = placesIn(said, [file]).get(file) ?? new Set<number>()
  const words = wordsIn(`${testLines}\n${said}\n${task}`)
  const isRequested = requests.paths.includes(file.path)
  const lines = requests.lines.get(file.path) ?? []
  const room = budget * (isRequested ? REQUESTED_SHARE : PART_SHARE)
  return partOfFile(file, { places, words, lines, isRequested, room }, count)
}

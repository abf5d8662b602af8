import { describeNearest } from './describe-nearest.ts'
import type { Remark } from './draft.ts'
import { areBlank, type Edit, type Edited } from './edit.ts'
import { variantsOf } from './edit-variants.ts'
import { findPlaces, shiftLike, unindented, WAYS } from './find-places.ts'

/** An edit, as it follows from the lines that the edits before it left. */
export type ReadEdit = (lines: readonly string[]) => Edit | { readonly refused: Remark }

/**
 * Applies edits in order, each to what the ones before left. The lines of an edit must be found in one place only: as
 * they are, else except for trailing blanks, else except for their common indent, line numbers or a blank edge.
 */
export function applyEdits(edits: readonly ReadEdit[], base: readonly string[]): Edited {
  const noted: Remark[] = []
  let lines = base
  for (const read of edits) {
    const edit = read(lines)
    const result = 'refused' in edit ? edit : applyEdit(lines, edit)
    if ('refused' in result) return { refused: result.refused, noted }
    lines = result.lines
    noted.push(...result.noted)
  }
  return { lines, noted }
}

/** Whether the lines of an edit are found, at any number of places. */
export function isFound(lines: readonly string[], edit: Edit): boolean {
  return !areBlank(edit.search) && variantsOf(edit).some((variant) => locate(lines, variant.edit) !== undefined)
}

function applyEdit(lines: readonly string[], edit: Edit): Edited {
  if (areBlank(edit.search)) {
    return areBlank(lines) ? { lines: edit.replace, noted: [] } : { refused: nothingToFind(edit), noted: [] }
  }
  for (const { edit: variant, remark } of variantsOf(edit)) {
    const found = locate(lines, variant)
    if (!found) continue
    const { places, way } = found
    const place = Math.min(...places)
    if (places.length > 1) return { refused: ambiguous(places, edit), noted: [] }
    const replace = way === unindented ? shiftLike(lines, place, variant) : variant.replace
    const next = [...lines.slice(0, place), ...replace, ...lines.slice(place + variant.search.length)]
    return { lines: next, noted: [...(remark ? [remark] : []), ...(way === WAYS[0] ? [] : [blanks(edit)])] }
  }
  return { refused: notFound(lines, edit), noted: [] }
}

/** Where the lines are found by the strictest way that finds them. */
function locate(lines: readonly string[], { search, after }: Edit) {
  const from = after === undefined ? 0 : Math.max(0, onlyIndexOf(lines, after.line))
  for (const start of after?.isHint ? [from, 0] : [from]) {
    for (const way of WAYS) {
      const places = findPlaces(lines, search, way, start)
      if (places.length > 0) return { places, way }
    }
  }
  return undefined
}

/** The index of the one line that is like this; -1 if not exactly one matches. */
function onlyIndexOf(lines: readonly string[], wanted: string): number {
  const isLike = (line: string) => line.trim() === wanted.trim()
  const first = lines.findIndex(isLike)
  return first === lines.findLastIndex(isLike) ? first : -1
}

function blanks({ label }: Edit): Remark {
  return { code: 'edit-blanks', message: `${label} fits except for blanks` }
}

function nothingToFind({ label }: Edit): Remark {
  const message = `${label} has no lines to find, and the file is not empty (copy lines of the file, or send the whole file)`
  return { code: 'edit-not-found', message }
}

function ambiguous(places: readonly number[], { label }: Edit): Remark {
  const [first = 0, second = 0] = places
  const message = `the lines of ${label} are in more than one place (lines ${first + 1} and ${second + 1}): include more lines around them`
  return { code: 'edit-ambiguous', message }
}

function notFound(lines: readonly string[], edit: Edit): Remark {
  const { label } = edit
  const search = variantsOf(edit).reduce((_, variant) => variant.edit.search, edit.search)
  const message = `the lines of ${label} are not in the file${describeNearest(lines, search)} (copy them exactly, or send the whole file)`
  return { code: 'edit-not-found', message }
}

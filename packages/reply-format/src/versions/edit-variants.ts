import { type Edit } from './edit.ts'
import type { Remark } from './draft.ts'
import { readNumbers } from './line-numbers.ts'

/** An edit as it was sent, or without a slip that models make. */
export interface Variant {
  readonly edit: Edit
  readonly remark?: Remark
}

/** The edit, then the edit without line numbers, and each of them without blank lines at its edges. */
export function variantsOf(edit: Edit): Variant[] {
  const variants: Variant[] = [{ edit }]
  const search = readNumbers(edit.search)
  if (search) {
    const plain = { ...edit, search: search.lines, replace: readNumbers(edit.replace)?.lines ?? edit.replace }
    variants.push({
      edit: plain,
      remark: { code: 'line-numbers', message: `the line numbers of ${edit.label} are omitted` },
    })
  }
  return [...variants, ...variants.flatMap((variant) => withoutBlankEdges(variant))]
}

function withoutBlankEdges({ edit }: Variant): Variant[] {
  const { search, replace, label } = edit
  const [from, to] = [isBlank(search[0]) ? 1 : 0, isBlank(search.at(-1)) ? 1 : 0]
  if (from + to === 0) return []
  const start = isBlank(replace[0]) ? from : 0
  const end = isBlank(replace.at(-1)) && replace.length > start ? to : 0
  const plain = {
    ...edit,
    search: search.slice(from, search.length - to),
    replace: replace.slice(start, replace.length - end),
  }
  return [{ edit: plain, remark: { code: 'blank-edge', message: `a blank line at the edge of ${label} is omitted` } }]
}

function isBlank(line: string | undefined): boolean {
  return line?.trim() === ''
}

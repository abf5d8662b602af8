/** The imports of a `use`, one path each: `use a::{b, c as d}` is `a::b` and `a::c as d`. */
export function leavesOfUse(code: string): string[] {
  const [, tree = ''] = /\buse\s+([^;]*)/.exec(code) ?? []
  return expand(tree.replaceAll(/\s+/g, ' ').trim())
}

/** The name by which code sees it; undefined for all of a module but the one around it. */
export function namesOfLeaf(leaf: string): readonly string[] | undefined {
  if (leaf === 'super::*') return []
  if (leaf.endsWith('*')) return undefined
  return [(/(\w+)$/.exec(leaf.replace(/::self$/, ''))?.[1] ?? '').trim()]
}

function expand(tree: string): string[] {
  const open = tree.indexOf('{')
  if (open < 0) return tree === '' ? [] : [tree.replaceAll(/ ?:: ?/g, '::')]
  const prefix = tree.slice(0, open).replaceAll(' ', '')
  return branches(tree.slice(open + 1, tree.lastIndexOf('}'))).flatMap((branch) =>
    expand(branch).map((leaf) => prefix + leaf),
  )
}

function branches(list: string): string[] {
  const found = ['']
  let depth = 0
  for (const char of list) {
    if (char === '{') depth++
    if (char === '}') depth--
    if (char === ',' && depth === 0) found.push('')
    else found.push((found.pop() ?? '') + char)
  }
  return found.map((branch) => branch.trim()).filter((branch) => branch !== '')
}

import { createTwoFilesPatch } from 'diff'

/** The differences between two sets of files, as `git diff` writes them. */
export function writePatch(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string {
  const paths = [...new Set([...before.keys(), ...after.keys()])].toSorted()
  return paths.map((path) => patchFile(path, before.get(path), after.get(path))).join('')
}

function patchFile(path: string, before: string | undefined, after: string | undefined): string {
  if (before === after) return ''
  const [left, right] = [quotePath(`a/${path}`), quotePath(`b/${path}`)]
  const mode = before === undefined ? 'new file mode 100644\n' : after === undefined ? 'deleted file mode 100644\n' : ''
  const head = `diff --git ${left} ${right}\n${mode}`
  const patch = createTwoFilesPatch('left', 'right', before ?? '', after ?? '', undefined, undefined, { context: 3 })
  const hunks = patch.slice(patch.indexOf('@@'))
  // An empty file has no hunks.
  if (!patch.includes('@@')) return head
  return `${head}--- ${before === undefined ? '/dev/null' : left}\n+++ ${after === undefined ? '/dev/null' : right}\n${hunks}`
}

/** Git quotes names with control characters, quotes and backslashes; a name with a blank gets a tab behind it. */
function quotePath(path: string): string {
  if (!/[\0-\x1f"\\\x7f]/.test(path)) return path
  const escaped = path.replaceAll(/[\0-\x1f"\\\x7f]/g, (char) =>
    /["\\]/.test(char) ? `\\${char}` : `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`,
  )
  return `"${escaped}"`
}

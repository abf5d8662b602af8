/** A finding of a compiler or linter in a dependency: `node_modules/x/y.d.ts(1,2): error …`, `node_modules/x/y.js:1:2 …`. */
const FINDING = /^(?:\S*\/)?node_modules\/\S+?(?:\(\d+,\d+\)|:\d+(?::\d+)?):? +(?:- )?(?:fatal )?(?:error|warning)\b/i

/** Findings in dependencies as one line: the first of them, and how many more there are. */
export function dropDependencies(lines: readonly string[]): string[] {
  const found = lines.filter((line) => FINDING.test(line)).length
  if (found < 2) return [...lines]
  let isFirst = true
  let isInside = false
  return lines.flatMap((line) => {
    // Its details are indented.
    if (!FINDING.test(line)) {
      isInside = isInside && /^\s+\S/.test(line)
      return isInside ? [] : [line]
    }
    isInside = true
    if (!isFirst) return []
    isFirst = false
    return [`${line} (and ${found - 1} more in node_modules)`]
  })
}

/** The line that names the error: what a stage reported itself, since the loop only reports that the stage failed. */
export function errorOf(stderr: string, summary?: string | null): string {
  const lines = stderr.trimEnd().split('\n')
  return lines.findLast((line) => /^lr-(?!loop)[a-z]+: /.test(line)) ?? summary ?? lines.at(-1) ?? ''
}

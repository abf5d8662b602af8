/** The last line that a program of ours printed on standard error, without its name. */
export function errorIn(stderr: string): string {
  const last = stderr.trimEnd().split('\n').at(-1) ?? ''
  return last.replace(/^lr-[a-z]+: /, '')
}

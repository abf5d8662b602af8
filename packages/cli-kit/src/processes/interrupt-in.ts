/** What an interrupted lr-loop reports on standard error, as one line: it tells on a line of its own how to continue it. */
export function interruptIn(stderr: string): string {
  const [, resume] = /^lr-loop: resume: (.+)$/m.exec(stderr) ?? []
  return resume === undefined ? 'interrupted' : `interrupted (${resume} continues it)`
}

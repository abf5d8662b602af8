/**
 * How a shell runs a command line with arguments behind it. Without any nothing is put behind it, so that it may end as it
 * likes: in `done`, in `}`, in a semicolon.
 */
export function shellCall(line: string, args: readonly string[]): { file: string; args: string[] } {
  return { file: 'sh', args: args.length === 0 ? ['-c', line] : ['-c', `${line} "$@"`, 'sh', ...args] }
}

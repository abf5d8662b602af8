/** Lines of a file, from 1. */
export interface LineRange {
  readonly from: number
  readonly to: number
}

/** The files that a model asks to see. */
export interface Requests {
  readonly paths: readonly string[]
  /** Of files of which it names lines, the latest first. */
  readonly lines: ReadonlyMap<string, readonly LineRange[]>
}

/** `src/a.ts:10-20`, `src/a.ts:10`, `src/a.ts#L10-L20`, `src/a.ts lines 10-20`. */
const WITH_LINES = /^(.+?)(?::|#L|,? \(?lines? )(\d{1,7})(?:\s*[-–]\s*L?(\d{1,7}))?\)?$/

/** Takes requests apart: some name lines of a file. @param isFile whether a whole request is the name of a file */
export function parseRequests(requested: readonly string[], isFile: (path: string) => boolean): Requests {
  const paths = new Set<string>()
  const lines = new Map<string, LineRange[]>()
  for (const request of requested) {
    const [, path, from = '', to = from] = isFile(request) ? [] : (WITH_LINES.exec(request) ?? [])
    paths.add(path ?? request)
    if (path !== undefined) lines.set(path, [{ from: Number(from), to: Number(to) }, ...(lines.get(path) ?? [])])
  }
  return { paths: [...paths], lines }
}

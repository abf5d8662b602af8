import { type Segment, SegmentBuilder } from './segment.ts'

/** ava's own reporter: between two lines `─` failures that are separated by two blank lines and more. */
export function readAva(lines: readonly string[]): Segment[] | undefined {
  if (!lines.some((line) => /^ {2}[✔✘✖] /.test(line)) || !lines.some((line) => /^ {2}─$/.test(line))) return undefined
  const builder = new SegmentBuilder()
  let isInside = false
  let blanks = 0
  for (const line of lines) {
    if (/^ {2}─$/.test(line)) {
      isInside = !isInside
      blanks = 2
      builder.add('noise', line)
    } else if (isInside) {
      if (line.trim() !== '' && blanks > 1) builder.begin(line)
      else if (builder.isInRecord) builder.continue(line)
      blanks = line.trim() === '' ? blanks + 1 : 0
    } else if (/^ {2}✔ /.test(line)) builder.add('pass', line)
    else builder.add(/^ {2}[✘✖] /.test(line) ? 'noise' : 'text', line)
  }
  return builder.segments
}

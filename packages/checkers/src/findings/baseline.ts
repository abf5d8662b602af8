import { readFileSync } from 'node:fs'
import { parseStream, StreamError } from '@loop-runner/block-format'
import { decodeUtf8, reasonOf, UsageError } from '@loop-runner/cli-kit'
import { contentsOf, ROLE } from '@loop-runner/stage-protocol'
import { type Finding, writeFinding } from './finding.ts'

/** How often each finding is known already. Lines move as files are edited: places within a file do not count. */
export type Baseline = ReadonlyMap<string, number>

/**
 * The findings of a stream that lr-check has written with --findings.
 *
 * @param name the file as it was named
 * @throws UsageError for a file that cannot be read or holds no findings block
 */
export function readBaseline(path: string, name: string): Baseline {
  const blocks = contentsOf(readStream(path, name), ROLE.findings)
  if (blocks.length === 0) throw new UsageError(`${name}: no findings block (write it by lr-check --findings)`)
  return baselineOf(blocks.flatMap((content) => content.split('\n')))
}

/** The baseline of lines of a findings block. */
export function baselineOf(lines: readonly string[]): Baseline {
  const baseline = new Map<string, number>()
  for (const line of lines.filter((one) => one !== '')) {
    const key = findingKey(line)
    baseline.set(key, (baseline.get(key) ?? 0) + 1)
  }
  return baseline
}

/** The findings that a baseline does not know, or not so often. */
export function onlyNew(findings: readonly Finding[], baseline: Baseline): Finding[] {
  const left = new Map(baseline)
  return findings.filter((finding) => {
    const key = findingKey(writeFinding(finding).trimEnd())
    const known = left.get(key) ?? 0
    left.set(key, known - 1)
    return known <= 0
  })
}

/** What a finding is known by: its line without its place in the file, and without numbers, which speak of places too. */
export function findingKey(line: string): string {
  return line.replace(/^(.*?)(?::\d+){0,2}: /, '$1: ').replaceAll(/\d+/g, '0')
}

function readStream(path: string, name: string) {
  try {
    return parseStream(decodeUtf8(readFileSync(path), name))
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${name}: ${error instanceof StreamError ? error.message : reasonOf(error)}`)
  }
}

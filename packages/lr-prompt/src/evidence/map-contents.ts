import { ROLE } from '@loop-runner/stage-protocol'
import type { Material, NamedBlock, Run, SourceFile } from './evidence.ts'

/** The role of a content in the prompt; the budget shortens by it (fit-budget). */
export type Kind =
  | 'source'
  | 'read-only file'
  | 'script'
  | 'command'
  | 'output'
  | 'output of a passing run'
  | 'findings that repeat output'
  | 'block'
  | 'map'
  | 'earlier attempt'
  | 'last attempt'
  | 'instructions'

/** The content of one block of a prompt, as a message names it. */
export interface Place {
  readonly kind: Kind
  readonly name: string
}

/** The same material with every content changed by `change`. */
export function mapContents(material: Material, change: (content: string, place: Place) => string): Material {
  const mapBlocks = (blocks: readonly NamedBlock[], kind: Kind) =>
    blocks.map(({ name, content }) => ({ name, content: change(content, { kind, name }) }))
  const mapFile = (file: SourceFile, kind: Kind) => ({
    ...file,
    content: change(file.content, { kind, name: file.path }),
  })
  const last = material.history.length - 1
  return {
    ...material,
    files: material.files.map((file) => mapFile(file, file.editable ? 'source' : 'read-only file')),
    parts: material.parts.map((file) => mapFile(file, 'source')),
    runs: material.runs.map((run) => ({
      ...mapRun(run, change),
      script: run.script && mapFile(run.script, 'script'),
    })),
    blocks: mapBlocks(material.blocks, 'block'),
    report: mapBlocks(material.report, 'block'),
    history: material.history.map((attempt, index) => ({
      ...attempt,
      text: change(attempt.text, {
        kind: index === last ? 'last attempt' : 'earlier attempt',
        name: `reply ${attempt.number}`,
      }),
    })),
    map: change(material.map, { kind: 'map', name: 'map' }),
    instructions: change(material.instructions, { kind: 'instructions', name: ROLE.instructions }),
  }
}

function mapRun(run: Run, change: (content: string, place: Place) => string): Run {
  const output = run.outcome === 'pass' ? 'output of a passing run' : 'output'
  const findings = run.stdout + run.stderr === '' ? output : 'findings that repeat output'
  return {
    ...run,
    command: change(run.command, { kind: 'command', name: 'command line' }),
    stdout: change(run.stdout, { kind: output, name: ROLE.stdout }),
    stderr: change(run.stderr, { kind: output, name: ROLE.stderr }),
    score: change(run.score, { kind: output, name: ROLE.score }),
    findings: change(run.findings, { kind: findings, name: ROLE.findings }),
    excerpts: change(run.excerpts, { kind: output, name: 'excerpts' }),
  }
}

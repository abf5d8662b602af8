import type { Folder } from './folder.ts'

/** A command that runs a project's tests. */
export interface TestCommand {
  readonly words: readonly string[]
  /** The reason for this command, found in the folder. */
  readonly because: string
  /** A call of its program that shows that it works here; undefined where that is a file of the project. */
  readonly proof: readonly string[] | undefined
  /** The program to install. */
  readonly needs: string
  /** A command that runs the same tests if this one does not work here. */
  readonly instead?: TestCommand
}

/** Finds the test command of one kind of project. */
export type Recognise = (folder: Folder) => TestCommand | undefined

export function testCommand(words: readonly string[], because: string, proof?: readonly string[]): TestCommand {
  const [program = ''] = words
  if (program.includes('/')) return { words, because, proof: undefined, needs: program }
  return { words, because, proof: proof ?? [program, '--version'], needs: proof?.[0] ?? program }
}

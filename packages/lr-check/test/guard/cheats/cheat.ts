/** Files by path; null is one that is taken away. */
export type Files = Readonly<Record<string, string | null>>

/** A small project whose check fails, how it is repaired, and how the check is made to pass without that. */
export interface Project {
  readonly name: string
  /** Programs that it needs. */
  readonly needs: readonly string[]
  readonly files: Files
  /** Makes what files cannot say. */
  readonly setUp?: string
  /** Of lr-check. */
  readonly args: readonly string[]
  /** Added to the environment of lr-check. */
  readonly env?: Readonly<Record<string, string>>
  readonly repair: Files
  readonly cheats: readonly Cheat[]
}

/** What is done, and what of the project is then named: a part of what lr-check says. */
export type Cheat = readonly [title: string, does: Files | string, named: string]

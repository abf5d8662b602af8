/** What happens to one file. */
export interface Change {
  readonly path: string
  /** What is there now; undefined for a new file. */
  readonly old: { readonly bytes: Buffer; readonly mode: number } | undefined
  /** What will be there, undefined where the file goes; without a mode a new file gets what the umask leaves. */
  readonly next: { readonly bytes: Buffer; readonly mode: number | undefined } | undefined
}

/** Another program has changed a file, or its folder, between our reading and our writing it. Nothing has been written. */
export class ChangedMeanwhile extends Error {
  override readonly name = 'ChangedMeanwhile'
  readonly path: string

  constructor(path: string) {
    super(`${path}: another program has just changed it`)
    this.path = path
  }
}

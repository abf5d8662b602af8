/** Thrown by the work of a run that a signal or its deadline stops. */
export class Interrupted extends Error {
  constructor() {
    super('interrupted')
  }
}

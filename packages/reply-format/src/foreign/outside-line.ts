/** A line of the reply that is outside blocks and reasoning. */
export interface OutsideLine {
  /** Its place in the reply, from 0. */
  readonly index: number
  readonly text: string
}

/** Lines typed at a terminal, with editing, and recall by the arrow keys. */
export interface LineEditor {
  /**
   * The next line, or several that were pasted together.
   *
   * @returns undefined at the end of input (Ctrl-D); `interrupted` at Ctrl-C
   */
  read(prompt: string): Promise<string | typeof INTERRUPTED | undefined>
}

export const INTERRUPTED = Symbol('Ctrl-C')

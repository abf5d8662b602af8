import { ExecServer } from './exec-server.ts'

/** Commands that are started once, and kept until the end. */
export class ExecServers implements AsyncDisposable {
  readonly #servers = new Map<string, ExecServer>()

  /** The running command, or a new one if it has ended. */
  get(command: string, start: () => ExecServer): ExecServer {
    const running = this.#servers.get(command)
    if (running?.isRunning) return running
    const server = start()
    this.#servers.set(command, server)
    return server
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const servers = [...this.#servers.values()]
    this.#servers.clear()
    await Promise.allSettled(servers.map((server) => server.close()))
  }
}

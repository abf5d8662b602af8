import type { Io } from '../io.ts'
import { runProcess } from './run-process.ts'

interface TextRequest {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  readonly stdin?: string
  readonly timeoutMs?: number
}

/** Runs a program and collects what it prints. */
export async function runText(request: TextRequest, io: Pick<Io, 'onInterrupt'>) {
  const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] }
  const { status } = await runProcess(
    {
      ...request,
      stdout: (chunk: Buffer) => void chunks.stdout.push(chunk),
      stderr: (chunk: Buffer) => void chunks.stderr.push(chunk),
    },
    io,
  )
  return { status, stdout: Buffer.concat(chunks.stdout).toString(), stderr: Buffer.concat(chunks.stderr).toString() }
}

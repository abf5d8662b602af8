import { type Io, runProcess } from '@loop-runner/cli-kit'

/** A secret from standard input: all of it, or a line of a terminal, which does not show it. */
export async function readSecret(what: string, io: Io): Promise<string> {
  if (!io.stdin.isTerminal) return io.stdin.text()
  await io.stderr.write(`${what}: `)
  await setEcho(false, io)
  const forget = io.onInterrupt(() => setEcho(true, io))
  try {
    return await readLine(io)
  } finally {
    forget()
    await setEcho(true, io)
    await io.stderr.write('\n')
  }
}

async function readLine(io: Io): Promise<string> {
  let line = ''
  for await (const chunk of io.stdin.chunks(true)) {
    line += chunk.toString('utf8')
    if (line.includes('\n')) break
  }
  return line
}

async function setEcho(on: boolean, io: Io): Promise<void> {
  const ignore = () => {}
  const args = [on ? 'echo' : '-echo']
  await runProcess({ file: 'stty', args, cwd: io.cwd, env: io.env, stdin: 0, stdout: ignore, stderr: ignore }, io)
}

import { parseStream } from '@loop-runner/block-format'
import { run } from '@loop-runner/test-kit'

/** For tests: runs lr-score on a text that it reads from standard input; the lines of the score block. */
export async function scoreText(args: readonly string[], stdin: string): Promise<{ status: number; lines: string[] }> {
  const { status, stdout, stderr } = await run('lr-score', args, { stdin })
  const [part, ...more] = parseStream(stdout)
  if (!part || !('name' in part) || part.name !== 'score' || more.length > 0) throw new Error(stdout + stderr)
  return { status, lines: part.content.trimEnd().split('\n') }
}

import { readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { defineCommand, errorCode, ExitStatus, type Io, reasonOf, UsageError } from '@loop-runner/cli-kit'
import { ENGINE_OPTION, explainFailure, openEngine } from '@loop-runner/git-engine'
import { type Receipt, readReceipt } from '@loop-runner/run-report/receipt'
import type { Finding } from '../receipt/finding.ts'
import { verifyReceipt, type VerifyRequest } from '../receipt/verify-receipt.ts'

export const verify = defineCommand({
  usage: '[options] --receipt FILE [REV | FROM..REV]',
  summary: 'Check the receipt of a run against a commit.',
  options: {
    receipt: {
      type: 'text',
      placeholder: 'FILE',
      commandLineOnly: true,
      describe: 'the receipt, as lr-loop receipt printed it; "-" is standard input',
    },
    check: {
      type: 'text',
      placeholder: 'COMMAND',
      commandLineOnly: true,
      describe: 'require this command line among the checks that passed',
    },
    ...ENGINE_OPTION,
  },
  operands: { max: 1 },
  details: `
Checks that REV (default: HEAD) is the commit of the receipt, or differs from it
only in FIXES.md and the receipt itself; that the run passed, and by which
checks; that no guarded test or check script has changed since the commit that
the run started from; and that the numbers of tests agree. With FROM..REV, also
checks that each commit after FROM is a commit of a run and that each reply is
explained in FIXES.md. Prints one line for each; uses no model, runs nothing and
changes nothing. A receipt is not signed: run the check, too, if you do not
trust the sender.

Exit codes: 0 everything agrees · 1 something does not, or there is no receipt ·
2 invalid usage, or FILE is not a receipt · 3 no repository

  lr-git verify --receipt receipt.json --check 'npm test'
  lr-git verify --receipt receipt.json main..HEAD
`,
  async run({ options, operands: [range = 'HEAD'] }, io) {
    const { receipt: file } = options
    if (file === undefined) throw new UsageError('which receipt? (--receipt FILE)')
    const text = await readText(file, io)
    if (text === undefined) {
      io.warn(`${file}: no receipt (lr-loop receipt prints one)`)
      return ExitStatus.No
    }
    const receipt = readReceipt(text)
    if (!receipt) throw new UsageError(`${file}: not a receipt of this version`)
    const findings = await verifyAll(receipt, { file, ...parseRange(range), check: options.check }, options, io)
    for (const { part, problem, says } of findings) {
      await io.stdout.write(`${part}: ${problem === undefined ? `ok, ${says}` : `WRONG, ${problem}`}\n`)
    }
    return findings.some(({ problem }) => problem !== undefined) ? ExitStatus.No : ExitStatus.Yes
  },
})

interface Request extends Omit<VerifyRequest, 'own'> {
  readonly file: string
}

/** Either side of `FROM..REV` may be left out, as with git. */
function parseRange(range: string): Pick<Request, 'revision' | 'since'> {
  const at = range.indexOf('..')
  if (at === -1) return { revision: range, since: undefined }
  return { since: range.slice(0, at) || 'HEAD', revision: range.slice(at + 2) || 'HEAD' }
}

async function verifyAll(
  receipt: Receipt,
  { file, ...request }: Request,
  options: Parameters<typeof openEngine>[0],
  io: Io,
): Promise<readonly Finding[]> {
  try {
    const engine = await openEngine(options, io)
    const own = file === '-' ? [] : [relative(engine.repository.root, resolve(io.cwd, file))]
    return await verifyReceipt(receipt, { ...request, own }, engine)
  } catch (error) {
    throw explainFailure(error)
  }
}

/** Undefined if there is no such file. */
async function readText(file: string, io: Io): Promise<string | undefined> {
  if (file === '-') return io.stdin.text()
  try {
    return readFileSync(resolve(io.cwd, file), 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw new UsageError(`${file}: ${reasonOf(error)}`)
  }
}

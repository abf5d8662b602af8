import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../programs.ts'

interface Manifest {
  readonly name: string
  readonly version: string
  readonly license?: string
}

/**
 * The notices of the packages that bundles hold.
 *
 * @param inputs files of bundles, relative to the checkout
 */
export function writeNotices(inputs: readonly string[]): string {
  const folders = new Set(inputs.flatMap((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []))
  const notices = [...folders].map((folder) => noticeOf(join(root, folder))).sort()
  return `loop-runner contains the following packages.\n\n${[...new Set(notices)].join('\n')}`
}

function noticeOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry))
  const text =
    file === undefined || !existsSync(join(folder, file)) ? '' : readFileSync(join(folder, file), 'utf8').trim()
  if (license === undefined && text === '') throw new Error(`${name}: no license is named`)
  return `${'-'.repeat(80)}\n${name} ${version} (${license ?? 'see below'})\n\n${text}\n`
}

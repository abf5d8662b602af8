import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { typeOfFile } from '@loop-runner/checkers'
import type { GuardRecord } from './guard-record.ts'
import type { Survey } from './survey.ts'

/** Types of files that are data for tests, not code that runs with them. */
const DATA = new Set(['json', 'yaml', 'toml', 'markdown', 'html', 'css', 'text', 'xml'])

/**
 * Code among the tests that was not there when the guard was recorded: it runs with the tests, and may replace what they
 * test. A module that a recorded test asks for by name, and that is nowhere else, is what that test needs.
 */
export function newTests({ files }: Pick<GuardRecord, 'files'>, survey: Survey, cwd: string): string[] {
  const known = new Set(Object.keys(files))
  const added = [...survey.files].flatMap(([path, { guarding, fingerprint }]) => {
    const type = typeOfFile(path, cwd)
    const isCode = type !== undefined && !DATA.has(type)
    return guarding === 'grows' && fingerprint !== undefined && !known.has(path) && isCode ? [path] : []
  })
  if (added.length === 0) return []
  const recorded = [...known].filter((path) => typeOfFile(path, cwd) !== undefined)
  const texts = recorded.map((path) => readOr(join(cwd, path)))
  const isNeeded = (path: string) => {
    const name = new RegExp(String.raw`(?<![\w-])${stemOf(path).replaceAll(/[^\w]/g, '.')}(?![\w-])`)
    return texts.some((text) => name.test(text)) && !survey.stems.has(stemOf(path))
  }
  return added.filter((path) => !isNeeded(path))
}

/** By which code asks for a module: of a package it is the folder. */
export function stemOf(path: string): string {
  const stem = basename(path).replace(/\.[^.]*$/, '')
  return /^(?:__init__|index|mod)$/.test(stem) ? basename(dirname(path)) : stem
}

function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

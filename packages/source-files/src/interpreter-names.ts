import { basename } from 'node:path'

/** The names of Pythons; `pythonw` has no console. */
export const PYTHON = /^(?:python|pypy)[\d.]*w?$/

const SHELL = /^(?:ba|da|k|z|mk|pdk|a|c|tc)?sh$/

/** @param program its name or its path */
export function isPython(program: string): boolean {
  return PYTHON.test(basename(program))
}

/** @param program its name or its path */
export function isShell(program: string): boolean {
  return SHELL.test(basename(program))
}

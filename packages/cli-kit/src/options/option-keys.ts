import type { KeyPath } from '../configuration/config-file.ts'
import type { Option } from './option.ts'

/** The section of a configuration file that holds a program's options: `llm` for `lr-llm`. */
export function sectionOf(program: string): string {
  return program.replace(/^lr-/, '')
}

/** The keys below a section, or below the top, at which an option stands in a configuration file. */
export function keysOfOption(name: string, { group }: Option): readonly string[] {
  return group === undefined ? [name] : [group, name]
}

/** Whether a configuration file may say it. */
export function isForFiles(option: Option): boolean {
  return !option.commandLineOnly && !option.notInFiles && !(option.secret && option.type !== 'list')
}

/** `loop.stages.llm`. */
export function writeKeys(keys: KeyPath): string {
  return keys.join('.')
}

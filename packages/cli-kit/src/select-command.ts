import { existsSync } from 'node:fs'
import type { Program } from './program.ts'

const WITH_VALUE = new Set(['-C', '--directory', '--config', '--profile'])

/** The command that a command line means: the first operand's, where it names one. */
export function selectCommand(program: Program, argv: readonly string[]) {
  const { main, commands = {} } = program
  const at = firstOperand(argv)
  const word = argv[at]
  const command = word === undefined || !Object.hasOwn(commands, word) ? undefined : commands[word]
  if (word !== undefined && command) {
    return { name: `${program.name} ${word}`, command, rest: [...argv.slice(0, at), ...argv.slice(at + 1)] }
  }
  return { name: program.name, command: main, rest: argv }
}

/** `help` and `help COMMAND` as `--help` spells them. A file named help is an operand of a program that takes files. */
export function expandHelp({ main, commands = {} }: Program, argv: readonly string[]): readonly string[] {
  const [word, command, ...more] = argv
  if (word !== 'help' || more.length > 0) return argv
  if (command !== undefined) {
    if (Object.hasOwn(commands, command)) return [command, '--help']
    return main ? argv : [command]
  }
  const takesFiles = main?.operands !== undefined && main.operands.complete === undefined
  return takesFiles && existsSync(word) ? argv : ['--help']
}

/** Where the first operand stands; only options of every program may come before a command's name. */
function firstOperand(argv: readonly string[]): number {
  let at = 0
  while (at < argv.length && argv[at]?.startsWith('-') && argv[at] !== '--') {
    at += WITH_VALUE.has(argv[at] ?? '') ? 2 : 1
  }
  return argv[at] === '--' ? argv.length : at
}

import { type Option, type OptionTable, readCatalogue } from '@loop-runner/cli-kit'

/** Sections of lr-loop's options that a run may be started with, in the order of the form. */
const SECTIONS = ['Model', 'Check', 'Limits', 'Attempts', 'Git', 'Output', 'Stages']

/** The options of lr-loop that a run may be started with from the page. */
export function loopOptions(allowCommands: boolean): OptionTable {
  const { options = {} } = readCatalogue()['lr-loop'] ?? {}
  const isOffered = ([name, option]: [string, Option]) =>
    SECTIONS.includes(option.section ?? '') &&
    (option.section !== 'Output' || name === 'label') &&
    option.secret === undefined &&
    (allowCommands || !isCommand(option))
  const place = ({ section = '' }: Option) => SECTIONS.indexOf(section)
  const offered = Object.entries(options).filter(isOffered)
  return Object.fromEntries(offered.toSorted(([, a], [, b]) => place(a) - place(b)))
}

/** Whether the value is a command beyond the check. By its properties, not by its name: a new option is refused, too. */
function isCommand({ placeholder, needsTrust }: Option): boolean {
  return placeholder === 'COMMAND' && needsTrust === true
}

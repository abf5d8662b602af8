import { readCatalogue } from '../options/catalogue.ts'
import { UsageError } from '../command-error.ts'
import { ExitStatus } from '../exit-status.ts'
import { type Command, defineCommand } from '../program.ts'

export const SHELLS = ['bash', 'zsh', 'fish'] as const

/** The command of every program that prints what a shell needs to complete the command lines of all of them. */
export const completionCommand: Command<never> = defineCommand({
  usage: 'bash|zsh|fish',
  summary: 'Print the script by which a shell completes all lr- programs.',
  options: {},
  operands: { min: 1, max: 1, complete: ({ operands }) => (operands.length === 0 ? SHELLS : 'nothing') },
  needs: 'nothing',
  details: `
Options, their values, run ids, checkers, providers, profiles and files are
completed. Put the line of your shell into its start file:

  source <(lr-loop completion bash)       # ~/.bashrc
  source <(lr-loop completion zsh)        # ~/.zshrc, after compinit
  lr-loop completion fish | source        # ~/.config/fish/config.fish

Exit codes: 0 printed · 2 unknown shell
`,
  async run({ operands: [shell = ''] }, io) {
    const scripts = await import('./shell-scripts.ts')
    if (!isShell(shell)) throw new UsageError(`unknown shell "${shell}" (known: ${SHELLS.join(', ')})`)
    const programs = Object.keys(readCatalogue())
    await io.stdout.write(scripts[shell](programs))
    return ExitStatus.Yes
  },
})

function isShell(word: string): word is (typeof SHELLS)[number] {
  return (SHELLS as readonly string[]).includes(word)
}

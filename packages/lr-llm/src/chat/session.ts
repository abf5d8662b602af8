import { CommandError, type Io } from '@loop-runner/cli-kit'
import {
  type Endpoints,
  type ExecServers,
  LlmFailure,
  type LocalModels,
  type Message,
  type Result,
  type Target,
} from '@loop-runner/llm-client'
import { followAnswer } from '../ask/follow-answer.ts'
import { makePrinter } from '../ask/printer.ts'
import { answerText, usageLine } from '../ask/report.ts'
import { factsOf } from '../conversation/continue-with.ts'
import type { Conversation } from '../conversation/open-conversation.ts'
import { chooseModel, requireKey } from '../models/choose-model.ts'
import { questionOf, type RequestValues, targetsOf } from '../request/question-of-options.ts'
import { STOPPED, stoppable } from './stoppable.ts'

interface Start {
  readonly options: RequestValues
  readonly targets: readonly [Target, ...Target[]]
  readonly conversation: Conversation
  readonly endpoints: Endpoints
  readonly execServers: ExecServers
  readonly localModels: LocalModels
  readonly loudness: { readonly verbose: boolean; readonly quiet: boolean }
}

const HELP = `\
/help         print these commands
/model NAME   switch to another model; without NAME, print the model
/quit         end the conversation
"""           begin and end a message of several lines
Ctrl-C        stop an answer
`

/** A conversation under way. */
export class Session {
  readonly #io: Io
  readonly #start: Start
  readonly #messages: Message[]
  #options: RequestValues
  #targets: readonly [Target, ...Target[]]

  constructor(start: Start, io: Io) {
    this.#start = start
    this.#io = io
    this.#messages = [...start.conversation.messages]
    this.#options = start.options
    this.#targets = start.targets
  }

  get messages(): readonly Message[] {
    return this.#messages
  }

  /**
   * Answers a message, or runs a command.
   *
   * @throws LlmFailure without a complete answer, unless a user can go on at a terminal
   */
  async take(message: string): Promise<'end' | undefined> {
    const [, command, operand = ''] = /^\/([a-z]+)(?:\s+(.*))?$/.exec(message.trim()) ?? []
    if (command === undefined || !message.startsWith('/')) return this.#guarded(() => this.#answer(message))
    switch (command) {
      case 'quit':
      case 'exit':
      case 'bye':
        return 'end'
      case 'help':
        await this.#io.stderr.write(HELP)
        return undefined
      case 'model':
        return this.#guarded(() => this.#useModel(operand))
      default:
        // A path is a message.
        if (operand !== '') return this.#guarded(() => this.#answer(message))
        this.#io.warn(`/${command} is not a command (/help lists them; a blank before the slash makes it a message)`)
        return undefined
    }
  }

  /** At a terminal the conversation goes on after a failure. */
  async #guarded(work: () => Promise<void>): Promise<undefined> {
    try {
      await work()
    } catch (error) {
      if (!this.#io.stdin.isTerminal || !(error instanceof CommandError) || error.status === 0) throw error
      await this.#io.stderr.write(`lr-llm: ${error.message}\n`)
    }
  }

  async #useModel(name: string): Promise<void> {
    if (name !== '') {
      const { endpoints } = this.#start
      const named = { ...this.#options, model: name, url: undefined, api: undefined, local: false, replay: undefined }
      const options = await chooseModel({ options: named, typed: new Set(['model']), endpoints }, this.#io)
      const targets = targetsOf(options, this.#io.env, endpoints)
      await requireKey(targets[0], options, this.#io)
      this.#options = options
      this.#targets = targets
    }
    this.#io.progress(this.#targets[0].label)
  }

  async #answer(prompt: string): Promise<void> {
    const { conversation, loudness, execServers, localModels } = this.#start
    const io = this.#io
    conversation.prepare()
    const question = questionOf({ prompt, before: this.#messages }, this.#targets, this.#options, io)
    let text = ''
    const printer = makePrinter(io, true)
    const { onText } = printer
    const listening = {
      ...printer,
      ...(onText ? { onText: (piece: string) => ((text += piece), onText(piece)) } : {}),
    }
    const ask = (own: Io) => followAnswer(question, listening, loudness, { ...own, execServers, localModels })
    try {
      const result = await (io.stdin.isTerminal ? stoppable(io, ask) : ask(io))
      if (result === STOPPED) return await this.#keepStopped(prompt, text, printer.broken())
      await io.stdout.write(printer.rest(answerText(result)))
      io.detail(usageLine(result))
      this.#keep(prompt, result.answer.text, result)
    } catch (error) {
      if (error instanceof LlmFailure) await io.stdout.write(printer.broken())
      throw error
    }
  }

  async #keepStopped(prompt: string, text: string, end: string): Promise<void> {
    await this.#io.stdout.write(end)
    const isEmpty = text.trim() === ''
    if (!isEmpty) this.#keep(prompt, text, undefined)
    this.#io.progress(isEmpty ? 'stopped: the message is not part of the conversation' : 'stopped')
  }

  #keep(prompt: string, answer: string, result: Result | undefined): void {
    const facts = factsOf(this.#options, this.#targets[0], result, this.#io.cwd)
    this.#messages.push({ role: 'user', text: prompt }, { role: 'assistant', text: answer })
    this.#start.conversation.add({ prompt, answer, facts })
  }
}

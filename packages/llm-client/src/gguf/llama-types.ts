/** The part of node-llama-cpp that is used here; it is an optional peer, so its own types may be absent. */
export interface LlamaModule {
  getLlama(options: {
    readonly build: 'never'
    readonly skipDownload: true
    readonly progressLogs: false
    readonly maxThreads: number
    readonly logLevel: 'warn'
    readonly logger: (level: string, message: string) => void
  }): Promise<Llama>
  readonly LlamaChat: new (options: {
    readonly contextSequence: Sequence
    readonly chatWrapper: ChatWrapper
  }) => LlamaChat
  resolveChatWrapper(model: LlamaModel): ChatWrapper
}

export interface Llama {
  loadModel(options: { readonly modelPath: string; readonly loadSignal: AbortSignal }): Promise<LlamaModel>
  createGrammarForJsonSchema(schema: unknown): Promise<object>
  dispose(): Promise<void>
}

export interface LlamaModel {
  readonly trainContextSize: number
  readonly tokenizer: object
  createContext(options: {
    readonly contextSize: { readonly min: number; readonly max: number }
  }): Promise<LlamaContext>
  dispose(): Promise<void>
}

export interface LlamaContext {
  readonly contextSize: number
  getSequence(): Sequence
  dispose(): Promise<void>
}

export interface Sequence {
  readonly tokenMeter: { getState(): { readonly usedInputTokens: number; readonly usedOutputTokens: number } }
}

export interface ChatWrapper {
  generateContextState(options: { readonly chatHistory: readonly ChatItem[] }): {
    readonly contextText: { tokenize(tokenizer: object): readonly unknown[] }
  }
}

export type ChatItem =
  | { readonly type: 'system' | 'user'; readonly text: string }
  | { readonly type: 'model'; readonly response: readonly string[] }

export interface LlamaChat {
  generateResponse(
    history: readonly ChatItem[],
    options: {
      readonly temperature: number | undefined
      readonly topP: number | undefined
      readonly seed: number | undefined
      readonly maxTokens: number
      readonly customStopTriggers: readonly string[] | undefined
      readonly grammar: object | undefined
      readonly signal: AbortSignal
      readonly onResponseChunk: (chunk: { readonly type?: string | undefined; readonly text: string }) => void
      readonly contextShift: { readonly strategy: () => never }
    },
  ): Promise<{ readonly response: string; readonly metadata: { readonly stopReason: string } }>
}

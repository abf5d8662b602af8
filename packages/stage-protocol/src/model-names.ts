/** How names of models begin that are commands of the shell. */
export const COMMAND_MODELS = ['exec:', 'exec-server:'] as const

/** How names of models begin that run or read something on this machine: a file may only name them if it is trusted. */
export const LOCAL_MODELS = [...COMMAND_MODELS, 'gguf:', '.', '/'] as const

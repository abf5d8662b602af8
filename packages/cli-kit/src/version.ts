declare const LOOP_RUNNER_VERSION: string | undefined

/** The version of the whole suite; the bundler puts it in. */
export const VERSION = typeof LOOP_RUNNER_VERSION === 'string' ? LOOP_RUNNER_VERSION : 'from source'

declare const LOOP_RUNNER_VERSION: string | undefined

/** The version of the whole suite; the bundler puts it in. */
export const VERSION = typeof LOOP_RUNNER_VERSION === 'string' ? LOOP_RUNNER_VERSION : 'from source'

/** The version of Node, such as `20.19.0`. */
export const NODE_VERSION = process.versions.node

declare const LOOP_RUNNER_PAGE_SCRIPT: string | undefined

/** The script of the pages, `browser/page.ts`; the bundler puts it in. Empty if the program is run from source. */
export const PAGE_SCRIPT: string = typeof LOOP_RUNNER_PAGE_SCRIPT === 'string' ? LOOP_RUNNER_PAGE_SCRIPT : ''

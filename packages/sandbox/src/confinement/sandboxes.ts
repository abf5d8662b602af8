/** How much a check is confined; see prepareConfinement. */
export const SANDBOXES = ['auto', 'strict', 'limits', 'none'] as const

export type Sandbox = (typeof SANDBOXES)[number]

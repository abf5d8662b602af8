/** Instructions that can be asked for by name. */
export const TASKS = {
  fix: `Fix only the cause of what fails: no silencing, no special cases.
`,
  minimal: `Make the check pass with the fewest changed lines.
Keep names, comments, layout and behaviour of everything else as they are. Do not silence, skip or special-case what the
check reports, and leave the check itself, its tests and its configuration as they are.
`,
  explain: `Explain what the check reports: for each finding its cause, where it lies (file and line), and how you would
fix it. Send no new versions of files.
`,
  improve: `Improve the source files: correctness first, then clarity, then speed.
Keep their behaviour and their interfaces, and keep the check passing. Prefer a few changes that matter to many that do
not, and say for each why it is better.
`,
  'tests-first': `Write tests before you fix anything: for each thing that the check reports, add a test that fails now for
that reason, then fix the source files so that all tests pass. Do not weaken tests that exist.
`,
} as const

export type Task = keyof typeof TASKS

export const TASK_NAMES = Object.keys(TASKS) as readonly Task[]

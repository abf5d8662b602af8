import { run } from '@loop-runner/test-kit'

/** What `--show-config` says of each option: the value as JSON and, behind `#`, where it came from. */
export async function show(program: string, args: string[], options: Parameters<typeof run>[2]) {
  const ran = await run(program, [...args, '--show-config'], options)
  const shown = Object.fromEntries(
    [...ran.stdout.matchAll(/^([\w-]+): *(.*?) +# (.*)$/gm)].map(([, name = '', value = '', origin = '']) => [
      name,
      `${value} # ${origin}`,
    ]),
  )
  return { ...ran, shown }
}

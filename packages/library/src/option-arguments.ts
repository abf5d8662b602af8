/** A value of an option: text, number, several texts, or whether a flag is set. */
type OptionValue = string | number | boolean | readonly string[] | undefined

/** Options as a program takes them: `{ maxCost: 2 }` is `--max-cost=2`. An option that is undefined or false is left out. */
export function optionArguments(options: object): string[] {
  return Object.entries(options as Record<string, OptionValue>).flatMap(([name, value]) => {
    const option = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
    if (value === undefined || value === false) return []
    if (value === true) return [option]
    return typeof value === 'object' ? value.map((item) => `${option}=${item}`) : [`${option}=${value}`]
  })
}

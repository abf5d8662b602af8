const DELAY_MS = 200

/** Shows the command that the form amounts to while it is filled in. */
export function previewCommand(form: HTMLFormElement): void {
  const output = form.querySelector('#command')
  if (!output) return
  let timer: ReturnType<typeof setTimeout> | undefined
  let latest = 0
  const show = async () => {
    const number = ++latest
    const text = await readCommand(form)
    if (number === latest) output.textContent = text
  }
  form.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(() => void show(), DELAY_MS)
  })
  void show()
}

async function readCommand(form: HTMLFormElement): Promise<string> {
  const fields = [...new FormData(form)].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))
  try {
    const response = await fetch('/command', {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams(fields),
    })
    const { command, detail } = (await response.json()) as { command?: string; detail?: string }
    return command ?? `# ${detail ?? response.statusText}`
  } catch {
    return '# the server does not answer'
  }
}

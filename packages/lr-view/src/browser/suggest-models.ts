/** Suggests the models of the provider in the field, or of the default provider while the field is empty. */
export function suggestModels(form: HTMLFormElement): void {
  const field = form.querySelector<HTMLInputElement>('[list=models]')
  const list = form.querySelector('#models')
  const status = form.querySelector('#models-status')
  if (!field || !list || !status) return
  let shown: string | undefined
  const show = async () => {
    const provider = /^([a-z][\w-]*)\//i.exec(field.value)?.[1] ?? ''
    if (provider === shown) return
    shown = provider
    const { models = [], detail } = await readModels(provider)
    list.replaceChildren(...models.map(({ id }) => Object.assign(document.createElement('option'), { value: id })))
    status.textContent =
      detail === undefined ? `${models.length} models to choose from` : `No list of models: ${detail}`
  }
  field.addEventListener('focus', () => void show())
  field.addEventListener('input', () => void show())
}

async function readModels(provider: string): Promise<{ models?: { id: string }[]; detail?: string }> {
  try {
    const query = provider === '' ? '' : `?provider=${encodeURIComponent(provider)}`
    const response = await fetch(`/models${query}`, { headers: { accept: 'application/json' } })
    return (await response.json()) as { models?: { id: string }[]; detail?: string }
  } catch {
    return { detail: 'the server does not answer' }
  }
}

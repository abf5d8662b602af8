/** Buttons that copy the text of an element (`data-copy`, its id) or of an address (`data-copy-from`). */
export function showCopyButtons(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy], [data-copy-from]')) {
    button.hidden = false
    button.addEventListener('click', () => void copy(button))
  }
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const label = button.textContent
  try {
    await navigator.clipboard.writeText(await textOf(button.dataset))
    button.textContent = 'Copied'
  } catch {
    button.textContent = 'Could not copy'
  }
  setTimeout(() => (button.textContent = label), 2000)
}

async function textOf({ copy: id, copyFrom: address }: DOMStringMap): Promise<string> {
  if (address === undefined) return document.querySelector(`#${id}`)?.textContent ?? ''
  const response = await fetch(address)
  if (!response.ok) throw new Error(response.statusText)
  return response.text()
}

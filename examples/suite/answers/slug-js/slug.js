/** A title as part of an address: lower case, words joined by single hyphens, only a to z and 0 to 9. */
export function slug(title) {
  return title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '')
}

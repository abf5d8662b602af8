/** Code points that some file systems leave out of a comparison, and those that steer the direction of text. */
const IGNORABLE = /\p{Default_Ignorable_Code_Point}|\p{Bidi_Control}/gu

/**
 * What is left of a name once everything is gone by which file systems fail to tell names apart: letter case,
 * composition, width, ignorable code points, blanks and dots at the end.
 */
export function foldName(name: string): string {
  // Nearly all names: nothing of them is dropped, composed or narrowed.
  if (/^[ -~]*$/.test(name)) return withoutEnd(name.toLowerCase())
  return withoutEnd(
    name
      .replaceAll(IGNORABLE, '')
      .normalize('NFKC')
      // By way of capitals: ß is ss only there.
      .toUpperCase()
      .toLowerCase()
      .normalize('NFKC')
      .replaceAll(IGNORABLE, ''),
  )
}

function withoutEnd(name: string): string {
  return name.replace(/(?<=[^. ])[. ]+$/, '')
}

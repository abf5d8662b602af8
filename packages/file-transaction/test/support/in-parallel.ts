/** Calls `use` for every item, so many at a time. */
export async function inParallel<T>(items: readonly T[], jobs: number, use: (item: T) => Promise<void>): Promise<void> {
  const left = items.values()
  await Promise.all(
    Array.from({ length: jobs }, async () => {
      for (const item of left) await use(item)
    }),
  )
}

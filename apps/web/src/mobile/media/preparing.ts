const running = new Set<Promise<unknown>>()

/** What a form must wait for before it is saved: a photo that was taken is part of it once it is made. */
export function preparing(work: Promise<unknown>): void {
  running.add(work)
  const over = () => void running.delete(work)
  work.then(over, over)
}

/** Resolves once nothing is being prepared. */
export async function prepared(): Promise<void> {
  while (running.size > 0) await Promise.allSettled(running)
}

'use client'
import { type ComponentType, lazy, useEffect, useState } from 'react'

/** Ways to fetch what is not here yet, in the order in which it is needed. */
export const AHEAD: (() => Promise<unknown>)[] = []

/** Those that were wanted and could not be. */
const missed = new Set<() => Promise<unknown>>()

/** Asks anew for what was missed; whether there was something, and all of it came. */
export async function fetchMissed(): Promise<boolean> {
  const asked = [...missed]
  await Promise.all(asked.map((fetch) => fetch()))
  return asked.length > 0 && missed.size === 0
}

/**
 * A screen, or a part of one, that comes with its first use, or ahead of it (`fetch`). One that is here already is drawn in
 * the same breath: a lazy one would leave the page blank first, for as long as React shows a blank at least.
 */
export function later<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>) {
  const Lazy = lazy(() =>
    load().catch((error) => {
      missed.add(fetch)
      throw error
    }),
  )
  let here: ComponentType<Props> | undefined
  // biome-ignore lint/correctness/noComponentHookFactories: made once per screen, as its file is read.
  function Later(props: Props) {
    // The same for as long as it is shown: another would forget what was typed.
    const [Shown] = useState<ComponentType<Props>>(() => here ?? Lazy)
    return <Shown {...props} />
  }
  const fetch = () =>
    load().then(
      (screen) => {
        here = screen.default
        missed.delete(fetch)
      },
      // What cannot be fetched now is asked for again when it is opened.
      () => {},
    )
  AHEAD.push(fetch)
  return Object.assign(Later, { fetch, isHere: () => here !== undefined })
}

const LATE_MS = 6_000

/** Whether a part is here to be drawn. It is fetched once the screen can be used; one that cannot be stays out. */
export function useLate({ fetch, isHere }: Pick<ReturnType<typeof later>, 'fetch' | 'isHere'>): boolean {
  const [shown, setShown] = useState(isHere)
  useEffect(() => {
    if (shown) return
    const timer = setTimeout(() => fetch().then(() => setShown(isHere())), LATE_MS)
    return () => clearTimeout(timer)
  }, [shown, fetch, isHere])
  return shown
}

'use client'
import { useCallback, useState } from 'react'

const keyOf = (name: string): string => `fieldback.form.${name}`

function read<T>(name: string): Partial<T> | null {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(name)) ?? 'null') as Partial<T> | null
  } catch {
    return null
  }
}

/**
 * What is typed in a small form, kept through a look at another screen, a reload or a closed page, until it is saved
 * or thrown away. `name` says which form of what, and changes when that changes.
 */
export function useKeptForm<T extends object>(
  name: string,
  initial: T,
): { form: T; change: (part: Partial<T>) => void; drop: () => void } {
  const [form, setForm] = useState<T>(() => ({ ...initial, ...read<T>(name) }))
  const change = useCallback(
    (part: Partial<T>) =>
      setForm((before) => {
        const after = { ...before, ...part }
        try {
          sessionStorage.setItem(keyOf(name), JSON.stringify(after))
        } catch {
          // A full storage only costs the comfort of coming back.
        }
        return after
      }),
    [name],
  )
  const drop = useCallback(() => sessionStorage.removeItem(keyOf(name)), [name])
  return { form, change, drop }
}

'use client'
import { FIELD_TARGET, mappingFault } from '@fieldback/domain/import/check-mapping'
import type { ImportDetail, ImportMapping, ImportOptions } from '@fieldback/domain/import/import'
import { useEffect, useRef, useState } from 'react'

type Choices = { readonly mapping: ImportMapping; readonly options: ImportOptions }

/** What a mapping of this import may name. */
export const knownTo = ({ columns, fields }: ImportDetail) => ({
  columns: columns.length,
  fieldIds: new Set(fields.map(({ target }) => target.slice(FIELD_TARGET.length))),
})

/** What is being chosen for an import: as the server knows it, then as changed here, kept by this tab until it is tried. */
export function useChoices(detail: ImportDetail) {
  const key = `import-choices:${detail.id}`
  const [choices, setChoices] = useState<Choices>({ mapping: detail.mapping, options: detail.options })
  const touched = useRef(false)
  const first = useRef(detail)
  // After the first paint: the server knows nothing of it.
  useEffect(() => {
    const kept = read(key)
    if (kept) setChoices({ ...kept, mapping: withoutUnknown(kept.mapping, first.current) })
  }, [key])
  useEffect(() => {
    if (touched.current) write(key, choices)
  }, [key, choices])
  const change = (patch: Partial<Choices>) => {
    touched.current = true
    setChoices((known) => ({ ...known, ...patch }))
  }
  return {
    choices,
    setMapping: (mapping: ImportMapping) => change({ mapping }),
    setOptions: (options: ImportOptions) => change({ options }),
    forget: () => {
      touched.current = false
      write(key, null)
    },
  }
}

/** A question may have been withdrawn since. */
function withoutUnknown(mapping: ImportMapping, detail: ImportDetail): ImportMapping {
  const { unknown = [] } = mappingFault(detail.kind, mapping, knownTo(detail)) ?? {}
  return Object.fromEntries(Object.entries(mapping).filter(([target]) => !unknown.includes(target)))
}

// A browser may refuse its storage: what was chosen then lives as long as the page.
function read(key: string): Choices | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null')
  } catch {
    return null
  }
}

function write(key: string, choices: Choices | null): void {
  try {
    if (choices) sessionStorage.setItem(key, JSON.stringify(choices))
    else sessionStorage.removeItem(key)
  } catch {
    // As above.
  }
}

'use client'
import { Button } from '@fieldback/ui/button'
import { Notice } from '@fieldback/ui/notice'
import { Skeleton } from '@fieldback/ui/skeleton'
import CloudOff from 'lucide-react/icons/cloud-off'
import { type ReactNode, useEffect, useState } from 'react'
import { isEnded } from '../../client/error-code.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useText } from './use-figures.ts'

const PATIENCE_MS = 300

/** On what still shows the view before: it fades when the new one takes longer than one waits without noticing. */
export const STALE = 'opacity-40 transition-opacity delay-300 duration-150'

/** Nothing for 300 ms: a skeleton that only flashes tells nobody anything. */
function Patient({ children }: { children: ReactNode }) {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [])
  return late ? children : null
}

/** The part of a query that is waited for. */
export type Asked<Data> = {
  readonly data: Data | undefined
  readonly error: unknown
  readonly isPlaceholderData: boolean
  readonly refetch: () => unknown
}

type Props<Data> = {
  query: Asked<Data>
  /** Lines of the skeleton: about the height of what comes. */
  lines?: number
  children: (data: Data) => ReactNode
}

/** What a query brought; what it brought before, while it asks again; else a skeleton, or what went wrong. */
export function Awaited<Data>({ query, lines = 6, children }: Props<Data>) {
  const text = useText()
  const sentence = useErrorSentence()
  if (query.data !== undefined) {
    return (
      <div aria-busy={query.isPlaceholderData} className={query.isPlaceholderData ? STALE : ''}>
        {children(query.data)}
      </div>
    )
  }
  if (query.error) {
    return (
      <Notice tone="quiet" live icon={<CloudOff size={18} />} title={sentence(query.error)}>
        {!isEnded(query.error) && (
          <Button variant="secondary" onClick={() => query.refetch()}>
            {text('retry')}
          </Button>
        )}
      </Notice>
    )
  }
  return (
    <Patient>
      <Skeleton lines={lines} label={text('waiting')} />
    </Patient>
  )
}

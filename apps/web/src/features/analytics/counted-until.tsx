'use client'
import { Notice } from '@fieldback/ui/notice'
import { useQuery } from '@tanstack/react-query'
import Hourglass from 'lucide-react/icons/hourglass'
import { useTRPC } from '../../client/trpc.tsx'
import { useFormats, useText } from './use-figures.ts'

const ASKED_EVERY_MS = 30_000

/** Says until when the figures count, where what was sent since waits longer than it should. */
export function CountedUntil() {
  const text = useText()
  const formats = useFormats()
  const trpc = useTRPC()
  const { data: at } = useQuery(
    trpc.analytics.countedUntil.queryOptions(undefined, { refetchInterval: ASKED_EVERY_MS }),
  )
  if (!at) return null
  return (
    <Notice
      tone="quiet"
      live
      icon={<Hourglass size={18} aria-hidden />}
      title={text('until.title', { at: formats.instant(at) })}
    >
      {text('until.how')}
    </Notice>
  )
}

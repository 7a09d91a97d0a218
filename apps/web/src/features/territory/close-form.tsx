'use client'
import { useTranslations } from 'next-intl'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { GesturePanel } from './gesture-panel.tsx'
import type { useClosing } from './use-closing.ts'
import { useLater } from './use-later.tsx'

type CloseFormProps = {
  readonly territory: { readonly id: string; readonly name: string }
  /** The page of the territory above. */
  readonly parentHref: string
  readonly closing: ReturnType<typeof useClosing>
}

/** Closes a territory on which nothing stands. */
export function CloseForm({ territory, parentHref, closing }: CloseFormProps) {
  const text = useTranslations('territory')
  const sentence = useErrorSentence()
  const later = useLater()
  const act = text('close.act', { name: territory.name })
  const submit = () =>
    later.isLater
      ? later.plan([{ of: 'close', territoryId: territory.id }], act)
      : closing.close(territory, parentHref)
  return (
    <GesturePanel
      title={act}
      lede={text('close.lede')}
      fault={later.error ? sentence(later.error) : null}
      act={{ label: later.label(act), disabled: closing.pending || later.waits, onClick: submit }}
    >
      <div className="mt-4">{later.field}</div>
    </GesturePanel>
  )
}

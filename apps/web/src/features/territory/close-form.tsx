'use client'
import { isEmptyPlace, type StandsHere } from '@fieldback/domain/territory/placement'
import { TextLink } from '@fieldback/ui/text-link'
import { useTranslations } from 'next-intl'
import { useAddress } from '../../client/use-address.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { GesturePanel } from './gesture-panel.tsx'
import { StandingList } from './standing-list.tsx'
import type { useClosing } from './use-closing.ts'
import { useLater } from './use-later.tsx'

type CloseFormProps = {
  readonly territory: { readonly id: string; readonly name: string }
  /** What stands on it: it closes at once when nothing does, on a day to come whatever does today. */
  readonly here: StandsHere
  /** The page of the territory above. */
  readonly parentHref: string
  readonly closing: ReturnType<typeof useClosing>
}

/** Closes a territory on which nothing stands, or plans to; what stands there is said, with where it is moved away. */
export function CloseForm({ territory, here, parentHref, closing }: CloseFormProps) {
  const text = useTranslations('territory')
  const sentence = useErrorSentence()
  const isEmpty = isEmptyPlace(here)
  const later = useLater({ always: !isEmpty })
  const act = text('close.act', { name: territory.name })
  const submit = () =>
    later.isLater
      ? later.plan([{ of: 'close', territoryId: territory.id }], act)
      : closing.close(territory, parentHref)
  return (
    <GesturePanel
      title={act}
      lede={text(isEmpty ? 'close.lede' : 'close.ledeAhead')}
      fault={later.error ? sentence(later.error) : null}
      act={{ label: later.label(act), disabled: closing.pending || later.waits, onClick: submit }}
    >
      {!isEmpty && <NotEmpty territory={territory} here={here} day={later.day} />}
      <div className="mt-4">{later.field}</div>
    </GesturePanel>
  )
}

function NotEmpty({
  territory,
  here,
  day,
}: Pick<CloseFormProps, 'territory' | 'here'> & { readonly day: string }) {
  const text = useTranslations('territory')
  const address = useAddress()
  return (
    <section aria-labelledby="not-empty" className="mt-4 grid gap-2 text-small">
      <h3 id="not-empty" className="font-strong">
        {text('admin.closeForm.title', { place: territory.name })}
      </h3>
      <p className="text-ink-2">{text('admin.closeForm.text')}</p>
      <StandingList territoryId={territory.id} here={here} />
      <p>
        <TextLink className="text-left" onClick={() => address.set({ do: 'merge', on: day }, 'push')}>
          {text('close.mergeInstead')}
        </TextLink>
      </p>
    </section>
  )
}

'use client'
import { Button } from '@fieldback/ui/button'
import { useTranslations } from 'next-intl'
import type { FormEvent, ReactNode } from 'react'
import { useAddress } from '../../client/use-address.ts'

type FormLineProps = {
  readonly save: string
  readonly disabled: boolean
  /** The day from which it holds, where one may be chosen. */
  readonly when?: ReactNode
  /** What comes next, below. */
  readonly note?: string
  readonly onSubmit: () => void
  readonly children: ReactNode
}

/** A small form in the page, under its title; Escape and "Annuler" put it away. */
export function FormLine({ save, disabled, when, note, onSubmit, children }: FormLineProps) {
  const common = useTranslations('common')
  const address = useAddress()
  const close = () => address.set({ do: null })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <form
      onSubmit={submit}
      onKeyDown={(event) => event.key === 'Escape' && close()}
      className="flex flex-wrap items-start gap-x-3 gap-y-4 rounded-md bg-sunken p-4"
    >
      {children}
      <div className="flex flex-wrap items-start gap-x-3 gap-y-4">
        {when}
        <span className="flex gap-2 md:pt-7">
          <Button type="submit" disabled={disabled}>
            {save}
          </Button>
          <Button variant="ghost" onClick={close}>
            {common('cancel')}
          </Button>
        </span>
      </div>
      {note && <p className="-mt-2 basis-full text-caption text-ink-2">{note}</p>}
    </form>
  )
}

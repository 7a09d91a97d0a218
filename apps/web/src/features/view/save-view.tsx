'use client'
import { VIEW_NAME_MAX } from '@fieldback/domain/view/view'
import { Button } from '@fieldback/ui/button'
import { Chip } from '@fieldback/ui/chip'
import { Field } from '@fieldback/ui/field'
import { Select } from '@fieldback/ui/select'
import { TextInput } from '@fieldback/ui/text-input'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import Bookmark from 'lucide-react/icons/bookmark'
import { useTranslations } from 'next-intl'
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react'
import { type KeptView, useKeptView } from '../../client/kept-view.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'

/** Keeps what is on the screen: under a name, for oneself or a branch, pinned or sent each week. */
export function SaveView() {
  const text = useTranslations('view')
  const kept = useKeptView()
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLDivElement>(null)
  const close = () => {
    setOpen(false)
    button.current?.querySelector('button')?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears the Escape key of what is inside.
    <div ref={button} className="relative" onKeyDown={onKeyDown}>
      <Button
        icon={<Bookmark size={16} />}
        aria-expanded={open}
        disabled={kept === null}
        onClick={() => setOpen(!open)}
      >
        {text('keep')}
      </Button>
      {open && kept && <Panel kept={kept} onClose={close} />}
    </div>
  )
}

function Panel({ kept, onClose }: { kept: KeptView; onClose: () => void }) {
  const text = useTranslations('view')
  const sentence = useErrorSentence()
  const { save, saving, failed } = useSave(onClose)
  const [name, setName] = useState(kept.name.slice(0, VIEW_NAME_MAX))
  const [shared, setShared] = useState('')
  const [pinned, setPinned] = useState(true)
  const [weekly, setWeekly] = useState(false)
  const [asked, setAsked] = useState(false)
  const lacking = name.trim() === ''
  const send = (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)
    if (!lacking) save({ name, query: kept.query, territoryId: shared || null, pinned, weekly })
  }
  return (
    <form
      onSubmit={send}
      aria-label={text('keep')}
      className="absolute top-full left-0 z-20 mt-2 grid w-[min(24rem,calc(100vw-2.5rem))] gap-4 rounded-card border border-line bg-surface p-5 shadow-3 desk:right-0 desk:left-auto"
    >
      <Field label={text('name')} error={asked && lacking ? text('nameMissing') : undefined}>
        {(control) => (
          <TextInput
            {...control}
            autoFocus
            value={name}
            maxLength={VIEW_NAME_MAX}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field label={text('sharedWith')} hint={text('rights')}>
        {(control) => (
          <Select
            {...control}
            value={shared}
            onChange={setShared}
            options={[
              { value: '', label: text('nobody') },
              ...kept.places.map((place) => ({ value: place.id, label: place.name })),
            ]}
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        <Chip pressed={pinned} onClick={() => setPinned(!pinned)}>
          {text('pin')}
        </Chip>
        <Chip pressed={weekly} onClick={() => setWeekly(!weekly)}>
          {text('weekly')}
        </Chip>
      </div>
      <p className="text-caption text-ink-2">{text(kept.moving ? 'moving' : 'fixed')}</p>
      {failed !== null && (
        <p role="alert" className="text-danger text-small">
          {sentence(failed)}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{text('cancel')}</Button>
        <Button type="submit" variant="primary" disabled={saving}>
          {text('save')}
        </Button>
      </div>
    </form>
  )
}

type Saved = {
  readonly name: string
  readonly query: string
  readonly territoryId: string | null
  readonly pinned: boolean
  readonly weekly: boolean
}

/** Keeps a view, then pins and subscribes: when one of these is refused, the view is kept and the reason is told. */
function useSave(onKept: () => void) {
  const text = useTranslations('view')
  const sentence = useErrorSentence()
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  const keep = useMutation(trpc.view.keep.mutationOptions())
  const pin = useMutation(trpc.view.pin.mutationOptions())
  const subscribe = useMutation(trpc.view.weekly.mutationOptions())
  const run = async ({ pinned, weekly, ...view }: Saved) => {
    const { id: viewId } = await keep.mutateAsync(view)
    const refused = await Promise.all([
      pinned && pin.mutateAsync({ viewId, pinned }),
      weekly && subscribe.mutateAsync({ viewId, weekly }),
    ]).then(
      () => null,
      (error: unknown) => error,
    )
    await client.invalidateQueries(trpc.view.pathFilter())
    toast({
      text:
        refused === null ? text('kept', { name: view.name }) : text('keptBut', { why: sentence(refused) }),
    })
    onKept()
  }
  return {
    saving: keep.isPending,
    failed: keep.error,
    // What is refused is told by `failed`.
    save: (saved: Saved) => void run(saved).catch(() => {}),
  }
}

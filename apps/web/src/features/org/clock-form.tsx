'use client'
import { openFormats } from '@fieldback/i18n/format'
import { Button } from '@fieldback/ui/button'
import { Field } from '@fieldback/ui/field'
import { Select } from '@fieldback/ui/select'
import { useMutation } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { type FormEvent, useEffect, useState } from 'react'
import { Meanwhile } from '../../client/meanwhile.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useKeptDraft } from '../../client/use-kept-draft.ts'
import type { Settings } from './settings.ts'
import { useSetting } from './use-setting.ts'

/** Zones of French territory first, whatever the browser lists: most organisations look no further. */
const FIRST = [
  'Europe/Paris',
  'America/Guadeloupe',
  'America/Martinique',
  'America/Cayenne',
  'Indian/Reunion',
  'Indian/Mayotte',
  'Pacific/Noumea',
  'Pacific/Tahiti',
]

const LOCALES = ['fr', 'en'] as const
type Locale = (typeof LOCALES)[number]
const localeOf = (text: string): Locale => LOCALES.find((known) => known === text) ?? 'fr'

export function ClockForm({ settings }: { settings: Settings }) {
  const text = useTranslations('org')
  const sentence = useErrorSentence()
  const trpc = useTRPC()
  const setting = useSetting()
  const known = { defaultLocale: localeOf(settings.defaultLocale), timeZone: settings.timeZone }
  const { draft, changed, set } = useKeptDraft(known)
  const { defaultLocale, timeZone } = draft
  const zones = useZones(settings.timeZone)
  const time = useTimeIn(timeZone)
  const change = useMutation(trpc.org.setLocaleAndZone.mutationOptions(setting.options))
  const undo = useMutation(trpc.org.setLocaleAndZone.mutationOptions(setting.undoOptions))
  const same = defaultLocale === settings.defaultLocale && timeZone === settings.timeZone
  const submit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate(
      { ...draft, known },
      {
        onSuccess: (before) =>
          setting.done(text('settings.clock.done'), () =>
            undo.mutate({
              defaultLocale: localeOf(before.defaultLocale),
              timeZone: before.timeZone,
              known: draft,
            }),
          ),
      },
    )
  }
  return (
    <form onSubmit={submit} className="grid max-w-96 justify-items-start gap-4">
      <Field label={text('settings.clock.locale')} hint={text('settings.clock.localeHint')}>
        {(control) => (
          <Select
            {...control}
            value={defaultLocale}
            onChange={(value) => set({ defaultLocale: localeOf(value) })}
            options={LOCALES.map((value) => ({ value, label: text(`settings.clock.${value}`) }))}
          />
        )}
      </Field>
      <Field
        label={text('settings.clock.zone')}
        hint={text('settings.clock.zoneHint', { time })}
        error={change.error && changed.length === 0 ? sentence(change.error) : undefined}
      >
        {(control) => (
          <Select
            {...control}
            value={timeZone}
            onChange={(value) => set({ timeZone: value })}
            options={zones.map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
          />
        )}
      </Field>
      <Meanwhile
        now={changed.map((part) =>
          part === 'timeZone' ? known.timeZone : text(`settings.clock.${known.defaultLocale}`),
        )}
      />
      <Button type="submit" disabled={change.isPending || same}>
        {text('settings.save')}
      </Button>
    </form>
  )
}

/** Zones that this browser knows; before it has answered, those that both sides surely write alike. */
function useZones(held: string): readonly string[] {
  const [all, setAll] = useState<readonly string[]>([])
  useEffect(() => setAll(Intl.supportedValuesOf('timeZone')), [])
  return [...new Set([...FIRST, held, ...all])]
}

/** The time of day in a zone, kept to the minute; a dash until the browser runs. */
function useTimeIn(timeZone: string): string {
  const locale = useLocale()
  const [now, setNow] = useState<number | null>(null)
  useEffect(() => {
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 15_000)
    return () => clearInterval(timer)
  }, [])
  if (now === null) return '–'
  return openFormats(locale, timeZone).time(new Date(now))
}

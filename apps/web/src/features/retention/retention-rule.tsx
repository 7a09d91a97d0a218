'use client'
import type { AppRouter } from '@fieldback/api/root'
import {
  askedRule,
  NOTICE_DAYS,
  RETENTION_YEARS,
  type RetentionYears,
} from '@fieldback/domain/retention/retention'
import { Button } from '@fieldback/ui/button'
import { Field } from '@fieldback/ui/field'
import { Notice } from '@fieldback/ui/notice'
import { SectionHead } from '@fieldback/ui/section-head'
import { Select } from '@fieldback/ui/select'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import CalendarX2 from 'lucide-react/icons/calendar-x-2'
import { useTranslations } from 'next-intl'
import type { FormEvent } from 'react'
import { Meanwhile } from '../../client/meanwhile.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'
import { useKeptDraft } from '../../client/use-kept-draft.ts'
import { ErasurePreview } from './erasure-preview.tsx'

type Retention = inferRouterOutputs<AppRouter>['retention']['get']
const FOR_EVER = 'for-ever'

/** For how long reports are kept: a section of the organisation's page. */
export function RetentionRule() {
  const text = useTranslations('retention')
  const sentence = useErrorSentence()
  const formats = useFormats()
  const { data, error } = useQuery(useTRPC().retention.get.queryOptions())
  return (
    <section aria-labelledby="retention">
      <SectionHead id="retention">{text('title')}</SectionHead>
      <p className="-mt-2 mb-4 max-w-[64ch] text-ink-2 text-small">
        {text('text')} {data?.keptFrom && text('keptFrom', { month: formats.month(data.keptFrom) })}
      </p>
      {error && !data && <p className="text-ink-2">{sentence(error)}</p>}
      {data && (
        <div className="grid gap-5">
          <Announced retention={data} />
          <RuleForm retention={data} />
        </div>
      )}
    </section>
  )
}

function useYears() {
  const text = useTranslations('retention')
  return (years: RetentionYears | null) =>
    years === null ? text('forEver') : text('years', { count: years })
}

/** What was announced and has not begun, and calling it off. */
function Announced({ retention: { next } }: { retention: Retention }) {
  const text = useTranslations('retention')
  const sentence = useErrorSentence()
  const formats = useFormats()
  const years = useYears()
  const toast = useToast()
  const trpc = useTRPC()
  const reread = useReread()
  const callOff = useMutation(
    trpc.retention.callOff.mutationOptions({
      onSettled: reread,
      onSuccess: () => toast({ text: text('calledOff') }),
    }),
  )
  if (next === null) return null
  return (
    <div className="grid max-w-160 justify-items-start gap-3">
      <Notice icon={<CalendarX2 size={18} />} tone="quiet" live>
        {text('pending', {
          years: years(next.years).toLowerCase(),
          day: formats.day(formats.dayOf(next.startsAt)),
          time: formats.time(next.startsAt),
        })}
      </Notice>
      <ErasurePreview years={next.years} />
      {callOff.error && (
        <p role="alert" className="text-danger text-small">
          {sentence(callOff.error)}
        </p>
      )}
      <Button onClick={() => callOff.mutate()} disabled={callOff.isPending}>
        {text('callOff')}
      </Button>
    </div>
  )
}

const yearsOf = (value: string): RetentionYears | null =>
  RETENTION_YEARS.find((years) => String(years) === value) ?? null

function RuleForm({ retention }: { retention: Retention }) {
  const text = useTranslations('retention')
  const sentence = useErrorSentence()
  const yearsText = useYears()
  const { years, next } = retention
  const announced = next?.years ?? years
  const { draft, changed, set } = useKeptDraft({ years: String(announced ?? FOR_EVER) })
  const save = useSave(retention)
  const wanted = yearsOf(draft.years)
  const same = wanted === announced
  // Whether it erases more does not depend on when it is asked for.
  const erases = !same && askedRule({ years, next: null }, wanted, new Date(0)).next !== null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!same && !save.isPending) save.send(wanted, erases)
  }
  return (
    <form onSubmit={submit} className="grid max-w-160 justify-items-start gap-4">
      <Field label={text('label')}>
        {(control) => (
          <Select
            {...control}
            value={draft.years}
            onChange={(value) => set({ years: value })}
            options={[null, ...RETENTION_YEARS].map((one) => ({
              value: String(one ?? FOR_EVER),
              label: yearsText(one),
            }))}
          />
        )}
      </Field>
      {erases && wanted !== null && <ErasurePreview years={wanted} />}
      <Meanwhile
        now={changed.length > 0 ? [text('now', { years: yearsText(announced).toLowerCase() })] : []}
      />
      {save.error && changed.length === 0 && (
        <p role="alert" className="text-danger text-small">
          {sentence(save.error)}
        </p>
      )}
      <Button type="submit" disabled={same || save.isPending}>
        {text(erases ? 'announce' : 'lengthen')}
      </Button>
    </form>
  )
}

function useReread() {
  const trpc = useTRPC()
  const client = useQueryClient()
  return () => client.invalidateQueries(trpc.retention.pathFilter())
}

function useSave({ years, next }: Retention) {
  const text = useTranslations('retention')
  const toast = useToast()
  const save = useMutation(useTRPC().retention.ask.mutationOptions({ onSettled: useReread() }))
  const send = (wanted: RetentionYears | null, erases: boolean) =>
    save.mutate(
      { years: wanted, known: { years, next } },
      {
        onSuccess: () =>
          toast({ text: erases ? text('announced', { days: NOTICE_DAYS }) : text('lengthened') }),
      },
    )
  return { send, error: save.error, isPending: save.isPending }
}

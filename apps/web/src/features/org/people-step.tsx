'use client'
import { Button } from '@fieldback/ui/button'
import { Notice } from '@fieldback/ui/notice'
import { PageHead } from '@fieldback/ui/page-head'
import { TextLink } from '@fieldback/ui/text-link'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import CircleAlert from 'lucide-react/icons/circle-alert'
import Plus from 'lucide-react/icons/plus'
import { useLocale, useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { useMember } from '../../client/member.tsx'
import { nextLink } from '../../client/next-link.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { type Told, tell } from './invited.ts'
import { emptyRow, isEmptyRow, type PersonDraft, placeOf, type RowFault, rowFault } from './person-draft.ts'
import { PersonRow } from './person-row.tsx'
import { inOrder, type Place, type StepProps } from './setup.ts'
import { StepActions } from './step-actions.tsx'

/** Beyond, a native list is no longer something to choose from: sub-sectors are then left for later. */
const SECTORS_LISTED = 200
const ROWS = 3
/** As many as one call takes. */
const ROWS_MAX = 100

/** A few people at once, each with a role and a place; every one gets an invitation. */
export function PeopleStep({ setup, onNext }: StepProps) {
  const text = useTranslations('orgSetup')
  const locale = useLocale()
  const places = useQuery(useTRPC().org.places.queryOptions())
  const all = inOrder(places.data ?? [], locale)
  const listed = all.length > SECTORS_LISTED ? all.filter(({ rank }) => rank < 3) : all
  return (
    <>
      <PageHead title={text('people.title')} lede={text('people.text')} />
      <p className="-mt-3">{text('people.have', { count: setup.members, reps: setup.reps })}</p>
      {all.length > 0 && (
        <PeopleForm
          places={listed}
          note={listed.length < all.length ? text('people.sectors') : null}
          done={setup.done.people}
          onNext={onNext}
        />
      )}
      <TextLink href="/admin/imports?kind=people" renderLink={nextLink} className="self-start">
        {text('people.file')}
      </TextLink>
    </>
  )
}

type PeopleFormProps = {
  readonly places: readonly Place[]
  readonly note: string | null
  readonly done: boolean
  readonly onNext: () => void
}

function PeopleForm({ places, note, done, onNext }: PeopleFormProps) {
  const text = useTranslations('orgSetup')
  const sentence = useErrorSentence()
  const { day } = useMember()
  const [rows, setRows] = useState<readonly PersonDraft[]>(() => Array.from({ length: ROWS }, emptyRow))
  const [faults, setFaults] = useState<ReadonlyMap<string, RowFault>>(new Map())
  const [told, setTold] = useState<Told | null>(null)
  const invite = useInvite((outcome) => {
    setTold(outcome)
    setRows(Array.from({ length: ROWS }, emptyRow))
  })
  const filled = rows.filter((row) => !isEmptyRow(row))
  const change = (key: string, part: Partial<PersonDraft>) =>
    setRows((before) => before.map((row) => (row.key === key ? { ...row, ...part } : row)))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = new Map(
      filled.flatMap((row, at) => {
        const fault = rowFault(row, filled.slice(0, at), places)
        return fault ? [[row.key, fault] as const] : []
      }),
    )
    setFaults(found)
    if (found.size > 0 || filled.length === 0) return
    invite.mutate({
      people: filled.map(({ email, name, role, placeId }) => ({
        email: email.trim(),
        displayName: name.trim(),
        locale: null,
        roles: [{ role, territoryId: placeOf({ placeId, role }, places), validFrom: day, validTo: null }],
      })),
    })
  }
  return (
    <form onSubmit={submit} noValidate className="grid max-w-[1080px] gap-4">
      <div className="grid gap-4">
        {rows.map((row, at) => (
          <PersonRow
            key={row.key}
            number={at + 1}
            row={row}
            places={places}
            fault={faults.get(row.key) ?? null}
            onChange={(part) => change(row.key, part)}
            onRemove={rows.length > 1 ? () => setRows(rows.filter(({ key }) => key !== row.key)) : undefined}
          />
        ))}
      </div>
      <div>
        <Button
          variant="ghost"
          icon={<Plus size={16} />}
          disabled={rows.length >= ROWS_MAX}
          onClick={() => setRows([...rows, { ...emptyRow(), placeId: rows.at(-1)?.placeId ?? '' }])}
        >
          {text('people.more')}
        </Button>
      </div>
      {told && told.unsent.length > 0 && (
        <Notice icon={<CircleAlert size={18} />} live>
          {text('people.unsent', { emails: told.unsent.join(', ') })}
        </Notice>
      )}
      {told && told.withdrawn.length > 0 && (
        <Notice icon={<CircleAlert size={18} />} live>
          {text('people.withdrawn', { emails: told.withdrawn.join(', ') })}
        </Notice>
      )}
      {note && <p className="text-caption text-ink-2">{note}</p>}
      {invite.error && (
        <p role="alert" className="text-danger text-small">
          {sentence(invite.error)}
        </p>
      )}
      <StepActions done={done} onNext={onNext}>
        {(!done || filled.length > 0) && (
          <Button type="submit" variant="primary" disabled={invite.isPending || filled.length === 0}>
            {text('people.invite', { count: filled.length })}
          </Button>
        )}
      </StepActions>
    </form>
  )
}

function useInvite(onSent: (told: Told) => void) {
  const text = useTranslations('orgSetup')
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  return useMutation(
    trpc.access.invite.mutationOptions({
      onSuccess: async ({ people }) => {
        const told = tell(people)
        const done = [
          told.sent > 0 ? text('people.sent', { count: told.sent }) : null,
          told.added > 0 ? text('people.members', { count: told.added }) : null,
          told.held > 0 ? text('people.held', { count: told.held }) : null,
        ].filter((line) => line !== null)
        if (done.length > 0) toast({ text: done.join(' ') })
        onSent(told)
        await client.invalidateQueries(trpc.org.pathFilter())
        await client.invalidateQueries(trpc.access.pathFilter())
        await client.invalidateQueries(trpc.field.pathFilter())
      },
    }),
  )
}

'use client'
import type { AppRouter } from '@fieldback/api/root'
import { Button } from '@fieldback/ui/button'
import { DataTable } from '@fieldback/ui/data-table'
import { Empty } from '@fieldback/ui/empty'
import { Field } from '@fieldback/ui/field'
import { LevelMark } from '@fieldback/ui/level-mark'
import { SectionHead } from '@fieldback/ui/section-head'
import { TextInput } from '@fieldback/ui/text-input'
import { useToast } from '@fieldback/ui/toast'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useDeferredValue, useState } from 'react'
import { callQuery } from '../../client/call.ts'
import { useLevelName } from '../../client/levels.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useLabel } from '../../client/use-label.ts'
import { draftOf } from './draft.ts'
import { keepDraft } from './use-draft.ts'

type Copyable = inferRouterOutputs<AppRouter>['field']['copyable']['fields'][number]
export type CopySectionProps = { readonly territoryId: string; readonly onClose: () => void }

/** Questions of other branches that the reader may read; a copy opens in the builder as a draft without a return. */
export function CopySection({ territoryId, onClose }: CopySectionProps) {
  const text = useTranslations('fieldList')
  const sentence = useErrorSentence()
  const label = useLabel()
  const levelName = useLevelName()
  const [search, setSearch] = useState('')
  const sought = useDeferredValue(search.trim())
  const list = useQuery({
    ...useTRPC().field.copyable.queryOptions({ territoryId, search: sought }),
    placeholderData: keepPreviousData,
  })
  const take = useTake(territoryId)
  return (
    <section aria-labelledby="copy" className="rounded-md bg-sunken p-4">
      <SectionHead id="copy" aside={<Button onClick={onClose}>{text('copy.close')}</Button>}>
        {text('copy.title')}
      </SectionHead>
      <p className="-mt-2 mb-3 max-w-[64ch] text-ink-2 text-small">{text('copy.text')}</p>
      <div className="mb-3 max-w-96">
        <Field label={text('copy.search')}>
          {(control) => (
            <TextInput
              {...control}
              type="search"
              value={search}
              onChange={(event) => setSearch(event.target.value)}
            />
          )}
        </Field>
      </div>
      {list.error && !list.data && <p className="text-ink-2">{sentence(list.error)}</p>}
      {list.data && (
        <DataTable<Copyable>
          caption={text('copy.caption')}
          rows={list.data.fields}
          rowKey={({ fieldId }) => fieldId}
          empty={<Empty title={text('copy.none')} text={text('copy.noneNext')} />}
          columns={[
            {
              key: 'question',
              head: text('copy.question'),
              cell: (one) => <span className="wrap-anywhere whitespace-normal">{label(one.label)}</span>,
            },
            {
              key: 'place',
              head: text('copy.place'),
              cell: ({ owner }) => (
                <span className="inline-flex items-center gap-2 text-ink-2">
                  <LevelMark rank={owner.rank} size={16} label={levelName(owner.rank)} />
                  {owner.name}
                </span>
              ),
            },
            {
              key: 'take',
              head: <span className="sr-only">{text('copy.take')}</span>,
              figure: true,
              cell: (one) => (
                <Button variant="ghost" onClick={() => take(one.fieldId)}>
                  {text('copy.take')}
                  <span className="sr-only">{text('copy.takeOf', { question: label(one.label) })}</span>
                </Button>
              ),
            },
          ]}
        />
      )}
      {list.data && list.data.more > 0 && (
        <p className="mt-2 text-ink-2">{text('copy.more', { count: list.data.more })}</p>
      )}
    </section>
  )
}

/** Puts a question into the territory's draft, without its returns: those it gave elsewhere may not work here. */
function useTake(territoryId: string): (fieldId: string) => Promise<void> {
  const sentence = useErrorSentence()
  const toast = useToast()
  const router = useRouter()
  return async (fieldId) => {
    try {
      const { definition } = await callQuery('field.get', { fieldId })
      const copy = draftOf(definition as Parameters<typeof draftOf>[0])
      const kept = copy.kept && { ...copy.kept, givebacks: [] }
      keepDraft(`new:${territoryId}`, { ...copy, kept, returns: [], locks: [], position: 0 })
      router.push(`/manage/fields/new?at=${territoryId}`)
    } catch (error) {
      toast({ text: sentence(error), failed: true })
    }
  }
}

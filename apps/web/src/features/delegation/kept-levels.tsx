'use client'
import { isRank, RANKS, type Rank } from '@fieldback/domain/territory/rank'
import { Button } from '@fieldback/ui/button'
import { Field } from '@fieldback/ui/field'
import { SectionHead } from '@fieldback/ui/section-head'
import { Select } from '@fieldback/ui/select'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import type { FormEvent } from 'react'
import { Meanwhile } from '../../client/meanwhile.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useKeptDraft } from '../../client/use-kept-draft.ts'

const WHO = ['managers', 'headquarters'] as const
type Who = (typeof WHO)[number]
type Draft = Readonly<Record<`${Rank}`, Who>>

const draftOf = (kept: readonly Rank[]): Draft => {
  const who = (rank: Rank): Who => (kept.includes(rank) ? 'headquarters' : 'managers')
  return { 0: who(0), 1: who(1), 2: who(2), 3: who(3) }
}
const ranksOf = (draft: Draft): Rank[] => RANKS.filter((rank) => draft[rank] === 'headquarters')

/** Who asks questions at each level: a section of the organisation's page. */
export function KeptLevels() {
  const text = useTranslations('delegation')
  const sentence = useErrorSentence()
  const trpc = useTRPC()
  const levels = useQuery(trpc.delegation.levels.queryOptions())
  const names = useQuery(trpc.territory.levels.queryOptions())
  return (
    <section aria-labelledby="kept-levels">
      <SectionHead id="kept-levels">{text('levels.title')}</SectionHead>
      <p className="-mt-2 mb-4 max-w-[64ch] text-ink-2 text-small">{text('levels.text')}</p>
      {levels.error && !levels.data && <p className="text-ink-2">{sentence(levels.error)}</p>}
      {levels.data && names.data && <LevelsForm kept={levels.data.ranks} names={names.data} />}
    </section>
  )
}

type LevelsFormProps = {
  readonly kept: readonly Rank[]
  readonly names: readonly { readonly fr: string; readonly en: string }[]
}

function LevelsForm({ kept, names }: LevelsFormProps) {
  const text = useTranslations('delegation')
  const sentence = useErrorSentence()
  const language = useLocale() === 'en' ? 'en' : 'fr'
  const levelName = (rank: Rank): string => names[rank]?.[language] ?? ''
  const { draft, changed, set } = useKeptDraft<Draft>(draftOf(kept))
  const save = useSave()
  const same = ranksOf(draft).join() === kept.join()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!same && !save.isPending) save.send(ranksOf(draft), kept)
  }
  return (
    <form onSubmit={submit} className="grid max-w-96 justify-items-start gap-4">
      {RANKS.map((rank) => (
        <Field key={rank} label={levelName(rank)}>
          {(control) => (
            <Select
              {...control}
              value={draft[rank]}
              onChange={(value) =>
                set({ [rank]: WHO.find((one) => one === value) ?? 'managers' } as Partial<Draft>)
              }
              options={WHO.map((value) => ({ value, label: text(`levels.${value}`) }))}
            />
          )}
        </Field>
      ))}
      <Meanwhile
        now={changed.flatMap((key) => {
          const rank = Number(key)
          if (!isRank(rank)) return []
          const who = text(`levels.${draftOf(kept)[rank]}`)
          return [text('levels.now', { level: levelName(rank), who })]
        })}
      />
      {save.error && changed.length === 0 && (
        <p role="alert" className="text-danger text-small">
          {sentence(save.error)}
        </p>
      )}
      <Button type="submit" disabled={same || save.isPending}>
        {text('levels.save')}
      </Button>
    </form>
  )
}

function useSave() {
  const text = useTranslations('delegation')
  const common = useTranslations('common')
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  const save = useMutation(
    trpc.delegation.keepLevels.mutationOptions({
      onSettled: () => client.invalidateQueries(trpc.delegation.levels.pathFilter()),
    }),
  )
  const send = (ranks: readonly Rank[], known: readonly Rank[]) =>
    save.mutate(
      { ranks: [...ranks], known: [...known] },
      {
        onSuccess: (before) =>
          toast({
            text: text('levels.saved'),
            undo: {
              label: common('cancel'),
              onUndo: () => save.mutate({ ranks: [...before.ranks], known: [...ranks] }),
            },
          }),
      },
    )
  return { send, error: save.error, isPending: save.isPending }
}

'use client'
import type { LevelName } from '@fieldback/domain/org/level-names'
import { RANKS, type Rank } from '@fieldback/domain/territory/rank'
import { Button } from '@fieldback/ui/button'
import { Notice } from '@fieldback/ui/notice'
import { PageHead } from '@fieldback/ui/page-head'
import { Skeleton } from '@fieldback/ui/skeleton'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQuery } from '@tanstack/react-query'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { LevelLine } from './level-names-form.tsx'
import type { StepProps } from './setup.ts'
import { StepActions } from './step-actions.tsx'
import { useSetting } from './use-setting.ts'

/** The four levels as the organisation calls them, in both languages. */
export function LevelsStep({ setup, onNext }: StepProps) {
  const text = useTranslations('orgSetup')
  const sentence = useErrorSentence()
  const org = useQuery(useTRPC().org.get.queryOptions())
  return (
    <>
      <PageHead title={text('levels.title')} lede={text('levels.text')} />
      {org.error && (
        <Notice icon={<CircleAlert size={18} />} live>
          {sentence(org.error)}
        </Notice>
      )}
      {org.data ? (
        <LevelsForm names={org.data.levelNames} onNext={onNext} done={setup.done.levels} />
      ) : (
        !org.error && <Skeleton label={text('levels.title')} lines={RANKS.length} />
      )}
    </>
  )
}

type LevelsFormProps = {
  readonly names: readonly LevelName[]
  readonly done: boolean
  readonly onNext: () => void
}

function LevelsForm({ names: known, done, onNext }: LevelsFormProps) {
  const text = useTranslations('orgSetup')
  const sentence = useErrorSentence()
  const toast = useToast()
  const trpc = useTRPC()
  const setting = useSetting()
  const [names, setNames] = useState<readonly LevelName[]>(() =>
    RANKS.map((rank) => known[rank] ?? { fr: '', en: '' }),
  )
  const [missing, setMissing] = useState(false)
  const save = useMutation(
    trpc.org.setLevelNames.mutationOptions({
      onSuccess: async () => {
        toast({ text: text('levels.saved') })
        onNext()
        await setting.options.onSettled()
      },
    }),
  )
  const type = (rank: Rank, language: 'fr' | 'en', typed: string) =>
    setNames((before) => before.map((name, at) => (at === rank ? { ...name, [language]: typed } : name)))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const lack = names.some(({ fr, en }) => fr.trim() === '' || en.trim() === '')
    setMissing(lack)
    if (!lack) save.mutate({ names: names.map(({ fr, en }) => ({ fr: fr.trim(), en: en.trim() })) })
  }
  const wrong = missing ? text('levels.missing') : save.error ? sentence(save.error) : null
  return (
    <form onSubmit={submit} noValidate className="grid max-w-[640px] gap-6">
      <div className="grid grid-cols-[20px_1fr_1fr] items-center gap-x-3 gap-y-2">
        <span />
        <span className="font-medium text-small">{text('levels.fr')}</span>
        <span className="font-medium text-small">{text('levels.en')}</span>
        {RANKS.map((rank) => (
          <LevelLine key={rank} rank={rank} name={names[rank]} onType={type} />
        ))}
      </div>
      {wrong && (
        <p role="alert" className="text-danger text-small">
          {wrong}
        </p>
      )}
      <StepActions done={done} onNext={onNext}>
        <Button type="submit" variant="primary" disabled={save.isPending}>
          {text('levels.save')}
        </Button>
      </StepActions>
    </form>
  )
}

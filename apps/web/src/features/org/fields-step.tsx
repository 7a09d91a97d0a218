'use client'
import type { FieldEntity } from '@fieldback/domain/field/field-spec'
import { Button } from '@fieldback/ui/button'
import { List } from '@fieldback/ui/list'
import { Notice } from '@fieldback/ui/notice'
import { PageHead } from '@fieldback/ui/page-head'
import { SectionHead } from '@fieldback/ui/section-head'
import { Skeleton } from '@fieldback/ui/skeleton'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import CircleAlert from 'lucide-react/icons/circle-alert'
import Hourglass from 'lucide-react/icons/hourglass'
import UserPlus from 'lucide-react/icons/user-plus'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'
import type { StarterLine, StepProps } from './setup.ts'
import { StarterRow, type Words } from './starter-row.tsx'
import { StepActions } from './step-actions.tsx'

const ENTITIES: readonly FieldEntity[] = ['report', 'account', 'contact']

/** The first questions: what each asks, why, and what it will give back; published together. */
export function FieldsStep({ setup, onNext, onGo }: StepProps) {
  const text = useTranslations('orgSetup')
  const sentence = useErrorSentence()
  const starter = useQuery(useTRPC().field.starter.queryOptions())
  return (
    <>
      <PageHead title={text('fields.title')} lede={text('fields.text')} />
      {setup.reps === 0 && (
        <div className="grid max-w-[720px] gap-3">
          <Notice id="no-rep" icon={<UserPlus size={18} />} title={text('fields.noRep')}>
            {text('fields.noRepText')}
          </Notice>
          <Button onClick={() => onGo('people')} className="justify-self-start">
            {text('fields.toPeople')}
          </Button>
        </div>
      )}
      {starter.error && (
        <Notice icon={<CircleAlert size={18} />} live>
          {sentence(starter.error)}
        </Notice>
      )}
      {starter.data ? (
        <StarterForm lines={starter.data.fields} done={setup.done.fields} onNext={onNext} />
      ) : (
        <Skeleton label={text('fields.title')} lines={4} />
      )}
    </>
  )
}

type StarterFormProps = {
  readonly lines: readonly StarterLine[]
  readonly done: boolean
  readonly onNext: () => void
}

function StarterForm({ lines, done, onNext }: StarterFormProps) {
  const text = useTranslations('orgSetup')
  const sentence = useErrorSentence()
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [words, setWords] = useState<ReadonlyMap<string, Words>>(new Map())
  const [missing, setMissing] = useState<string | null>(null)
  const publish = usePublish()
  const free = lines.filter((line) => line.published === null)
  const chosen = free.filter((line) => line.fault === null && !left.has(line.key))
  const send = () => {
    const lack = chosen.find(({ key }) => {
      const own = words.get(key)
      return own && (own.fr.trim() === '' || own.en.trim() === '')
    })
    setMissing(lack?.key ?? null)
    if (!lack) publish.mutate({ fields: chosen.map(({ key }) => ({ key, label: words.get(key) ?? null })) })
  }
  const toggle = (key: string) =>
    setLeft(
      (before) => new Set(before.has(key) ? [...before].filter((one) => one !== key) : [...before, key]),
    )
  return (
    <div className="grid max-w-[880px] gap-7">
      <Basis lines={lines} />
      {ENTITIES.map((entity) => (
        <section key={entity} aria-labelledby={`starter-${entity}`}>
          <SectionHead id={`starter-${entity}`}>{text(`fields.entity.${entity}`)}</SectionHead>
          <List labelledBy={`starter-${entity}`} card={false} inset="none">
            {lines
              .filter((line) => line.entity === entity)
              .map((line) => (
                <StarterRow
                  key={line.key}
                  line={line}
                  chosen={!left.has(line.key)}
                  words={words.get(line.key) ?? null}
                  missing={missing === line.key}
                  onToggle={() => toggle(line.key)}
                  onWords={(own) => setWords((before) => new Map(before).set(line.key, own))}
                />
              ))}
          </List>
        </section>
      ))}
      {publish.error && (
        <p role="alert" className="text-danger text-small">
          {sentence(publish.error)}
        </p>
      )}
      {free.length === 0 && <p>{text('fields.all')}</p>}
      <StepActions done={done} onNext={onNext}>
        {free.length > 0 && (
          <Button variant="primary" disabled={publish.isPending || chosen.length === 0} onClick={send}>
            {text('fields.publish', { count: chosen.length })}
          </Button>
        )}
      </StepActions>
    </div>
  )
}

/** On what the returns below are judged while nothing has been measured. */
function Basis({ lines }: { lines: readonly StarterLine[] }) {
  const text = useTranslations('orgSetup')
  const formats = useFormats()
  const ofReports = lines.filter(({ entity }) => entity === 'report').flatMap(({ verdicts }) => verdicts)
  const working = ofReports.find((verdict) => verdict.working && verdict.basis)
  if (!working?.working || !working.basis) return null
  return (
    <Notice tone="quiet" icon={<Hourglass size={18} />}>
      {text(`fields.${working.basis}`, {
        reps: working.evidence.reps ?? 0,
        answers: formats.number(working.evidence.answers ?? 0),
      })}
    </Notice>
  )
}

function usePublish() {
  const text = useTranslations('orgSetup')
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  return useMutation(
    trpc.field.publishStarter.mutationOptions({
      onSuccess: async ({ published }) => {
        toast({ text: text('fields.done', { count: published }) })
        await client.invalidateQueries(trpc.field.pathFilter())
        await client.invalidateQueries(trpc.org.pathFilter())
      },
    }),
  )
}

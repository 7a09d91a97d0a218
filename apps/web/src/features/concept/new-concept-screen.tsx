'use client'
import type { FieldPage } from '@fieldback/api/field/read'
import type { Localised } from '@fieldback/domain/field/field-spec'
import { answerIds } from '@fieldback/domain/field/merge-map'
import type { AnswerMap } from '@fieldback/domain/field/merges'
import { guessMap } from '@fieldback/domain/field/twins'
import type { PathNode } from '@fieldback/domain/territory/path-node'
import { Button } from '@fieldback/ui/button'
import { Crumbs } from '@fieldback/ui/crumbs'
import { DeskScreen } from '@fieldback/ui/desk-screen'
import { Field } from '@fieldback/ui/field'
import { Notice } from '@fieldback/ui/notice'
import { PageHead } from '@fieldback/ui/page-head'
import { SectionHead } from '@fieldback/ui/section-head'
import { TextInput } from '@fieldback/ui/text-input'
import { useToast } from '@fieldback/ui/toast'
import { useMutation } from '@tanstack/react-query'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { AnswerMapTable } from '../../client/answer-map.tsx'
import { DeskRail } from '../../client/desk-rail.tsx'
import { nextLink } from '../../client/next-link.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useLabel } from '../../client/use-label.ts'
import { useConceptChanges } from './use-concept-changes.ts'

export type NewConceptScreenProps = { readonly territory: PathNode; readonly sources: readonly FieldPage[] }

/** What is counted in common: yes and no where all say so, else the answers of the first that offers a choice. */
function sharedAnswers(sources: readonly FieldPage[]) {
  const specs = sources.map(({ definition }) => definition.spec)
  const choice = specs.find(({ type }) => type === 'single_choice')
  if (!choice) return { type: 'yes_no' as const, options: [] }
  const ids = new Set(answerIds(choice))
  const options = choice.options.filter(({ id }) => ids.has(id)).map(({ id, label }) => ({ id, label }))
  return { type: 'single_choice' as const, options }
}

/** Where questions of several branches are counted together, each staying as it is. */
export function NewConceptScreen({ territory, sources }: NewConceptScreenProps) {
  const text = useTranslations('concept')
  const field = useTranslations('field')
  const label = useLabel()
  const sentence = useErrorSentence()
  const [name, setName] = useState({ fr: '', en: '' })
  const shared = sharedAnswers(sources)
  const [maps, setMaps] = useState<Readonly<Record<string, AnswerMap>>>(() =>
    Object.fromEntries(sources.map(({ definition }) => [definition.id, guessMap(definition.spec, shared)])),
  )
  const create = useCreate(territory.id)
  const yesNo = [
    { value: 'true', label: field('answer.yes') },
    { value: 'false', label: field('answer.no') },
  ]
  const listed = (options: readonly { id: string; label: Localised }[]) =>
    options.map((option) => ({ value: option.id, label: label(option.label) }))
  const places = shared.type === 'yes_no' ? yesNo : listed(shared.options)
  const unnamed = name.fr.trim() === ''
  const run = () =>
    create.mutate({
      territoryId: territory.id,
      entity: sources[0]?.definition.entity ?? 'report',
      spec: {
        ...shared,
        label: { fr: name.fr.trim(), ...(name.en.trim() ? { en: name.en.trim() } : {}) },
      },
      links: sources.map(({ definition }) => ({
        fieldId: definition.id,
        map: { ...maps[definition.id] },
      })),
    })
  return (
    <DeskScreen rail={<DeskRail />}>
      <PageHead
        crumbs={
          <Crumbs
            label={text('path')}
            renderLink={nextLink}
            items={[
              { label: text('back'), href: `/manage/fields?at=${territory.id}` },
              { label: territory.name, rank: territory.rank },
            ]}
          />
        }
        title={text('new.title')}
        lede={text('new.lede', { place: territory.name })}
        actions={
          <Button
            variant="primary"
            disabled={unnamed || create.isPending || create.isSuccess}
            aria-describedby={unnamed ? 'blocked' : undefined}
            onClick={run}
          >
            {text('new.run')}
          </Button>
        }
      />
      {(unnamed || create.error) && (
        <Notice
          id="blocked"
          live
          icon={<CircleAlert size={18} />}
          title={unnamed ? text('new.needName') : undefined}
        >
          {unnamed ? text('new.needNameNext') : sentence(create.error)}
        </Notice>
      )}
      <form onSubmit={(event) => event.preventDefault()} className="grid max-w-3xl gap-7">
        <div className="grid gap-4 sm:grid-cols-2">
          {(['fr', 'en'] as const).map((locale) => (
            <Field key={locale} label={text(locale === 'fr' ? 'new.name' : 'new.english')}>
              {(control) => (
                <TextInput
                  {...control}
                  maxLength={300}
                  autoComplete="off"
                  {...(locale === 'fr' ? { placeholder: text('new.nameExample') } : {})}
                  value={name[locale]}
                  onChange={(event) => setName({ ...name, [locale]: event.target.value })}
                />
              )}
            </Field>
          ))}
        </div>
        <section aria-labelledby="map">
          <SectionHead id="map" aside={text('new.mapHint')}>
            {text('new.map')}
          </SectionHead>
          <div className="grid gap-5">
            {sources.map(({ definition, owner }) => (
              <AnswerMapTable
                key={definition.id}
                title={text('new.head', { question: label(definition.spec.label), place: owner.name })}
                owner={owner}
                answers={
                  definition.spec.type === 'yes_no'
                    ? yesNo
                    : listed(definition.spec.options.filter(({ countsAs }) => countsAs === undefined))
                }
                places={places}
                none={text('new.none')}
                map={maps[definition.id] ?? {}}
                onChange={(map) => setMaps({ ...maps, [definition.id]: map })}
                labelOf={(answer) => text('new.of', { answer, place: owner.name })}
              />
            ))}
          </div>
        </section>
      </form>
    </DeskScreen>
  )
}

function useCreate(territoryId: string) {
  const text = useTranslations('concept')
  const router = useRouter()
  const toast = useToast()
  const { refresh } = useConceptChanges()
  return useMutation(
    useTRPC().concept.create.mutationOptions({
      onSuccess: async () => {
        toast({ text: text('new.done') })
        router.push(`/manage/fields/concepts?at=${territoryId}`)
        await refresh()
      },
    }),
  )
}

'use client'
import type { TwinGroup } from '@fieldback/api/field/twins'
import { PLACE, wordOf } from '@fieldback/domain/field/twin-words'
import { Button } from '@fieldback/ui/button'
import { LevelMark } from '@fieldback/ui/level-mark'
import { SectionHead } from '@fieldback/ui/section-head'
import { TextLink } from '@fieldback/ui/text-link'
import { useToast } from '@fieldback/ui/toast'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { callMutation } from '../../client/call.ts'
import { nextLink } from '../../client/next-link.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'
import { useLabel } from '../../client/use-label.ts'
import { useTakenBack } from '../../client/use-taken-back.ts'

/** Questions of several branches that are likely one, with what speaks for it and what can be done; nothing when there are none. */
export function TwinsSection({ territoryId }: { territoryId: string }) {
  const text = useTranslations('fieldPromote')
  const twins = useQuery(useTRPC().field.twins.queryOptions({ territoryId }))
  const groups = (twins.data ?? []) as readonly TwinGroup[]
  if (groups.length === 0) return null
  return (
    <section aria-labelledby="twins">
      <SectionHead id="twins" aside={text('twins.hint')}>
        {text('twins.title')}
      </SectionHead>
      <ul className="grid gap-3 xl:grid-cols-2">
        {groups.map((group) => (
          <Group key={group.questions.map(({ id }) => id).join()} group={group} territoryId={territoryId} />
        ))}
      </ul>
    </section>
  )
}

function Group({ group, territoryId }: { group: TwinGroup; territoryId: string }) {
  const text = useTranslations('fieldPromote')
  const label = useLabel()
  const evidence = useEvidence(group)
  const apart = useApart(group, territoryId)
  const ids = group.questions.map(({ id }) => id).join(',')
  return (
    <li className="grid content-start gap-3 rounded-card bg-surface p-5 shadow-1">
      <ul className="grid gap-2">
        {group.questions.map((question) => (
          <li key={question.id} className="flex items-start gap-2.5">
            <span className="pt-0.5">
              <LevelMark rank={question.owner.rank} size={16} />
            </span>
            <span className="wrap-anywhere min-w-0">
              <b className="block leading-6">{text('twins.question', { question: label(question.label) })}</b>
              <span className="text-caption text-ink-2">
                {text('twins.of', { place: question.owner.name, count: question.answered })}
                {question.concept && `, ${text('twins.concept', { concept: label(question.concept.label) })}`}
              </span>
            </span>
          </li>
        ))}
      </ul>
      <p className="text-ink-2 text-small">{evidence}</p>
      {!group.promotable && <p className="text-caption text-ink-2">{text('twins.meeting')}</p>}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {group.promotable && (
          <Button href={`/manage/fields/promote?at=${territoryId}&from=${ids}`} renderLink={nextLink}>
            {text('twins.promote')}
          </Button>
        )}
        <TextLink href={`/manage/fields/concepts/new?at=${territoryId}&from=${ids}`} renderLink={nextLink}>
          {text('twins.link')}
        </TextLink>
        <TextLink onClick={() => void apart()}>{text('twins.apart')}</TextLink>
      </div>
    </li>
  )
}

/** What speaks for it, in a sentence or three. */
function useEvidence({ pairs, questions }: TwinGroup): string {
  const text = useTranslations('fieldPromote')
  const formats = useFormats()
  const label = useLabel()
  const labels = questions.map((question) => label(question.label))
  const [best] = pairs
  if (!best) return ''
  const words = best.shared.map((stem) => (stem === PLACE ? text('twins.place') : wordOf(stem, labels)))
  return [
    text('twins.words', { words: formats.list(words) }),
    ...(best.options === null ? [] : [text('twins.options', { share: formats.percent(best.options) })]),
    ...(best.answers === null ? [] : [text('twins.answers', { share: formats.percent(best.answers) })]),
  ].join(' ')
}

/** Says of every pair that it is not the same, and offers to take it back. */
function useApart({ pairs }: TwinGroup, territoryId: string) {
  const text = useTranslations('fieldPromote')
  const sentence = useErrorSentence()
  const toast = useToast()
  const { tell, refresh } = useTakenBack()
  const say = (apart: boolean) =>
    Promise.all(pairs.map(({ a, b }) => callMutation('field.setApart', { territoryId, a, b, apart })))
  return () =>
    say(true).then(
      async () => {
        tell(text('twins.apartDone'), () => say(false))
        await refresh()
      },
      (error) => toast({ text: sentence(error), failed: true }),
    )
}

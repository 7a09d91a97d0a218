'use client'
import type { ConceptPage } from '@fieldback/api/concept/link'
import { answerIds } from '@fieldback/domain/field/merge-map'
import type { PathNode } from '@fieldback/domain/territory/path-node'
import { Button } from '@fieldback/ui/button'
import { Crumbs } from '@fieldback/ui/crumbs'
import { DeskScreen } from '@fieldback/ui/desk-screen'
import { Empty } from '@fieldback/ui/empty'
import { LevelMark } from '@fieldback/ui/level-mark'
import { PageHead } from '@fieldback/ui/page-head'
import { SectionHead } from '@fieldback/ui/section-head'
import { Skeleton } from '@fieldback/ui/skeleton'
import { TextLink } from '@fieldback/ui/text-link'
import { useQuery } from '@tanstack/react-query'
import ChartSpline from 'lucide-react/icons/chart-spline'
import Shapes from 'lucide-react/icons/shapes'
import { useTranslations } from 'next-intl'
import { DeskRail } from '../../client/desk-rail.tsx'
import { nextLink } from '../../client/next-link.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'
import { useLabel } from '../../client/use-label.ts'
import { useConceptChanges } from './use-concept-changes.ts'

/** What questions of several branches mean in common: each concept with its questions, and the way to its figures. */
export function ConceptListScreen({ territory }: { territory: PathNode }) {
  const text = useTranslations('concept')
  const sentence = useErrorSentence()
  const list = useQuery(useTRPC().concept.list.queryOptions({ territoryId: territory.id }))
  const concepts = (list.data ?? []) as readonly ConceptPage[]
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
        title={text('title', { place: territory.name })}
        lede={text('lede')}
      />
      {list.error && !list.data && (
        <Empty icon={<Shapes size={28} />} title={text('unreadable')} text={sentence(list.error)} />
      )}
      {list.isPending && <Skeleton label={text('loading')} lines={4} />}
      {list.data && concepts.length === 0 && (
        <Empty
          icon={<Shapes size={28} />}
          title={text('none')}
          text={text('noneNext')}
          action={
            <Button href={`/manage/fields?at=${territory.id}`} renderLink={nextLink}>
              {text('toFields')}
            </Button>
          }
        />
      )}
      {concepts.map((concept) => (
        <Concept key={concept.id} concept={concept} />
      ))}
    </DeskScreen>
  )
}

function Concept({ concept }: { concept: ConceptPage }) {
  const text = useTranslations('concept')
  const label = useLabel()
  const { remove } = useConceptChanges()
  const name = label(concept.spec.label)
  const id = `concept-${concept.id}`
  const empty = concept.links.length + concept.others === 0
  const asked = concept.links.flatMap(({ fieldId, retired }) => (retired ? [] : [fieldId]))
  return (
    <section aria-labelledby={id}>
      <SectionHead
        id={id}
        aside={
          <span className="flex flex-wrap items-center gap-x-4">
            {text('questions', { count: concept.links.length + concept.others })}
            {!empty && (
              <TextLink
                icon={<ChartSpline size={16} />}
                aria-label={text('exploreOf', { concept: name })}
                href={`/hq/explorer?m=${concept.id}`}
                renderLink={nextLink}
              >
                {text('explore')}
              </TextLink>
            )}
            {concept.canDefine && asked.length > 1 && (
              <TextLink
                aria-label={text('promoteOf', { concept: name })}
                href={`/manage/fields/promote?at=${concept.owner.id}&from=${asked.join(',')}`}
                renderLink={nextLink}
              >
                {text('promote')}
              </TextLink>
            )}
            {empty && concept.canDefine && (
              <TextLink
                aria-label={text('removeOf', { concept: name })}
                onClick={() => remove.mutate({ conceptId: concept.id })}
              >
                {text('remove')}
              </TextLink>
            )}
          </span>
        }
      >
        <span className="inline-flex items-center gap-2">
          <LevelMark rank={concept.owner.rank} size={16} label={concept.owner.name} />
          {name}
        </span>
      </SectionHead>
      <ul className="[&>li+li]:border-line [&>li+li]:border-t">
        {concept.links.map((link) => (
          <Link key={link.fieldId} concept={concept} link={link} />
        ))}
      </ul>
      {concept.others > 0 && (
        <p className="mt-2 text-caption text-ink-2">{text('others', { count: concept.others })}</p>
      )}
    </section>
  )
}

type LinkProps = { readonly concept: ConceptPage; readonly link: ConceptPage['links'][number] }

function Link({ concept, link }: LinkProps) {
  const text = useTranslations('concept')
  const field = useTranslations('field')
  const formats = useFormats()
  const label = useLabel()
  const { unlink } = useConceptChanges()
  const nameOf = (
    id: string,
    options: readonly { id: string; label: { fr: string; en?: string | undefined } }[],
  ) => {
    const option = options.find((one) => one.id === id)
    if (option) return label(option.label)
    return id === 'true' ? field('answer.yes') : id === 'false' ? field('answer.no') : id
  }
  // In the order of the question; an answer that counts as itself goes without saying.
  const answers = answerIds(link).map((from) => {
    const [said, to] = [nameOf(from, link.options), link.map[from] ?? null]
    if (to === null) return text('skipped', { from: said })
    const counted = nameOf(to, concept.spec.options)
    return counted === said ? said : text('answer', { from: said, to: counted })
  })
  const state = link.replaced ? text('replaced') : link.retired ? text('retired') : null
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-1 py-3">
      <span className="flex min-w-0 flex-1 basis-72 gap-2.5">
        <span className="pt-0.5">
          <LevelMark rank={link.owner.rank} size={16} />
        </span>
        <span className="wrap-anywhere min-w-0">
          <span className="font-medium">{label(link.label)}</span>
          <span className="text-ink-2">{['', link.owner.name, ...(state ? [state] : [])].join(', ')}</span>
          <span className="block text-caption text-ink-2">{formats.list(answers)}</span>
        </span>
      </span>
      {link.canUnlink && (
        <TextLink
          aria-label={text('unlinkOf', { question: label(link.label), place: link.owner.name })}
          onClick={() => unlink({ conceptId: concept.id, fieldId: link.fieldId, map: link.map })}
        >
          {text('unlink')}
        </TextLink>
      )}
    </li>
  )
}

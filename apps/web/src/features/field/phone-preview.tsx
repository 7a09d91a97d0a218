'use client'
import type { AppRouter } from '@fieldback/api/root'
import type { AnswerValue } from '@fieldback/domain/field/answer'
import { conditionsOf } from '@fieldback/domain/field/condition'
import { computedValue, evaluateForm, isShown, planForm } from '@fieldback/domain/field/form-state'
import type { EffectiveField } from '@fieldback/domain/field/resolve'
import type { Rank } from '@fieldback/domain/territory/rank'
import { Button } from '@fieldback/ui/button'
import { DeviceFrame } from '@fieldback/ui/device-frame'
import { IconButton } from '@fieldback/ui/icon-button'
import { LevelMark } from '@fieldback/ui/level-mark'
import { List } from '@fieldback/ui/list'
import { Question } from '@fieldback/ui/question'
import { Select } from '@fieldback/ui/select'
import { StickyBar } from '@fieldback/ui/sticky-bar'
import { TopBar } from '@fieldback/ui/top-bar'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import X from 'lucide-react/icons/x'
import { useTranslations } from 'next-intl'
import { useLevelName } from '../../client/levels.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useLabel } from '../../client/use-label.ts'
import { AnswerPreview } from './answer-preview.tsx'
import { insertDraft } from './insert-draft.ts'
import { hangs, hangsOn, itemsFor, type Play, triedWith } from './play.ts'
import { PlayFacts } from './play-facts.tsx'

export type PhonePreviewProps = {
  /** The level that writes. */
  readonly territory: { readonly id: string; readonly name: string; readonly rank: Rank }
  readonly drafted: EffectiveField
  /** Questions that it takes the place of. */
  readonly replaced?: readonly string[] | undefined
  /** Answers tried in it. */
  readonly play: Play
}

/** Questions drawn round the one being written: a phone shows no more at once. */
const BEFORE = 2
const AFTER = 1

/** The form of a chosen sub-sector as its phones will show it, with the question in its place. */
export function PhonePreview({ territory, drafted, replaced = [], play }: PhonePreviewProps) {
  const text = useTranslations('fieldDesk')
  const report = useTranslations('report')
  const condition = useTranslations('fieldCondition')
  const address = useAddress()
  const trpc = useTRPC()
  const tree = useQuery(trpc.territory.tree.queryOptions({ at: territory.id, open: [territory.id] }))
  const places = tree.data ? placesUnder(tree.data.nodes, territory) : [territory]
  const wanted = address.get('on')
  const place = places.find(({ id }) => id === wanted) ?? largest(tree.data?.nodes ?? [], places) ?? territory
  const fields = useQuery({
    ...trpc.field.effective.queryOptions({ territoryId: place.id, items: itemsFor(drafted.spec) }),
    placeholderData: keepPreviousData,
  })
  const accounts = useQuery(trpc.account.list.queryOptions({ territoryId: place.id, limit: 1 }))
  const asked = (fields.data ?? []).filter(({ id }) => !replaced.includes(id))
  const { list, at } = insertDraft(asked, drafted, territory)
  const playable = hangs(drafted.spec)
  const named = hangsOn({ spec: drafted.spec, fields: list })
  const around = list.slice(Math.max(0, at - BEFORE), at + 1 + AFTER)
  const answers = triedWith(play, { spec: drafted.spec, fields: list })
  const state = evaluateForm(planForm(list), {
    answers,
    facts: { ...play.facts, rank: String(place.rank) },
    day: play.day,
  })
  const seen = list
    .filter((field) => around.includes(field) || named.has(field.id))
    .filter(({ id }) => !playable || isShown(state, id))
  // Who was met and how it ended come first in every report.
  const position = at + 3
  return (
    <section aria-labelledby="phone" className="xl:sticky xl:top-9">
      <div className="mb-5 flex flex-wrap items-center justify-between gap-3">
        <h2 id="phone" className="text-heading desk:text-[17px] desk:leading-6">
          {text('phone.title')}
        </h2>
        <Select
          aria-label={text('phone.place')}
          lead={<LevelMark rank={place.rank} size={16} />}
          options={places.map(({ id, name }) => ({ value: id, label: name }))}
          value={place.id}
          onChange={(on) => address.set({ on })}
        />
      </div>
      <DeviceFrame
        inert={!playable}
        label={text('phone.frame', { place: place.name })}
        top={
          <div inert>
            <TopBar
              lead={<IconButton label={report('form.close')} icon={<X size={22} />} />}
              title={accounts.data?.accounts[0]?.name ?? text('phone.account')}
              subtitle={report('form.visit')}
            />
          </div>
        }
        bottom={
          <div inert>
            <StickyBar>
              <Button variant="primary" big>
                {report('form.save')}
              </Button>
            </StickyBar>
          </div>
        }
      >
        <List card>
          {seen.map((field) => (
            <Shown
              key={field.id}
              field={field}
              day={play.day}
              fresh={list.indexOf(field) === at}
              {...(playable
                ? {
                    value:
                      field.spec.type === 'computed'
                        ? (computedValue(state, field.id) ?? undefined)
                        : answers[field.id],
                    onChange: (value: AnswerValue | undefined) => play.answer(field.id, value),
                  }
                : {})}
            />
          ))}
        </List>
      </DeviceFrame>
      {playable && <PlayFacts spec={drafted.spec} play={play} />}
      {playable && (
        <p aria-live="polite" className="mx-auto mt-5 max-w-80 text-balance text-center font-medium">
          {condition(
            !isShown(state, drafted.id)
              ? 'hidden'
              : conditionsOf(drafted.spec).length > 0
                ? 'try'
                : 'tryFormula',
          )}
        </p>
      )}
      <p className="mx-auto mt-5 max-w-80 text-balance text-center text-ink-2">
        {text('phone.position', { position, on: drafted.entity })} {text('phone.seen')}
      </p>
    </section>
  )
}

type ShownProps = {
  readonly field: EffectiveField
  readonly day: string
  readonly fresh: boolean
  readonly value?: AnswerValue | undefined
  readonly onChange?: (value: AnswerValue | undefined) => void
}

function Shown({ field, day, fresh, ...played }: ShownProps) {
  const text = useTranslations('fieldDesk')
  const label = useLabel()
  const levelName = useLevelName()
  const id = `preview-${field.id}`
  return (
    <Question
      as="li"
      id={id}
      rank={field.owner.rank}
      title={label(field.spec.label) || text('phone.untitled')}
      markLabel={levelName(field.owner.rank)}
      fresh={fresh}
      hint={field.spec.help && label(field.spec.help)}
    >
      <AnswerPreview spec={field.spec} day={day} labelledBy={`${id}-title`} {...played} />
    </Question>
  )
}

type Node = inferRouterOutputs<AppRouter>['territory']['tree']['nodes'][number]
type Place = PhonePreviewProps['territory']

/** The place with most accounts under the territory: where its questions will be asked most. */
function largest(nodes: readonly Node[], [, ...under]: readonly Place[]): Place | undefined {
  const accounts = new Map(nodes.map((node) => [node.id, node.accounts]))
  return under.toSorted((a, b) => (accounts.get(b.id) ?? 0) - (accounts.get(a.id) ?? 0))[0]
}

/** The territory and those directly under it. */
const placesUnder = (nodes: readonly Node[], territory: Place): Place[] => [
  territory,
  ...nodes.filter((node) => node.parentId === territory.id),
]

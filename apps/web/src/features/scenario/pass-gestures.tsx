'use client'
import { GESTURE_STEPS_MAX } from '@fieldback/domain/scenario/scenario'
import { SUB_SECTOR } from '@fieldback/domain/territory/rank'
import { Segmented } from '@fieldback/ui/segmented'
import { Skeleton } from '@fieldback/ui/skeleton'
import { useState } from 'react'
import { newId } from '../../mobile/data/new-id.ts'
import { GestureForm } from './gesture-form.tsx'
import type { GestureProps } from './gesture-props.ts'
import { NameField } from './name-gestures.tsx'
import { PersonSelect, useAssignTo } from './person-select.tsx'
import { Check, RuleFields, ruleOf, toggled, useRule } from './rule-fields.tsx'
import { TargetSearch, useTarget } from './target-gestures.tsx'
import { useHoldings, usePlaces } from './use-holdings.ts'
import { useWords } from './use-words.ts'

/** One gesture also makes the territory and may give it to somebody. */
const SPLIT_BELOW_MAX = GESTURE_STEPS_MAX - 2

/** By the territories that lie below, as a region is, or by accounts; asked only where both are possible. */
export function SplitGesture(props: GestureProps) {
  const { page, subject } = props
  const { text } = useWords()
  const held = useHoldings(page.id, subject.id)
  const [chosen, setChosen] = useState<'below' | 'accounts' | null>(null)
  if (!held.data) return <Skeleton label={text('gesture.loading')} lines={4} />
  const beside = page.can.administer && subject.parentId !== null && subject.id !== page.territory.id
  const below = beside ? held.data.below : []
  const what = chosen ?? (below.length > 0 && held.data.accounts === 0 ? 'below' : 'accounts')
  if (held.data.accounts === 0 && below.length === 0)
    return (
      <p className="text-ink-2 text-small">
        {text(held.data.below.length > 0 ? 'gesture.splitAbove' : 'gesture.splitNothing', {
          name: subject.name,
        })}
      </p>
    )
  return (
    <div className="grid gap-4">
      {below.length > 0 && held.data.accounts > 0 && (
        <Segmented
          label={text('gesture.splitWhat')}
          options={[
            { value: 'below', label: text('gesture.splitBelow') },
            { value: 'accounts', label: text('gesture.splitAccounts') },
          ]}
          value={what}
          onChange={setChosen}
        />
      )}
      {what === 'below' ? <SplitBelow {...props} below={below} /> : <SplitAccounts {...props} />}
    </div>
  )
}

type Below = NonNullable<ReturnType<typeof useHoldings>['data']>['below']

/** A new territory beside takes some of those that lie below, with all that they hold. */
function SplitBelow({ subject, below, ...rest }: GestureProps & { readonly below: Below }) {
  const { text } = useWords()
  const [name, setName] = useState('')
  const [person, setPerson] = useState('')
  const [ids, setIds] = useState<readonly string[]>([])
  const assignTo = useAssignTo()
  const tooMany = ids.length > SPLIT_BELOW_MAX
  return (
    <GestureForm
      {...rest}
      ready={name.trim() !== '' && ids.length > 0 && !tooMany}
      steps={() => {
        const id = newId()
        return [
          {
            of: 'create',
            id,
            parentId: subject.parentId ?? subject.id,
            rank: subject.rank,
            name,
            code: null,
          },
          ...below
            .filter((place) => ids.includes(place.id))
            .map(({ id: territoryId }) => ({ of: 'move' as const, territoryId, parentId: id })),
          ...assignTo(id, person),
        ]
      }}
    >
      <NameField label={text('gesture.newName')} value={name} onChange={setName} />
      <fieldset>
        <legend className="mb-1.5 font-medium text-small">{text('gesture.belowPass')}</legend>
        <ul className="grid max-h-64 gap-x-4 overflow-y-auto sm:grid-cols-2">
          {below.map((place) => (
            <Check
              key={place.id}
              label={place.name}
              aside=""
              checked={ids.includes(place.id)}
              onChange={() => setIds(toggled(ids, place.id))}
            />
          ))}
        </ul>
        <p aria-live="polite" className={`mt-1 text-caption ${tooMany ? 'text-danger' : 'text-ink-2'}`}>
          {tooMany
            ? text('gesture.belowMost', { max: SPLIT_BELOW_MAX })
            : text('gesture.belowPicked', { count: ids.length, of: below.length })}
        </p>
      </fieldset>
      <PersonSelect label={text('gesture.person')} value={person} onChange={setPerson} />
    </GestureForm>
  )
}

/** A new sub-sector takes a part of the accounts: beside a sub-sector, under anything above it. */
function SplitAccounts({ page, subject, ...rest }: GestureProps) {
  const { text } = useWords()
  const [name, setName] = useState('')
  const [person, setPerson] = useState('')
  const rule = useRule('towns')
  const chosen = ruleOf(rule.state)
  const assignTo = useAssignTo()
  const parentId = subject.rank === SUB_SECTOR ? (subject.parentId ?? subject.id) : subject.id
  return (
    <GestureForm
      {...rest}
      ready={name.trim() !== '' && chosen !== null}
      steps={() => {
        const id = newId()
        return (
          chosen && [
            { of: 'create', id, parentId, rank: SUB_SECTOR, name, code: null },
            { of: 'rehome', fromId: subject.id, toId: id, rule: chosen },
            ...assignTo(id, person),
          ]
        )
      }}
    >
      <NameField label={text('gesture.newName')} value={name} onChange={setName} />
      <RuleFields page={page} territoryId={subject.id} rule={rule} all={false} />
      <PersonSelect label={text('gesture.person')} value={person} onChange={setPerson} />
    </GestureForm>
  )
}

/** Accounts pass to a territory that is there already. */
export function PassGesture({ page, subject, ...rest }: GestureProps) {
  const rule = useRule('towns')
  const chosen = ruleOf(rule.state)
  const where = useTarget()
  const { search, target } = where
  const found = usePlaces({ scenarioId: page.id, search })
  const others = found.data && {
    ...found.data,
    places: found.data.places.filter(({ id }) => id !== subject.id),
  }
  return (
    <GestureForm
      {...rest}
      ready={target !== null && chosen !== null}
      steps={() => target && chosen && [{ of: 'rehome', fromId: subject.id, toId: target.id, rule: chosen }]}
    >
      <RuleFields page={page} territoryId={subject.id} rule={rule} all />
      <TargetSearch of={where} found={others} />
    </GestureForm>
  )
}

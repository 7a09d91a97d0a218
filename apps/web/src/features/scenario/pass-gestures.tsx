'use client'
import { SUB_SECTOR } from '@fieldback/domain/territory/rank'
import { useState } from 'react'
import { newId } from '../../mobile/data/new-id.ts'
import { GestureForm } from './gesture-form.tsx'
import type { GestureProps } from './gesture-props.ts'
import { NameField } from './name-gestures.tsx'
import { PersonSelect, useAssignTo } from './person-select.tsx'
import { RuleFields, ruleOf, useRule } from './rule-fields.tsx'
import { TargetSearch, useTarget } from './target-gestures.tsx'
import { usePlaces } from './use-holdings.ts'
import { useWords } from './use-words.ts'

/** A new sub-sector takes a part of the accounts: beside a sub-sector, under anything above it. */
export function SplitGesture({ page, subject, ...rest }: GestureProps) {
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

'use client'
import { isLive, isSeen, meantBy } from '@fieldback/domain/objective/due-objectives'
import { OBJECTIVE_WORD_MAX, type ToldObjective } from '@fieldback/domain/objective/objective'
import type { AccountRow } from '@fieldback/domain/sync/pull'
import { Button } from '@fieldback/ui/button'
import { Card } from '@fieldback/ui/card'
import { Field } from '@fieldback/ui/field'
import { SectionHead } from '@fieldback/ui/section-head'
import { TextInput } from '@fieldback/ui/text-input'
import { useState } from 'react'
import { useKeptForm } from '../account/use-kept-form.ts'
import { todayHere, usePhoneState } from '../phone.tsx'
import { Term } from './my-objectives.tsx'
import { ownObjectives } from './own-objectives.ts'
import { refusalStanding } from './refusal-standing.ts'
import { useObjectiveTexts } from './use-objective-texts.ts'
import { useRefuse } from './use-refuse.ts'

/** What managers ask of this account, why, and a word for who does not take it on. */
export function AccountObjectives({ account }: { account: AccountRow }) {
  const text = useObjectiveTexts()
  const state = usePhoneState()
  const today = todayHere()
  const contacts = [...state.rows.contacts.values()].filter(({ accountId }) => accountId === account.id)
  const rows = { territories: state.frame.territories, accounts: [account], contacts }
  const wanted = ownObjectives(state).filter(
    (objective) =>
      isLive(objective, today) &&
      meantBy(objective, rows).length > 0 &&
      !isSeen(objective, account.lastVisitDay, today),
  )
  if (wanted.length === 0) return null
  return (
    <section aria-labelledby="objectives">
      <SectionHead id="objectives">{text('title')}</SectionHead>
      <div className="grid gap-3">
        {wanted.map((objective) => (
          <Card key={objective.id} pad as="article">
            <p className="text-ink-2 text-small">
              {text('asked', { by: objective.by })} · <Term objective={objective} today={today} />
            </p>
            <p dir="auto" className="wrap-anywhere mt-1 font-strong">
              {objective.why}
            </p>
            <Taking objective={objective} accountId={account.id} />
          </Card>
        ))}
      </div>
    </section>
  )
}

function Taking({ objective, accountId }: { objective: ToldObjective; accountId: string }) {
  const text = useObjectiveTexts()
  const refuse = useRefuse(objective)
  const standing = refusalStanding(usePhoneState(), objective.id, accountId)
  const { form, change, drop } = useKeptForm(`objective/${objective.id}/${accountId}`, { word: '' })
  const [asked, setAsked] = useState(form.word !== '')
  const refused = objective.refused.find((one) => one.accountId === accountId)
  if (refused) {
    const { own, by, word } = refused
    return (
      <>
        <p dir="auto" className="wrap-anywhere mt-2 text-small">
          {own ? text('notTaken', { word }) : text('notTakenBy', { by, word })}
        </p>
        {standing === 'phone' && <p className="text-caption text-ink-2">{text('onPhone')}</p>}
        <Button className="mt-2" onClick={() => refuse(accountId, null)}>
          {text('takeBack')}
        </Button>
      </>
    )
  }
  if (!asked) {
    return (
      <>
        {standing === 'aside' && <p className="mt-2 text-small">{text('aside')}</p>}
        <Button className="mt-3" onClick={() => setAsked(true)}>
          {text('refuse')}
        </Button>
      </>
    )
  }
  const close = () => {
    change({ word: '' })
    drop()
    setAsked(false)
  }
  const word = form.word.trim()
  return (
    <form
      className="mt-3 grid gap-3"
      onSubmit={async (event) => {
        event.preventDefault()
        if (word !== '' && (await refuse(accountId, word))) close()
      }}
    >
      <Field label={text('word')}>
        {(control) => (
          <TextInput
            {...control}
            autoFocus
            maxLength={OBJECTIVE_WORD_MAX}
            placeholder={text('wordExample')}
            value={form.word}
            onChange={(event) => change({ word: event.target.value })}
          />
        )}
      </Field>
      <span className="flex gap-2">
        <Button type="submit" variant="primary" disabled={word === ''}>
          {text('send')}
        </Button>
        <Button variant="ghost" onClick={close}>
          {text('cancel')}
        </Button>
      </span>
    </form>
  )
}

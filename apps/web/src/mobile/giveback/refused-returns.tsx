'use client'
import { LevelMark } from '@fieldback/ui/level-mark'
import { List } from '@fieldback/ui/list'
import { ListRow } from '@fieldback/ui/list-row'
import { SectionHead } from '@fieldback/ui/section-head'
import { useToast } from '@fieldback/ui/toast'
import { useMarkLabel } from '../agenda/visit-reason.tsx'
import { newId } from '../data/new-id.ts'
import { useLabel, usePhone, usePhoneState } from '../phone.tsx'
import { useOpinions } from './judge.tsx'
import { knownFields } from './known-fields.ts'
import { useForMeTexts } from './use-for-me-texts.ts'

/** What the reader judged of no use, which is seldom on a screen again: a tap takes it back. */
export function RefusedReturns() {
  const { store, texts } = usePhone()
  const { frame } = usePhoneState()
  const text = useForMeTexts()
  const label = useLabel()
  const markLabel = useMarkLabel()
  const toast = useToast()
  const { returns } = useOpinions()
  const fields = new Map(knownFields(frame).map((field) => [field.id, field]))
  const refused = returns.flatMap(({ fieldId, kind, useful }) => {
    const field = fields.get(fieldId)
    return field && !useful ? [{ field, kind }] : []
  })
  if (refused.length === 0) return null
  const takeBack = (fieldId: string, kind: (typeof refused)[number]['kind']) =>
    store
      .save([{ kind: 'giveback.judge', entityId: newId(), base: 0, body: { fieldId, kind, useful: null } }])
      .then(
        () => toast({ text: text('refused.takenBack') }),
        () => toast({ text: texts('sync')('notKept'), failed: true }),
      )
  return (
    <section aria-labelledby="refused">
      <SectionHead id="refused">{text('refused.title')}</SectionHead>
      <List inset="mark">
        {refused.map(({ field, kind }) => (
          <ListRow
            key={`${field.id}/${kind}`}
            lead={<LevelMark rank={field.owner.rank} label={markLabel(field.owner)} />}
            title={label(field.spec.label)}
            text={text('refused.kind', { kind })}
            onClick={() => void takeBack(field.id, kind)}
          />
        ))}
      </List>
    </section>
  )
}

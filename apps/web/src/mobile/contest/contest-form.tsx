'use client'
import { CONTEST_REASONS, CONTEST_WORD_MAX, type ContestReason } from '@fieldback/domain/contest/contest'
import type { EffectiveField } from '@fieldback/domain/field/resolve'
import { Button } from '@fieldback/ui/button'
import { ChipGroup } from '@fieldback/ui/chip-group'
import { TextArea } from '@fieldback/ui/text-area'
import { useId, useState } from 'react'
import { newId } from '../data/new-id.ts'
import { usePhone } from '../phone.tsx'
import { useContestTexts } from './use-contest-texts.ts'

type Typed = { readonly reason: ContestReason | null; readonly word: string; readonly openly: boolean }

const NOTHING: Typed = { reason: null, word: '', openly: false }

/** By question: closing why it is asked, or going to the next section, loses no word. */
const typed = new Map<string, Typed>()

/** What is wrong with a question, in a tap and a word if one likes; kept on the phone like any other work. */
export function ContestForm({ field, onClose }: { field: EffectiveField; onClose: () => void }) {
  const { store, texts } = usePhone()
  const text = useContestTexts()
  const id = useId()
  const [draft, setDraft] = useState(typed.get(field.id) ?? NOTHING)
  const [failed, setFailed] = useState(false)
  const change = (part: Partial<Typed>): void => {
    const next = { ...draft, ...part }
    typed.set(field.id, next)
    setDraft(next)
  }
  const { reason, openly } = draft
  const word = draft.word.trim()
  const send = (): void => {
    if (reason === null) return
    const body = {
      fieldId: field.id,
      version: field.version,
      reason,
      word: word || null,
      openly: openly && word !== '',
    }
    store.save([{ kind: 'contest.open', entityId: newId(), base: 0, body }]).then(
      () => {
        typed.delete(field.id)
        onClose()
      },
      () => setFailed(true),
    )
  }
  return (
    <div className="grid gap-3">
      <p id={`${id}-what`} className="font-strong">
        {text('what')}
      </p>
      <ChipGroup
        labelledBy={`${id}-what`}
        options={CONTEST_REASONS.map((value) => ({ value, label: text(`reason.${value}`) }))}
        value={reason === null ? [] : [reason]}
        onChange={([chosen]) => change({ reason: (chosen as ContestReason | undefined) ?? null })}
      />
      <div>
        <label htmlFor={`${id}-word`} className="mb-1 block text-caption text-ink-2">
          {text('word')}
        </label>
        <TextArea
          id={`${id}-word`}
          dir="auto"
          maxLength={CONTEST_WORD_MAX}
          value={draft.word}
          aria-describedby={`${id}-read`}
          onChange={(event) => change({ word: event.target.value })}
        />
      </div>
      <p id={`${id}-read`} className="text-caption text-ink-2">
        {text('read', { owner: field.owner.name })}
        {word !== '' && ` ${text('kept')}`}
      </p>
      {word !== '' && (
        <label className="flex min-h-11 items-center gap-3">
          <input
            type="checkbox"
            className="size-5 flex-none accent-accent"
            checked={openly}
            onChange={(event) => change({ openly: event.target.checked })}
          />
          {text('openly')}
        </label>
      )}
      {failed && <p role="alert">{texts('sync')('notKept')}</p>}
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" disabled={reason === null} onClick={send}>
          {text('send')}
        </Button>
        <Button variant="ghost" onClick={onClose}>
          {text('cancel')}
        </Button>
      </div>
    </div>
  )
}

'use client'
import { COACHING_TEXT_MAX, type CoachingMark } from '@fieldback/domain/coaching/note'
import { coachingTexts } from '@fieldback/i18n/phone-coaching'
import { Button } from '@fieldback/ui/button'
import { Card } from '@fieldback/ui/card'
import { SectionHead } from '@fieldback/ui/section-head'
import { Tag } from '@fieldback/ui/tag'
import { TextArea } from '@fieldback/ui/text-area'
import { useId, useState } from 'react'
import { usePhone, usePhoneState } from '../phone.tsx'
import { isWaiting, type OwnNote, ownNotes } from './own-notes.ts'
import { useAbout } from './use-about.ts'

/** Of those that no longer wait. */
const SHOWN = 2

/** What managers wrote to the reader, and what he makes of it; kept on the phone, read without network. */
export function MyNotes() {
  const { locale } = usePhone()
  const text = coachingTexts(locale)
  const notes = ownNotes(usePhoneState())
  const [all, setAll] = useState(false)
  if (notes.length === 0) return null
  const waiting = notes.filter(isWaiting)
  const over = notes.filter((note) => !isWaiting(note))
  const shown = all ? over : over.slice(0, SHOWN)
  return (
    <section aria-labelledby="notes">
      <SectionHead id="notes">{text('title')}</SectionHead>
      <ul className="grid gap-3">
        {[...waiting, ...shown].map((note) => (
          <li key={note.id}>
            <Note note={note} />
          </li>
        ))}
      </ul>
      {shown.length < over.length && (
        <Button variant="ghost" className="mt-2" onClick={() => setAll(true)}>
          {text('older', { count: over.length - shown.length })}
        </Button>
      )}
      <p className="mt-3 text-caption text-ink-2">{text('who')}</p>
    </section>
  )
}

function Note({ note }: { note: OwnNote }) {
  const { locale, formats } = usePhone()
  const text = coachingTexts(locale)
  const about = useAbout(note.about)
  const day = (instant: string) => formats.day(formats.dayOf(instant), 'short')
  return (
    <Card pad as="article">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3 text-ink-2 text-small">
        {text('from', { name: note.authorName, day: day(note.writtenAt) })}
        {note.mark && <Tag>{text(`mark.${note.mark}`)}</Tag>}
      </p>
      {about && <p className="mt-1 font-strong text-small">{about}</p>}
      <Words words={note.text} />
      {note.withdrawnAt && (
        <p className="mt-2 text-ink-2 text-small">{text('withdrawn', { day: day(note.withdrawnAt) })}</p>
      )}
      {note.earlier.length > 0 && (
        <div className="mt-2 border-line-2 border-l-2 pl-3 text-ink-2 text-small">
          {text('changed')}
          {note.earlier.map((line) => (
            <Words key={line.at} words={line.text} />
          ))}
        </div>
      )}
      {note.answers.map(({ text: words, at, standing }) => (
        <div key={at} className="mt-3 border-accent border-l-2 pl-3 text-small">
          <p className="text-ink-2">
            {standing === 'accepted' && text('you', { day: day(at) })}
            {standing === 'phone' && text('onPhone')}
            {standing === 'aside' && text('aside')}
          </p>
          <Words words={words} />
        </div>
      ))}
      <Making note={note} />
    </Card>
  )
}

/** By note: leaving the screen loses no word. */
const typed = new Map<string, string>()

/** Read, done, or a word in answer. */
function Making({ note }: { note: OwnNote }) {
  const { store, locale, texts } = usePhone()
  const text = coachingTexts(locale)
  const id = useId()
  const [words, setWords] = useState(typed.get(note.id) ?? null)
  const [failed, setFailed] = useState(false)
  const write = (next: string | null): void => {
    if (next === null) typed.delete(note.id)
    else typed.set(note.id, next)
    setWords(next)
  }
  const say = (mark: CoachingMark, said: string | null): void => {
    setFailed(false)
    store.save([{ kind: 'coaching.answer', entityId: note.id, base: 0, body: { text: said, mark } }]).then(
      () => said !== null && write(null),
      () => setFailed(true),
    )
  }
  return (
    <div className="mt-3">
      {words !== null && (
        <>
          <label htmlFor={id} className="mb-1 block text-caption text-ink-2">
            {text('answerTo', { name: note.authorName })}
          </label>
          <TextArea
            id={id}
            dir="auto"
            maxLength={COACHING_TEXT_MAX}
            value={words}
            onChange={(event) => write(event.target.value)}
          />
        </>
      )}
      {failed && <p role="alert">{texts('sync')('notKept')}</p>}
      <div className="mt-2 flex flex-wrap gap-2">
        {words !== null ? (
          <>
            <Button
              variant="primary"
              disabled={words.trim() === ''}
              onClick={() => say('read', words.trim())}
            >
              {text('send')}
            </Button>
            <Button variant="ghost" onClick={() => setWords(null)}>
              {text('cancel')}
            </Button>
          </>
        ) : (
          <>
            {isWaiting(note) && <Button onClick={() => say('read', null)}>{text('set.read')}</Button>}
            {note.mark !== 'done' && note.withdrawnAt === null && (
              <Button onClick={() => say('done', null)}>{text('set.done')}</Button>
            )}
            <Button variant="ghost" onClick={() => write(typed.get(note.id) ?? '')}>
              {text('answer')}
            </Button>
          </>
        )}
      </div>
    </div>
  )
}

/** Somebody's words, in whichever direction they are written. */
function Words({ words }: { words: string }) {
  return (
    <p dir="auto" className="wrap-anywhere mt-1 whitespace-pre-line">
      {words}
    </p>
  )
}

'use client'
import { COACHING_TEXT_MAX } from '@fieldback/domain/coaching/note'
import { Button } from '@fieldback/ui/button'
import { Card } from '@fieldback/ui/card'
import { Field } from '@fieldback/ui/field'
import { Tag } from '@fieldback/ui/tag'
import { TextArea } from '@fieldback/ui/text-area'
import { TextLink } from '@fieldback/ui/text-link'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { nextLink } from '../../client/next-link.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'
import { useLabel } from '../../client/use-label.ts'
import type { Note } from './coaching.ts'

/** A note, what it said before, and what its rep made of it. */
export function NoteItem({ note }: { note: Note }) {
  const text = useTranslations('coachingDesk')
  const formats = useFormats()
  const [editing, setEditing] = useState(false)
  const { memberName: name } = note
  const state = note.withdrawnAt
    ? text('notes.withdrawn', { at: formats.day(formats.dayOf(note.withdrawnAt), 'short') })
    : text(`notes.${note.mark ?? 'waiting'}`)
  return (
    <li className="min-w-0">
      <Card pad as="article">
        <p className="flex flex-wrap items-baseline justify-between gap-x-3 gap-y-1">
          <b className="font-strong">{text('notes.line', { name, place: note.place })}</b>
          <Tag>{state}</Tag>
        </p>
        <p className="text-caption text-ink-2">
          {note.own
            ? text('notes.me', { at: formats.instant(note.writtenAt) })
            : text('notes.by', { name: note.authorName, at: formats.instant(note.writtenAt) })}
        </p>
        <About note={note} />
        {editing ? <Edit note={note} onClose={() => setEditing(false)} /> : <Words words={note.text} />}
        {note.earlier.length > 0 && (
          <div className="mt-2 border-line-2 border-l-2 pl-3 text-ink-2 text-small">
            {text('notes.earlier')}
            {note.earlier.map((line) => (
              <Words key={line.at} words={line.text} />
            ))}
          </div>
        )}
        {note.answers.map((line) => (
          <div key={line.at} className="mt-3 border-accent border-l-2 pl-3">
            <p className="text-caption text-ink-2">
              {text('notes.answered', { name, at: formats.instant(line.at) })}
            </p>
            <Words words={line.text} />
          </div>
        ))}
        {note.own && !note.withdrawnAt && !editing && <Own note={note} onEdit={() => setEditing(true)} />}
      </Card>
    </li>
  )
}

function About({ note: { about, accountName, fieldLabel } }: { note: Note }) {
  const text = useTranslations('coachingDesk')
  const label = useLabel()
  if (!about) return null
  const account = accountName ?? ''
  const said =
    about.kind === 'field'
      ? fieldLabel && text('notes.ofField', { question: label(fieldLabel) })
      : account && text(about.kind === 'report' ? 'notes.ofReport' : 'notes.ofAccount', { account })
  return (
    <p className="wrap-anywhere mt-1 flex flex-wrap gap-x-3 text-small">
      {said || text('notes.ofHidden')}
      {about.kind === 'report' && account && (
        <TextLink href={`/manage/reports/${about.id}`} renderLink={nextLink}>
          {text('notes.seeReport')}
        </TextLink>
      )}
    </p>
  )
}

/** What its author may do with it; both are told to the rep. */
function Own({ note, onEdit }: { note: Note; onEdit: () => void }) {
  const text = useTranslations('coachingDesk')
  const change = useChange(text('notes.tookBack', { name: note.memberName }))
  const trpc = useTRPC()
  const withdraw = useMutation(trpc.coaching.withdraw.mutationOptions(change))
  const { memberName: name } = note
  return (
    <div className="mt-3 flex flex-wrap gap-2">
      <Button aria-label={text('notes.editOf', { name })} onClick={onEdit}>
        {text('notes.edit')}
      </Button>
      <Button
        variant="ghost"
        aria-label={text('notes.withdrawOf', { name })}
        disabled={withdraw.isPending}
        onClick={() => withdraw.mutate({ noteId: note.id })}
      >
        {text('notes.withdraw')}
      </Button>
    </div>
  )
}

function Edit({ note, onClose }: { note: Note; onClose: () => void }) {
  const text = useTranslations('coachingDesk')
  const formats = useFormats()
  const [words, setWords] = useState(note.text)
  const change = useChange(text('notes.saved', { name: note.memberName }), onClose)
  const edit = useMutation(useTRPC().coaching.edit.mutationOptions(change))
  const typed = words.trim()
  const long = typed.length > COACHING_TEXT_MAX
  return (
    <div className="mt-2 grid gap-2">
      <Field
        label={text('notes.text')}
        error={long ? text('notes.long', { max: formats.number(COACHING_TEXT_MAX) }) : undefined}
      >
        {(control) => (
          <TextArea
            {...control}
            dir="auto"
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          disabled={edit.isPending || typed === '' || long}
          onClick={() => edit.mutate({ noteId: note.id, text: typed })}
        >
          {text('notes.save')}
        </Button>
        <Button variant="ghost" onClick={onClose}>
          {text('notes.cancel')}
        </Button>
      </div>
    </div>
  )
}

/** Says that it was done and reads the notes again; or why it was not. */
function useChange(said: string, onDone: () => void = () => {}) {
  const sentence = useErrorSentence()
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  return {
    onSuccess: async () => {
      toast({ text: said })
      onDone()
      await client.invalidateQueries(trpc.coaching.notes.pathFilter())
    },
    onError: (error: unknown) => toast({ text: sentence(error), failed: true }),
  }
}

/** Somebody's words, in whichever direction they are written. */
function Words({ words }: { words: string }) {
  return (
    <p dir="auto" className="wrap-anywhere mt-1.5 whitespace-pre-line">
      {words}
    </p>
  )
}

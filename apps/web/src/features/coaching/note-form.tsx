'use client'
import { COACHING_TEXT_MAX } from '@fieldback/domain/coaching/note'
import { Button } from '@fieldback/ui/button'
import { Field } from '@fieldback/ui/field'
import { Select } from '@fieldback/ui/select'
import { TextArea } from '@fieldback/ui/text-area'
import { useToast } from '@fieldback/ui/toast'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { idIn } from '../../client/address-words.ts'
import { useTRPC } from '../../client/trpc.tsx'
import { useAddress } from '../../client/use-address.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'
import { useLabel } from '../../client/use-label.ts'
import type { Notes, Subject, View } from './coaching.ts'

type Props = {
  readonly territoryId: string
  readonly reps: Notes['reps']
  readonly questions: View['questions']
  /** Chosen elsewhere on the page: an account. */
  readonly subject: Subject | null
  readonly onSubject: (subject: Subject | null) => void
}

/** To whom, about what, and the words; an address may name the rep and a report of his. */
export function NoteForm({ territoryId, reps, questions, subject, onSubject }: Props) {
  const text = useTranslations('coachingDesk')
  const sentence = useErrorSentence()
  const formats = useFormats()
  const label = useLabel()
  const toast = useToast()
  const address = useAddress()
  const trpc = useTRPC()
  const client = useQueryClient()
  const named = idIn(address.get('to'))
  const [memberId, setMemberId] = useState(reps.some(({ id }) => id === named) ? (named ?? '') : '')
  const [words, setWords] = useState('')
  const [asked, setAsked] = useState(false)
  const area = useRef<HTMLTextAreaElement>(null)
  // Chosen further up the page: what is to be written is brought into sight.
  useEffect(() => {
    if (subject?.kind === 'account') area.current?.focus()
  }, [subject])
  const reportId = idIn(address.get('report'))
  const subjects: Subject[] = [
    ...(reportId ? [{ kind: 'report', id: reportId, words: text('notes.aboutReport') } as const] : []),
    ...(subject?.kind === 'account' ? [subject] : []),
    ...questions.map(
      ({ id, label: question }): Subject => ({
        kind: 'field',
        id,
        words: text('notes.aboutField', { question: label(question) }),
      }),
    ),
  ]
  const about = subject ?? (reportId ? (subjects[0] ?? null) : null)
  const write = useMutation(
    trpc.coaching.write.mutationOptions({
      onSuccess: async () => {
        toast({ text: text('notes.sent', { name: reps.find(({ id }) => id === memberId)?.name ?? '' }) })
        setWords('')
        setAsked(false)
        onSubject(null)
        address.set({ to: null, report: null })
        await client.invalidateQueries(trpc.coaching.notes.pathFilter())
      },
      onError: (error) => toast({ text: sentence(error), failed: true }),
    }),
  )
  const typed = words.trim()
  const long = typed.length > COACHING_TEXT_MAX
  const lacking = memberId === '' || typed === ''
  const send = (): void => {
    setAsked(true)
    if (lacking || long) return
    write.mutate({ territoryId, memberId, text: typed, about: about && { kind: about.kind, id: about.id } })
  }
  return (
    <div className="grid max-w-2xl gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={text('notes.to')}>
          {(control) => (
            <Select
              {...control}
              value={memberId}
              onChange={setMemberId}
              options={[
                { value: '', label: text('notes.choose') },
                ...reps.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          )}
        </Field>
        <Field label={text('notes.about')}>
          {(control) => (
            <Select
              {...control}
              value={about?.id ?? ''}
              onChange={(id) => {
                address.set({ report: id === reportId ? id : null })
                onSubject(subjects.find((one) => one.id === id) ?? null)
              }}
              options={[
                { value: '', label: text('notes.aboutNothing') },
                ...subjects.map(({ id, words: said }) => ({ value: id, label: said })),
              ]}
            />
          )}
        </Field>
      </div>
      <Field
        label={text('notes.text')}
        hint={text('notes.hint')}
        error={
          long
            ? text('notes.long', { max: formats.number(COACHING_TEXT_MAX) })
            : asked && lacking
              ? text('notes.missing')
              : undefined
        }
      >
        {(control) => (
          <TextArea
            {...control}
            ref={area}
            dir="auto"
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        )}
      </Field>
      <div>
        <Button variant="primary" disabled={write.isPending} onClick={send}>
          {text('notes.send')}
        </Button>
      </div>
    </div>
  )
}

'use client'
import { Button } from '@fieldback/ui/button'
import { Empty } from '@fieldback/ui/empty'
import { SectionHead } from '@fieldback/ui/section-head'
import { Skeleton } from '@fieldback/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import MessageCircle from 'lucide-react/icons/message-circle'
import { useTranslations } from 'next-intl'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import type { Notes, Subject, View } from './coaching.ts'
import { NoteForm } from './note-form.tsx'
import { NoteItem } from './note-item.tsx'

type Props = {
  readonly territoryId: string
  readonly questions: View['questions']
  readonly subject: Subject | null
  readonly onSubject: (subject: Subject | null) => void
}

/** A note to a rep of the branch, and what became of those that were written. */
export function NotesSection({ territoryId, ...form }: Props) {
  const text = useTranslations('coachingDesk')
  const common = useTranslations('common')
  const sentence = useErrorSentence()
  const { data, error, refetch } = useQuery(useTRPC().coaching.notes.queryOptions({ territoryId }))
  const notes = data as Notes | undefined
  return (
    <section aria-labelledby="notes">
      <SectionHead id="notes">{text('notes.title')}</SectionHead>
      <p className="mb-4 max-w-prose text-ink-2">{text('notes.lede')}</p>
      {error && !notes && (
        <p role="alert">
          {sentence(error)} <Button onClick={() => refetch()}>{common('retry')}</Button>
        </p>
      )}
      {!notes && !error && <Skeleton label={text('loading')} lines={4} />}
      {notes && notes.reps.length === 0 && (
        <Empty
          icon={<MessageCircle size={28} />}
          title={text('notes.noRep')}
          text={text('notes.noRepText')}
        />
      )}
      {notes && notes.reps.length > 0 && <NoteForm territoryId={territoryId} reps={notes.reps} {...form} />}
      {notes && notes.notes.length > 0 && (
        <div className="mt-7">
          <h3 className="mb-3 font-medium text-small">{text('notes.list')}</h3>
          <ul className="grid items-start gap-4 xl:grid-cols-2">
            {notes.notes.map((note) => (
              <NoteItem key={note.id} note={note} />
            ))}
          </ul>
          <p className="mt-3 text-caption text-ink-2">{text('notes.withdrawNote')}</p>
          {notes.more && <p className="mt-3 text-caption text-ink-2">{text('notes.more')}</p>}
        </div>
      )}
    </section>
  )
}

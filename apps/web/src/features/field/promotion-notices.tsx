'use client'
import type { PromotionNotice } from '@fieldback/api/field/undo-promotion'
import { LevelMark } from '@fieldback/ui/level-mark'
import { List } from '@fieldback/ui/list'
import { SectionHead } from '@fieldback/ui/section-head'
import { TextLink } from '@fieldback/ui/text-link'
import { useToast } from '@fieldback/ui/toast'
import { useMutation } from '@tanstack/react-query'
import Undo2 from 'lucide-react/icons/undo-2'
import { useTranslations } from 'next-intl'
import { useTRPC } from '../../client/trpc.tsx'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'
import { useLabel } from '../../client/use-label.ts'
import { useTakenBack } from '../../client/use-taken-back.ts'
import { usePromotions } from './use-promotions.ts'

/** What became of questions that were made into others, what their owners get for it, and how to take it back. */
export function PromotionNotices({ territoryId }: { territoryId: string }) {
  const text = useTranslations('fieldPromote')
  const retype = useTranslations('fieldRetype')
  const notices = usePromotions(territoryId)
  return (
    <>
      <Notices
        id="promotions"
        title={text('notice.title')}
        notices={notices.filter(({ retyped }) => !retyped)}
      />
      <Notices
        id="retyped"
        title={retype('notice.title')}
        notices={notices.filter(({ retyped }) => retyped)}
      />
    </>
  )
}

type NoticesProps = {
  readonly id: string
  readonly title: string
  readonly notices: readonly PromotionNotice[]
}

function Notices({ id, title, notices }: NoticesProps) {
  if (notices.length === 0) return null
  return (
    <section aria-labelledby={id}>
      <SectionHead id={id}>{title}</SectionHead>
      <List labelledBy={id}>
        {notices.map((notice) => (
          <Line key={notice.fieldId} notice={notice} />
        ))}
      </List>
    </section>
  )
}

function Line({ notice }: { notice: PromotionNotice }) {
  const text = useTranslations('fieldPromote')
  const retype = useTranslations('fieldRetype')
  const formats = useFormats()
  const label = useLabel()
  const undo = useUndo()
  const name = label(notice.label)
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-5 py-4">
      <span className="flex min-w-0 flex-1 basis-80 gap-3">
        <span className="pt-0.5">
          <LevelMark rank={notice.owner.rank} size={16} />
        </span>
        <span className="wrap-anywhere grid min-w-0 gap-1">
          {notice.undoneDay ? (
            <span>
              {(notice.retyped ? retype : text)('notice.undone', {
                label: name,
                day: formats.day(notice.undoneDay),
              })}
            </span>
          ) : (
            <Told notice={notice} />
          )}
        </span>
      </span>
      {notice.canUndo && (
        <TextLink
          icon={<Undo2 size={16} />}
          aria-label={(notice.retyped ? retype : text)('notice.undoOf', { label: name })}
          onClick={() => undo.isPending || undo.mutate({ fieldId: notice.fieldId })}
        >
          {text('notice.undo', { day: formats.day(notice.undoUntil, 'short') })}
        </TextLink>
      )}
    </li>
  )
}

function Told({ notice }: { notice: PromotionNotice }) {
  const text = useTranslations('fieldPromote')
  const retype = useTranslations('fieldRetype')
  const formats = useFormats()
  const label = useLabel()
  return (
    <>
      {notice.sources.map((source) => (
        <span key={source.fieldId} className="grid">
          <span>
            {(notice.retyped ? retype : text)('notice.line', {
              question: label(source.label),
              place: source.owner.name,
              label: label(notice.label),
              owner: notice.owner.name,
              day: formats.day(notice.day),
            })}
          </span>
          {source.given.length > 0 && (
            <span className="text-accent-ink text-small">
              {text('notice.given', {
                returns: formats.list(source.given.map((kind) => text(`notice.returns.${kind}`))),
              })}
            </span>
          )}
        </span>
      ))}
      <span className="text-caption text-ink-2">
        {[
          ...(notice.found ? [retype('notice.found', notice.found)] : []),
          (notice.retyped ? retype : text)('notice.kept'),
          ...(notice.others > 0 ? [text('notice.others', { count: notice.others })] : []),
          ...(notice.by ? [text('notice.by', { name: notice.by })] : []),
        ].join(' ')}
      </span>
    </>
  )
}

function useUndo() {
  const text = useTranslations('fieldPromote')
  const sentence = useErrorSentence()
  const toast = useToast()
  const { refresh } = useTakenBack()
  return useMutation(
    useTRPC().field.undoPromotion.mutationOptions({
      onSuccess: async () => {
        toast({ text: text('screen.undone') })
        await refresh()
      },
      onError: (error) => toast({ text: sentence(error), failed: true }),
    }),
  )
}

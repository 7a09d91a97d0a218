'use client'
import type { ReportTold } from '@fieldback/api/report/read'
import { LevelMark } from '@fieldback/ui/level-mark'
import { Tag } from '@fieldback/ui/tag'
import { useTranslations } from 'next-intl'
import { useLabel } from '../../client/use-label.ts'
import type { Names } from '../../client/use-told-text.ts'
import { AnswerSaid } from './answer-told.tsx'

type Props = Pick<ReportTold, 'questions' | 'photos'> & { readonly names: Names }

/** Question and answer, those of the widest level first; what a question is called today is said where it is otherwise. */
export function QuestionList({ questions, names, photos }: Props) {
  const text = useTranslations('reportDesk')
  const label = useLabel()
  if (questions.length === 0) return <p className="text-ink-2">{text('view.noAnswers')}</p>
  return (
    <dl className="[&>*+*]:border-line [&>*+*]:border-t">
      {questions.map(({ fieldId, label: then, now, retired, owner, told, missing }) => (
        <div key={fieldId} className="grid gap-x-6 gap-y-1 py-3 sm:grid-cols-2">
          <dt className="flex min-w-0 items-start gap-3">
            <span className="flex-none pt-0.5">
              <LevelMark rank={owner.rank} size={16} label={text('view.asker', { place: owner.name })} />
            </span>
            <span className="wrap-anywhere min-w-0">
              {label(then)}
              {(now || retired) && (
                <span className="block text-caption text-ink-2">
                  {now ? text('view.now', { label: label(now) }) : text('view.retired')}
                </span>
              )}
            </span>
          </dt>
          <dd className="min-w-0 font-medium max-sm:pl-7">
            <AnswerSaid told={told} owner={owner.name} names={names} photos={photos} />
            {missing && (
              <span className="ml-2">
                <Tag tone="line">{text('view.missing')}</Tag>
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

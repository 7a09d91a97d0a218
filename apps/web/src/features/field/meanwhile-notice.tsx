'use client'
import type { Tightening } from '@fieldback/domain/field/field-spec'
import { Button } from '@fieldback/ui/button'
import { Notice } from '@fieldback/ui/notice'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useTranslations } from 'next-intl'
import { saysSomething } from './tightening-draft.ts'
import { useTouchWords } from './use-touch-words.ts'

type MeanwhileNoticeProps = {
  /** What somebody else published. */
  readonly own: Tightening | null
  readonly unit: string | null | undefined
  readonly onKeep: () => void
  readonly onTake: () => void
}

/** Of two who publish, the second sees what the first said, and chooses; what he typed stays until then. */
export function MeanwhileNotice({ own, unit, onKeep, onTake }: MeanwhileNoticeProps) {
  const text = useTranslations('fieldTighten')
  const { saidWords } = useTouchWords()
  return (
    <div className="grid gap-2">
      <Notice id="blocked" live icon={<CircleAlert size={18} />} title={text('meanwhile.title')}>
        {own && saysSomething(own.spec)
          ? text('meanwhile.said', { what: saidWords(own.spec, unit) })
          : text('meanwhile.reverted')}{' '}
        {text('meanwhile.kept')}
      </Notice>
      <div className="flex flex-wrap gap-2">
        <Button onClick={onKeep}>{text('meanwhile.keep')}</Button>
        <Button onClick={onTake}>{text('meanwhile.take')}</Button>
      </div>
    </div>
  )
}

'use client'
import { Button } from '@fieldback/ui/button'
import { Notice } from '@fieldback/ui/notice'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useTranslations } from 'next-intl'

type MeanwhileNoticeProps = {
  /** What somebody else published, as a sentence. */
  readonly said: string
  readonly onKeep: () => void
  readonly onTake: () => void
}

/** Of two who publish, the second sees what the first said, and chooses; what he typed stays until then. */
export function MeanwhileNotice({ said, onKeep, onTake }: MeanwhileNoticeProps) {
  const text = useTranslations('fieldDesk')
  return (
    <div className="grid gap-2">
      <Notice id="blocked" live icon={<CircleAlert size={18} />} title={text('meanwhile.title')}>
        {said} {text('meanwhile.kept')}
      </Notice>
      <div className="flex flex-wrap gap-2">
        <Button onClick={onKeep}>{text('meanwhile.keep')}</Button>
        <Button onClick={onTake}>{text('meanwhile.take')}</Button>
      </div>
    </div>
  )
}

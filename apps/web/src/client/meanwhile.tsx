'use client'
import { Notice } from '@fieldback/ui/notice'
import UsersRound from 'lucide-react/icons/users-round'
import { useTranslations } from 'next-intl'

/** Beside a form: what somebody else has put there since it was opened. Nothing when nobody has. */
export function Meanwhile({ now }: { now: readonly string[] }) {
  const text = useTranslations('meanwhile')
  if (now.length === 0) return null
  return (
    <div className="order-last col-span-full w-full max-w-160">
      <Notice icon={<UsersRound size={18} />} live>
        {text('now', { now: now.join(', ') })}
      </Notice>
    </div>
  )
}

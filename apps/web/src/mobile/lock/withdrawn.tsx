'use client'
import type { Locale } from '@fieldback/i18n/locale'
import { lockTexts } from '@fieldback/i18n/phone-lock'
import { Button } from '@fieldback/ui/button'
import { Empty } from '@fieldback/ui/empty'
import { PhoneScreen } from '@fieldback/ui/phone-screen'
import ShieldCheck from 'lucide-react/icons/shield-check'
import ShieldOff from 'lucide-react/icons/shield-off'

/** `working`: its work is being handed over; `stuck`: not all was taken; a number: so many pieces were, and nothing is left here. */
export type Withdrawal = 'working' | 'stuck' | number

/** All that a phone shows once it was withdrawn. */
export function Withdrawn({ now, locale }: { now: Withdrawal; locale: Locale }) {
  const text = lockTexts(locale)
  return (
    <PhoneScreen>
      <div role="status" className="grid flex-1 place-items-center">
        {typeof now === 'string' ? (
          <Empty
            icon={<ShieldOff size={28} />}
            title={text('withdrawn.working')}
            text={text(now === 'working' ? 'withdrawn.workingText' : 'withdrawn.stuck')}
          />
        ) : (
          <Empty
            icon={<ShieldCheck size={28} />}
            title={text('withdrawn.title')}
            text={now > 0 ? text('withdrawn.kept', { count: now }) : text('withdrawn.none')}
            action={
              <Button variant="primary" href="/signin?callbackUrl=%2Fm">
                {text('withdrawn.signIn')}
              </Button>
            }
          />
        )}
      </div>
    </PhoneScreen>
  )
}

'use client'
import { IconButton } from '@fieldback/ui/icon-button'
import { Notice } from '@fieldback/ui/notice'
import { OutboxPill } from '@fieldback/ui/outbox-pill'
import { PhoneScreen } from '@fieldback/ui/phone-screen'
import { ScreenTitle } from '@fieldback/ui/screen-title'
import { TabBar } from '@fieldback/ui/tab-bar'
import { TextLink } from '@fieldback/ui/text-link'
import { TopBar } from '@fieldback/ui/top-bar'
import ArrowLeft from 'lucide-react/icons/arrow-left'
import HandHeart from 'lucide-react/icons/hand-heart'
import KeyRound from 'lucide-react/icons/key-round'
import RefreshCw from 'lucide-react/icons/refresh-cw'
import SquarePen from 'lucide-react/icons/square-pen'
import Store from 'lucide-react/icons/store'
import Sun from 'lucide-react/icons/sun'
import { type ReactNode, useEffect, useMemo } from 'react'
import { usePhone, usePhoneState } from './phone.tsx'
import { paths, phoneLink, useRouter } from './router.tsx'
import { FirstLoad } from './sync/first-load.tsx'
import { countOutbox } from './sync/outbox-work.ts'

/** Which of the four places is lit; null for none. */
export type Place = 'today' | 'accounts' | 'report' | 'me' | null

type PhoneFrameProps = {
  title: string
  /** Above the title, small: the day, the person. */
  over?: ReactNode
  current: Place
  children: ReactNode
}

/** One of the four places: its title, the state of the outbox, and the bar to the other three. */
export function PhoneFrame({ title, over, current, children }: PhoneFrameProps) {
  useDocumentTitle(title)
  return (
    <PhoneScreen
      title={
        <ScreenTitle over={over} aside={<OutboxStatus />}>
          {title}
        </ScreenTitle>
      }
      bottom={<Places current={current} />}
    >
      <SyncNotice />
      <FirstLoad />
      {children}
    </PhoneScreen>
  )
}

type InnerFrameProps = {
  /** The page's heading, and what the browser calls it. */
  title: string
  sub?: ReactNode
  /** StickyBar; without it, the four places. */
  bottom?: ReactNode
  /** Instead of the outbox pill. */
  aside?: ReactNode
  /** Instead of going back where one came from. */
  onBack?: () => void
  children: ReactNode
}

/** A screen one came to from another: an arrow back, the state of the outbox, its title in the page. */
export function InnerFrame({ title, sub, bottom, aside, onBack, children }: InnerFrameProps) {
  const { texts } = usePhone()
  const router = useRouter()
  useDocumentTitle(title)
  return (
    <PhoneScreen
      top={
        <TopBar
          lead={
            <IconButton
              label={texts('common')('back')}
              icon={<ArrowLeft size={24} />}
              onClick={onBack ?? (() => router.back())}
            />
          }
          aside={aside ?? <OutboxStatus />}
        />
      }
      title={<ScreenTitle sub={sub}>{title}</ScreenTitle>}
      bottom={bottom ?? <Places current={null} />}
    >
      <SyncNotice />
      {children}
    </PhoneScreen>
  )
}

/** What the browser calls the screen. */
export const useDocumentTitle = (title: string): void => {
  useEffect(() => {
    document.title = `${title} · Fieldback`
  }, [title])
}

function Places({ current }: { current: Place }) {
  const text = usePhone().texts('common')
  return (
    <TabBar
      label={text('places.label')}
      renderLink={phoneLink}
      items={[
        {
          href: paths.today,
          icon: <Sun size={24} />,
          label: text('places.today'),
          current: current === 'today',
        },
        {
          href: paths.accounts,
          icon: <Store size={24} />,
          label: text('places.accounts'),
          current: current === 'accounts',
        },
        {
          href: paths.newReport,
          icon: <SquarePen size={24} />,
          label: text('places.report'),
          current: current === 'report',
          main: true,
        },
        {
          href: paths.me,
          icon: <HandHeart size={24} />,
          label: text('places.me'),
          current: current === 'me',
        },
      ]}
    />
  )
}

/** The outbox in words, the most urgent state alone: what only this phone has, then what needs a person. */
export function OutboxStatus() {
  const { texts } = usePhone()
  const state = usePhoneState()
  const text = texts('sync')
  const { phone, todo } = useMemo(() => countOutbox(state), [state])
  const kind = phone > 0 ? 'phone' : todo > 0 ? 'todo' : 'ok'
  if (kind !== 'phone' && !state.whole) return null
  return (
    <OutboxPill kind={kind} href={paths.outbox} renderLink={phoneLink}>
      {text(`pill.${kind}`, { count: phone > 0 ? phone : todo })}
    </OutboxPill>
  )
}

const loadNewest = () => import('./shell/newest-build.ts').then(({ loadNewest }) => loadNewest())

/** Says what stops the exchange when only the person can mend it; a missing network mends itself. */
function SyncNotice() {
  const { texts } = usePhone()
  const { sync } = usePhoneState()
  const text = texts('sync')
  if (sync === 'signed-out') {
    return (
      <Notice tone="quiet" icon={<KeyRound size={18} />} title={text('notice.signedOut')} live>
        {text('notice.signedOutText')}{' '}
        <TextLink href="/signin?callbackUrl=%2Fm">{text('notice.signIn')}</TextLink>
      </Notice>
    )
  }
  if (sync === 'outdated') {
    return (
      <Notice tone="quiet" icon={<RefreshCw size={18} />} title={text('notice.outdated')} live>
        {text('notice.outdatedText')} <TextLink onClick={loadNewest}>{text('notice.reload')}</TextLink>
      </Notice>
    )
  }
  return null
}

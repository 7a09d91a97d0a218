'use client'
import { type ComponentType, lazy, Suspense, use, useEffect, useState } from 'react'
import { TodayScreen } from './agenda/today-screen.tsx'
import { MissingScreenBoundary } from './missing-screen.tsx'
import { usePhone } from './phone.tsx'
import { useRouter } from './router.tsx'

// Today opens alone; the others come with their first use, or once the phone is idle, so that they open without network.
const LOAD = {
  accounts: () => import('./account/accounts-screen.tsx'),
  account: () => import('./account/account-screen.tsx'),
  newAccount: () => import('./account/new-account-screen.tsx'),
  contact: () => import('./account/contact-screen.tsx'),
  newCallback: () => import('./agenda/new-callback-screen.tsx'),
  newReport: () => import('./report/new-report-screen.tsx'),
  reportForm: () => import('./report/report-form-screen.tsx'),
  report: () => import('./report/report-screen.tsx'),
  saved: () => import('./report/saved-screen.tsx'),
  segment: () => import('./giveback/segment-screen.tsx'),
  forMe: () => import('./giveback/for-me-screen.tsx'),
  outbox: () => import('./sync/outbox-screen.tsx'),
  contest: () => import('./contest/contest-panel.tsx'),
  install: () => import('./shell/install-screen.tsx'),
} as const
const AccountsScreen = lazy(LOAD.accounts)
const AccountScreen = lazy(LOAD.account)
const NewAccountScreen = lazy(LOAD.newAccount)
const ContactScreen = lazy(LOAD.contact)
const NewCallbackScreen = lazy(LOAD.newCallback)
const NewReportScreen = lazy(LOAD.newReport)
const ReportFormScreen = lazy(LOAD.reportForm)
const ReportScreen = lazy(LOAD.report)
const SavedScreen = lazy(LOAD.saved)
const SegmentScreen = lazy(LOAD.segment)
const ForMeScreen = lazy(LOAD.forMe)
const OutboxScreen = lazy(LOAD.outbox)
const InstallScreen = lazy(LOAD.install)

/** Long enough after Today for what the person does first. */
const FETCH_AFTER = 8_000
/** Between two of them: all at once would hold up a tap on a slow phone for as long as half a second. */
const FETCH_EVERY = 200

export function Screens() {
  const [Shell, setShell] = useState<ComponentType | null>(null)
  useEffect(() => {
    const timers = Object.values(LOAD).map((load, at) =>
      // A screen that cannot be fetched now is asked for again when it is opened.
      setTimeout(() => load().catch(() => {}), FETCH_AFTER + at * FETCH_EVERY),
    )
    timers.push(
      setTimeout(() => {
        // The next opening tries again.
        import('./shell/shell.tsx').then(({ Shell }) => setShell(() => Shell)).catch(() => {})
      }, FETCH_AFTER),
    )
    return () => timers.forEach(clearTimeout)
  }, [])
  const { route } = useRouter()
  return (
    <MissingScreenBoundary at={JSON.stringify(route)}>
      <Suspense fallback={null}>
        <Screen />
      </Suspense>
      {Shell && <Shell />}
    </MissingScreenBoundary>
  )
}

function Screen() {
  const { route } = useRouter()
  const { whole } = usePhone().store
  // Before all is read, the others would say that there is nothing.
  if (route.screen !== 'today') use(whole)
  switch (route.screen) {
    case 'today':
      return <TodayScreen />
    case 'accounts':
      return <AccountsScreen />
    case 'account':
      return <AccountScreen accountId={route.accountId} />
    case 'new-account':
      return <NewAccountScreen />
    case 'new-contact':
      return <ContactScreen accountId={route.accountId} contactId={null} />
    case 'contact':
      return <ContactScreen accountId={null} contactId={route.contactId} />
    case 'new-callback':
      return <NewCallbackScreen accountId={route.accountId} />
    case 'new-report':
      return <NewReportScreen />
    case 'report-form':
      return <ReportFormScreen key={route.accountId} accountId={route.accountId} />
    case 'amend-report':
      return <ReportFormScreen key={route.reportId} reportId={route.reportId} />
    case 'report':
      return <ReportScreen reportId={route.reportId} />
    case 'saved':
      return <SavedScreen reportId={route.reportId} />
    case 'segment':
      return <SegmentScreen fieldId={route.fieldId} index={route.index} />
    case 'me':
      return <ForMeScreen />
    case 'outbox':
      return <OutboxScreen />
    case 'install':
      return <InstallScreen />
  }
}

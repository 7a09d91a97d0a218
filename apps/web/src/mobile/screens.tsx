'use client'
import { type ComponentType, Suspense, use, useEffect, useState } from 'react'
import { TodayScreen } from './agenda/today-screen.tsx'
import { AHEAD, later } from './later.tsx'
import { MissingScreenBoundary } from './missing-screen.tsx'
import { usePhone } from './phone.tsx'
import { useRouter } from './router.tsx'

// Today opens alone; the others come with their first use, or once the phone is idle, so that they open without network: first
// those that a day without one needs most.
const OutboxScreen = later(() => import('./sync/outbox-screen.tsx'))
const ReportFormScreen = later(() => import('./report/report-form-screen.tsx'))
const AccountScreen = later(() => import('./account/account-screen.tsx'))
const NewReportScreen = later(() => import('./report/new-report-screen.tsx'))
const AccountsScreen = later(() => import('./account/accounts-screen.tsx'))
const SavedScreen = later(() => import('./report/saved-screen.tsx'))
const NewAccountScreen = later(() => import('./account/new-account-screen.tsx'))
const ContactScreen = later(() => import('./account/contact-screen.tsx'))
const NewCallbackScreen = later(() => import('./agenda/new-callback-screen.tsx'))
const ReportScreen = later(() => import('./report/report-screen.tsx'))
const SegmentScreen = later(() => import('./giveback/segment-screen.tsx'))
const ForMeScreen = later(() => import('./giveback/for-me-screen.tsx'))
const RoundScreen = later(() => import('./agenda/round-screen.tsx'))
const SectorsScreen = later(() => import('./territory/sectors-screen.tsx'))
const InstallScreen = later(() => import('./shell/install-screen.tsx'))
AHEAD.push(() => import('./giveback/trend-proof.tsx').catch(() => {}))

/** Long enough after Today for what the person does first. */
const FETCH_AFTER = 8_000
/** Between two of them: all at once would hold up a tap on a slow phone for as long as half a second. */
const FETCH_EVERY = 200

export function Screens() {
  const [Shell, setShell] = useState<ComponentType | null>(null)
  useEffect(() => {
    const timers = AHEAD.map((fetch, at) => setTimeout(fetch, FETCH_AFTER + at * FETCH_EVERY))
    timers.push(
      setTimeout(() => {
        // The next opening tries again.
        import('./shell/shell.tsx').then(({ Shell }) => setShell(() => Shell)).catch(() => {})
      }, FETCH_AFTER),
    )
    return () => timers.forEach(clearTimeout)
  }, [])
  const { route } = useRouter()
  const filling = route.screen === 'report-form' || route.screen === 'amend-report'
  // What a report gives back is shown once it is kept: its screen is fetched while the form is filled in.
  useEffect(() => {
    if (filling) void SavedScreen.fetch()
  }, [filling])
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
    case 'sectors':
      return <SectorsScreen />
    case 'round':
      return <RoundScreen />
    case 'install':
      return <InstallScreen />
  }
}

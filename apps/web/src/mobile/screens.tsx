'use client'
import { lazy, Suspense } from 'react'
import { TodayScreen } from './agenda/today-screen.tsx'
import { useRouter } from './router.tsx'

// Today opens alone; the other screens come with their first use and are kept by the browser's cache.
const AccountsScreen = lazy(() => import('./account/accounts-screen.tsx'))
const AccountScreen = lazy(() => import('./account/account-screen.tsx'))
const NewAccountScreen = lazy(() => import('./account/new-account-screen.tsx'))
const ContactScreen = lazy(() => import('./account/contact-screen.tsx'))
const NewCallbackScreen = lazy(() => import('./agenda/new-callback-screen.tsx'))
const NewReportScreen = lazy(() => import('./report/new-report-screen.tsx'))
const ReportFormScreen = lazy(() => import('./report/report-form-screen.tsx'))
const ReportScreen = lazy(() => import('./report/report-screen.tsx'))
const SavedScreen = lazy(() => import('./report/saved-screen.tsx'))
const SegmentScreen = lazy(() => import('./giveback/segment-screen.tsx'))
const ForMeScreen = lazy(() => import('./giveback/for-me-screen.tsx'))
const OutboxScreen = lazy(() => import('./sync/outbox-screen.tsx'))

export function Screens() {
  return (
    <Suspense fallback={null}>
      <Screen />
    </Suspense>
  )
}

function Screen() {
  const { route } = useRouter()
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
  }
}

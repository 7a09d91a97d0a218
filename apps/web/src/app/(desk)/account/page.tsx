import { getTranslations } from 'next-intl/server'
import { OwnAccountScreen } from '../../../features/access/own-account-screen.tsx'
import { ReceivedNotice } from '../../../features/delegation/received-notice.tsx'

export async function generateMetadata() {
  const text = await getTranslations('accessDesk')
  return { title: text('account.page') }
}

export default function Page() {
  return (
    <OwnAccountScreen>
      <ReceivedNotice />
    </OwnAccountScreen>
  )
}

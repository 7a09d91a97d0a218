import { getTranslations } from 'next-intl/server'
import { OwnAccountScreen } from '../../../features/access/own-account-screen.tsx'

export async function generateMetadata() {
  const text = await getTranslations('accessDesk')
  return { title: text('account.page') }
}

export default function Page() {
  return <OwnAccountScreen />
}

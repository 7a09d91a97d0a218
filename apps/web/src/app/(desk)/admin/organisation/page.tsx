import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { SignInRules } from '../../../../features/access/sign-in-rules.tsx'
import { KeptLevels } from '../../../../features/delegation/kept-levels.tsx'
import { SettingsScreen } from '../../../../features/org/settings-screen.tsx'
import { RetentionRule } from '../../../../features/retention/retention-rule.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('org'))('settings.page') }
}

export default function Page() {
  return (
    <SettingsScreen>
      <KeptLevels />
      <SignInRules />
      <RetentionRule />
    </SettingsScreen>
  )
}

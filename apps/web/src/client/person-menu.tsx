'use client'
import { useQuery } from '@tanstack/react-query'
import LogOut from 'lucide-react/icons/log-out'
import UserRound from 'lucide-react/icons/user-round'
import { useTranslations } from 'next-intl'
import { leave } from './leave.ts'
import { LocaleSwitch } from './locale-switch.tsx'
import { useMember } from './member.tsx'
import { PageLink } from './next-link.tsx'
import { OrganisationSwitcher } from './organisation-switcher.tsx'
import { useTRPC } from './trpc.tsx'
import { useErrorSentence } from './use-error-sentence.ts'

/** What opens above one's name at the desk: other organisations, language, the way out. */
export function PersonMenu() {
  const text = useTranslations('access')
  const member = useMember()
  const sentence = useErrorSentence()
  const organisations = useQuery(useTRPC().access.organisations.queryOptions())
  return (
    <div className="flex flex-col gap-1">
      <OrganisationSwitcher
        organisations={organisations.data ?? []}
        current={member.membershipId}
        labels={{ title: text('menu.switch'), current: text('menu.current') }}
        sentence={sentence}
      />
      <div className="px-2.5">
        <LocaleSwitch signedIn />
      </div>
      <PageLink
        href="/account"
        className="flex min-h-11 w-full items-center gap-2 rounded-[10px] px-2.5 text-left text-small transition-colors hover:bg-sunken"
      >
        <UserRound size={16} />
        {text('menu.account')}
      </PageLink>
      <button
        type="button"
        onClick={leave}
        className="flex min-h-11 w-full items-center gap-2 rounded-[10px] px-2.5 text-left text-small transition-colors hover:bg-sunken"
      >
        <LogOut size={16} />
        {text('menu.signOut')}
      </button>
    </div>
  )
}

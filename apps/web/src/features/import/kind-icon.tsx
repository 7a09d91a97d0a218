import type { ImportKind } from '@fieldback/domain/import/import'
import ContactRound from 'lucide-react/icons/contact-round'
import Network from 'lucide-react/icons/network'
import Store from 'lucide-react/icons/store'
import Users from 'lucide-react/icons/users'
import type { ReactNode } from 'react'

export const KIND_ICONS: Readonly<Record<ImportKind, ReactNode>> = {
  territories: <Network size={18} />,
  people: <Users size={18} />,
  accounts: <Store size={18} />,
  contacts: <ContactRound size={18} />,
}

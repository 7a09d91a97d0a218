import { nameKey } from '@fieldback/domain/account/normalise'
import { contactName } from '../../account/reach.ts'
import type { PhoneState } from '../../data/store.ts'

type Rows = Pick<PhoneState['rows'], 'accounts' | 'contacts'>
type Found = { readonly id: string; readonly name: string; readonly beside: string }

/**
 * People of whom every word typed begins a word of their name or of their account's; those named so first, then by name.
 */
export function findContacts({ accounts, contacts }: Rows, typed: string): Found[] {
  const words = nameKey(typed).split(' ')
  const begins = (key: string): boolean => words.every((word) => ` ${key}`.includes(` ${word}`))
  return [...contacts.values()]
    .flatMap((contact) => {
      const name = contactName(contact)
      const beside = accounts.get(contact.accountId)?.name ?? ''
      const key = nameKey(name)
      const at = begins(key) ? 0 : begins(`${key} ${nameKey(beside)}`) ? 1 : null
      return at === null ? [] : [{ id: contact.id, name, beside, at }]
    })
    .sort((a, b) => a.at - b.at || (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1))
    .map(({ id, name, beside }) => ({ id, name, beside }))
}

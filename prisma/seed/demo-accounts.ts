import type { Role } from '@fieldback/domain/access/permissions'

const DEMO_PASSWORD = 'fieldback-demo'

export type DemoAccount = {
  readonly email: string
  readonly password: string
  readonly role: Role
  readonly name: string
  /** Where the role is held, in the words of the tree. */
  readonly place: string
}

const account = (email: string, name: string, role: Role, place: string): DemoAccount => ({
  email,
  password: DEMO_PASSWORD,
  role,
  name,
  place,
})

/** Who can sign in with a password after the seed; regional@ also manages the second organisation. */
export const DEMO_ACCOUNTS = {
  rep: account('rep@demo.fieldback.test', 'Maialen Iribarne', 'rep', 'Pays Basque'),
  local: account('local@demo.fieldback.test', 'Claire Barneix', 'manager', 'Pyrénées-Atlantiques'),
  regional: account('regional@demo.fieldback.test', 'Élodie Castaing', 'manager', 'Nouvelle-Aquitaine'),
  hq: account('hq@demo.fieldback.test', 'Hélène Marchetti', 'headquarters', 'France'),
  admin: account('admin@demo.fieldback.test', 'Paul Vasseur', 'administrator', 'France'),
  other: account('rep@other.fieldback.test', 'Baptiste Roques', 'rep', 'Toulouse'),
} as const

/** The same as a list, in the order they are printed. */
export const demoAccounts: readonly DemoAccount[] = Object.values(DEMO_ACCOUNTS)

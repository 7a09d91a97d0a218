import type { Answers } from '@fieldback/domain/field/answer'
import type { ReportRow } from '@fieldback/domain/sync/pull'
import type { NewOperation } from '../src/mobile/data/outbox.ts'
import type { PhoneState } from '../src/mobile/data/store.ts'
import type { Dice } from './dice.ts'
import type { Ground } from './server.ts'

const DAY = '2026-11-20'

/** What a person does in one save, from what the screen shows; every text is found nowhere else. */
export function makeSave(state: PhoneState, ground: Ground, chance: Dice): NewOperation[] {
  const text = (): string => `texte ${chance.newId().slice(0, 13)}`
  const { rows, identity } = state
  const account = chance.pick([...rows.accounts.values()].toSorted(byId))
  const own = [...rows.reports.values()].filter(
    ({ authorId, status }) => authorId === identity.membershipId && status !== 'withdrawn',
  )
  const report = own.length > 0 ? chance.pick(own.toSorted(byId)) : null
  const contacts = [...rows.contacts.values()].toSorted(byId)
  const contact = contacts.length > 0 ? chance.pick(contacts) : null
  const callbacks = [...rows.callbacks.values()].filter(({ done }) => !done).toSorted(byId)
  if (!account) return [prospect(text(), ground, chance.newId())]
  const filed = (): NewOperation => visit(account.id, text(), state, ground, chance)
  const moved: NewOperation = {
    kind: 'account.update',
    entityId: account.id,
    base: account.version,
    body: { city: text() },
  }
  const callback = (entityId: string): NewOperation => ({
    kind: 'callback.set',
    entityId,
    base: 0,
    body: { accountId: account.id, contactId: null, dueDay: '2026-12-01', reason: text() },
  })
  switch (chance.roll(12)) {
    case 0:
    case 1:
      return [moved]
    case 2:
    case 3:
      return report ? [amended(report, text())] : [filed()]
    case 4:
      return report
        ? [{ kind: 'report.withdraw', entityId: report.id, base: report.version, body: { reason: null } }]
        : [filed()]
    case 5:
      return [prospect(text(), ground, chance.newId())]
    case 6:
      return [
        {
          kind: 'contact.create',
          entityId: chance.newId(),
          base: 0,
          body: {
            accountId: account.id,
            firstName: '',
            lastName: 'Etchart',
            jobTitle: text(),
            phone: null,
            email: null,
            values: {},
          },
        },
        filed(),
      ]
    case 7:
      return contact
        ? [
            {
              kind: 'contact.update',
              entityId: contact.id,
              base: contact.version,
              body: { jobTitle: text() },
            },
          ]
        : [filed()]
    case 8: {
      const [due] = callbacks
      return due
        ? [{ kind: 'callback.done', entityId: due.id, base: due.version, body: {} }]
        : [callback(chance.newId())]
    }
    case 9:
      return [moved, filed(), callback(chance.newId())]
    default:
      return [filed()]
  }
}

/** A report whose answer is a photo; null where no account is shown. */
export function makePhotoReport(
  { rows }: PhoneState,
  ground: Ground,
  chance: Dice,
  photoId: string,
): NewOperation | null {
  const ids = [...rows.accounts.keys()].toSorted()
  if (ids.length === 0) return null
  const values = { [ground.photoFieldId]: { v: 1, x: [photoId] } }
  return visitWith(chance.pick(ids), `photo ${chance.newId().slice(0, 13)}`, values, chance.newId())
}

/** What the server sets aside: another branch, an account nobody knows, an answer that is none. */
export function makeRefused(state: PhoneState, ground: Ground, chance: Dice): NewOperation[] {
  const known = ground.accountIds[0] ?? ''
  const accountId = chance.pick([ground.foreignId, chance.newId(), known])
  const filed = visit(accountId, `à part ${chance.newId().slice(0, 13)}`, state, ground, chance)
  if (accountId !== known || filed.kind !== 'report.create') return [filed]
  return [{ ...filed, body: { ...filed.body, values: { [ground.fieldId]: { v: 1, x: 'peut-être' } } } }]
}

function visit(
  accountId: string,
  note: string,
  state: PhoneState,
  { fieldId }: Ground,
  chance: Dice,
): NewOperation {
  const asked = state.frame.fields.find(({ id }) => id === fieldId)
  const entityId = chance.newId()
  const values: Answers =
    asked && chance.chance(0.6) ? { [fieldId]: { v: asked.version, x: chance.chance(0.5) } } : {}
  return visitWith(accountId, note, values, entityId)
}

function visitWith(accountId: string, note: string, values: Answers, entityId: string): NewOperation {
  return {
    kind: 'report.create',
    entityId,
    base: 0,
    body: {
      accountId,
      contactId: null,
      kind: 'visit',
      outcome: 'order',
      day: DAY,
      note,
      fieldSet: 'unknown',
      values,
      seconds: {},
      durationSeconds: 30,
    },
  }
}

const amended = ({ id, version }: ReportRow, note: string): NewOperation => ({
  kind: 'report.amend',
  entityId: id,
  base: version,
  body: { note },
})

const prospect = (city: string, { home }: Ground, entityId: string): NewOperation => ({
  kind: 'account.create',
  entityId,
  base: 0,
  body: {
    territoryId: home,
    kind: 'prospect',
    name: 'Fromagerie Harispe',
    activity: null,
    phone: null,
    email: null,
    street: null,
    postcode: null,
    city,
    latitude: null,
    longitude: null,
    values: {},
  },
})

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1)

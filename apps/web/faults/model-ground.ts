import type { DatedGrant } from '@fieldback/domain/access/scope'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import type { AccountState, ContactState } from '@fieldback/domain/sync/state'
import type { Member, ModelGround } from './model-server.ts'
import type { Caller } from './server.ts'

const ACCOUNTS_AT_HOME = 3

const account = (id: string, territoryId: string, name: string): AccountState => ({
  id,
  territoryId,
  kind: 'client',
  name,
  ref: null,
  activity: null,
  street: null,
  postcode: null,
  city: null,
  latitude: null,
  longitude: null,
  phone: null,
  phoneRaw: null,
  email: null,
  emailRaw: null,
  visitEveryDays: 60,
  priority: 0,
  priorityReason: null,
  lastVisitDay: null,
  values: {},
  version: 1,
})

const contact = (id: string, accountId: string): ContactState => ({
  id,
  accountId,
  firstName: 'Maider',
  lastName: 'Harispe',
  jobTitle: null,
  phone: null,
  phoneRaw: null,
  email: null,
  emailRaw: null,
  optedOut: false,
  values: {},
  version: 1,
})

/** Two homes under one top, two reps on two phones, a few accounts: small, so that schedules meet in the same rows. */
export function modelGround(newId: () => string): ModelGround {
  const [top, home, elsewhere] = [newId(), newId(), newId()]
  const territory = (id: string, parentId: string | null, rank: 0 | 3, path: string): TerritoryRow => ({
    id,
    parentId,
    rank,
    name: id,
    path,
  })
  const territories = [
    territory(top, null, 0, `${top}/`),
    territory(home, top, 3, `${top}/${home}/`),
    territory(elsewhere, top, 3, `${top}/${elsewhere}/`),
  ]
  const members = new Map<string, Member>()
  const join = (displayName: string, role: DatedGrant['role'], territoryId: string): string => {
    const membershipId = newId()
    const path = territories.find(({ id }) => id === territoryId)?.path ?? ''
    members.set(membershipId, {
      displayName,
      assignments: [
        { assignmentId: newId(), role, territoryId, path, validFrom: '2020-01-01', validTo: null },
      ],
    })
    return membershipId
  }
  const rep = (name: string) => {
    const membershipId = join(name, 'rep', home)
    const caller = (): Caller => ({ membershipId, deviceId: newId() })
    return { name, callers: [caller(), caller()] as const }
  }
  const atHome = Array.from({ length: ACCOUNTS_AT_HOME }, (_, index) =>
    account(newId(), home, `Compte ${index + 1}`),
  )
  const foreign = account(newId(), elsewhere, 'Compte du voisin')
  const contacts = atHome.map(({ id }) => contact(newId(), id))
  const photoField: FieldDefinition = {
    id: newId(),
    territoryId: home,
    entity: 'report',
    key: 'rayon',
    version: 1,
    retired: false,
    slot: null,
    spec: {
      label: { fr: 'Photo du rayon' },
      why: { fr: 'Pour la prochaine visite' },
      type: 'photo',
      options: [],
      max: 1,
      required: false,
      reportable: false,
      shared: false,
      position: 1,
      givebacks: [{ kind: 'badge' }],
    },
  }
  const field: FieldDefinition = {
    id: newId(),
    territoryId: home,
    entity: 'report',
    key: 'humeur',
    version: 1,
    retired: false,
    slot: null,
    spec: {
      label: { fr: 'De bonne humeur ?' },
      why: { fr: 'Pour la prochaine visite' },
      type: 'yes_no',
      options: [],
      required: false,
      reportable: false,
      shared: false,
      position: 0,
      givebacks: [{ kind: 'badge' }],
    },
  }
  return {
    epoch: newId(),
    territories,
    members,
    accounts: [...atHome, foreign],
    contacts,
    field,
    photoField,
    ground: {
      home,
      elsewhere,
      fieldId: field.id,
      photoFieldId: photoField.id,
      accountIds: atHome.map(({ id }) => id),
      contactId: contacts[0]?.id ?? '',
      foreignId: foreign.id,
      reps: [rep('Maialen Iribarne'), rep('Beñat Etcheverry')],
      manager: { membershipId: join('Amaia Duhalde', 'manager', top), deviceId: newId() },
    },
  }
}

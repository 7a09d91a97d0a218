import { randomUUID } from 'node:crypto'
import { unqualified, watchStatements } from '@fieldback/db/every-statement.fixture'
import { ROLE_PERMISSIONS, ROLES, type Role } from '@fieldback/domain/access/permissions'
import type { AnyTRPCProcedure } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SessionIds } from './context.ts'
import { arrangeImport } from './import/arrange-import.fixture.ts'
import { arrangeInsight } from './insight/arrange-insight.fixture.ts'
import { appRouter } from './root.ts'
import { arrangeScenario } from './scenario/arrange-scenario.fixture.ts'
import {
  arrangeAside,
  arrangeDelegation,
  arrangeField,
  arrangeReport,
  openTestWorld,
  type TestOrg,
  type TestWorld,
  WORLD_NOW,
} from './test-world.ts'

/** The ids that inputs are made of: of the caller's branch, of a neighbour's branch, or of another organisation. */
type Ids = {
  readonly territoryId: string
  readonly parentId: string
  readonly accountId: string
  readonly fieldId: string
  readonly assignmentId: string
  readonly membershipId: string
  readonly deviceId: string
  readonly importId: string
  readonly reportId: string
  readonly conceptId: string
  readonly listId: string
  readonly itemId: string
  readonly delegationId: string
  readonly asideId: string
  readonly noteId: string
  readonly gestureId: string
  readonly objectiveId: string
  readonly viewId: string
  readonly insightKey: string
  readonly scenarioId: string
  readonly colleagueId: string
  readonly replacementId: string
  readonly reassignmentId: string
}

type Case = {
  /** Somebody who may call it in his own branch. */
  readonly as: keyof TestOrg['people']
  readonly input: (ids: Ids) => unknown
  /** Codes for a neighbour's ids and for another organisation's; null when the input names nothing. */
  readonly sideways: string | null
  readonly foreign: string | null
}

const period = { basis: 'today', period: { from: '2026-01', to: '2026-11' } } as const
const spec = {
  label: { fr: 'Question' },
  why: { fr: 'Pour le test' },
  type: 'yes_no',
  reportable: true,
  givebacks: [{ kind: 'badge' }],
} as const

const concept = { label: { fr: 'Concept' }, type: 'yes_no', options: [] } as const
const FIELDS_FILE = JSON.stringify({ fieldback: 'fields', version: 1, questions: [] })

const atPlace = (as: Case['as'], more: object = {}): Case => ({
  as,
  input: ({ territoryId }) => ({ territoryId, ...more }),
  sideways: 'FORBIDDEN',
  foreign: 'NOT_FOUND',
})
const nothingNamed = (as: Case['as'], input?: object): Case => ({
  as,
  input: () => input,
  sideways: null,
  foreign: null,
})
const ofParent = (more: object = {}): Case => ({
  as: 'local',
  input: ({ parentId }) => ({ territoryId: parentId, ...more }),
  sideways: 'FORBIDDEN',
  foreign: 'NOT_FOUND',
})
const OBJECTIVE = {
  segment: { kind: null, answer: null },
  everyWeeks: null,
  fromDay: '2026-11-20',
  toDay: '2026-12-20',
} as const
const ofObjective = (): Case => ({
  as: 'local',
  input: ({ objectiveId }) => ({ objectiveId }),
  sideways: 'FORBIDDEN',
  foreign: 'NOT_FOUND',
})
const ofWholeOrganisation = (key: 'membershipId' | 'deviceId'): Case => ({
  as: 'admin',
  input: (ids) => ({ [key]: ids[key] }),
  sideways: null,
  foreign: 'NOT_FOUND',
})
const ofField = (): Case => ({
  as: 'local',
  input: ({ fieldId }) => ({ fieldId }),
  sideways: 'FORBIDDEN',
  foreign: 'NOT_FOUND',
})
const ofList = (more: object = {}): Case => ({
  as: 'local',
  input: ({ territoryId, listId }) => ({ territoryId, listId, ...more }),
  sideways: 'FORBIDDEN',
  foreign: 'NOT_FOUND',
})
const ofItem = (): Case => ({
  as: 'local',
  input: ({ itemId }) => ({ itemIds: [itemId] }),
  sideways: 'FORBIDDEN',
  foreign: 'NOT_FOUND',
})
const promotion = (): Case => ({
  as: 'local',
  input: ({ territoryId, fieldId }) => ({
    territoryId,
    entity: 'report',
    spec,
    sources: [{ fieldId, version: 1, map: { true: 'true', false: 'false' } }],
  }),
  sideways: 'FORBIDDEN',
  foreign: 'NOT_FOUND',
})
const retyping = (): Case => ({
  as: 'local',
  input: ({ fieldId }) => ({ fieldId, version: 1, spec, way: { map: {}, steps: [] } }),
  sideways: 'FORBIDDEN',
  foreign: 'NOT_FOUND',
})
const mergingPlaces = (): Case => ({
  as: 'local',
  input: ({ territoryId, parentId }) => ({ territoryId, intoId: parentId }),
  sideways: 'FORBIDDEN',
  foreign: 'NOT_FOUND',
})
const splitting = ({ to }: { readonly to?: object }): Case => ({
  as: 'local',
  input: ({ territoryId, parentId }) => ({
    fromId: territoryId,
    rule: { by: 'all' },
    ...(to && { to: { ...to, parentId } }),
  }),
  sideways: 'FORBIDDEN',
  foreign: 'NOT_FOUND',
})
const ofDelegation = (): Case => ({
  as: 'local',
  input: ({ delegationId }) => ({ delegationId }),
  sideways: 'FORBIDDEN',
  foreign: 'NOT_FOUND',
})
const reassigning = (): Case => ({
  as: 'local',
  input: ({ territoryId }) => ({ filter: { territoryId }, toId: territoryId }),
  sideways: 'FORBIDDEN',
  foreign: 'NOT_FOUND',
})
const ofReassignment = (): Case => ({
  as: 'local',
  input: ({ reassignmentId }) => ({ reassignmentId }),
  sideways: 'FORBIDDEN',
  foreign: 'NOT_FOUND',
})
const ofImport = (more: object = {}): Case => ({
  as: 'admin',
  input: ({ importId }) => ({ importId, ...more }),
  sideways: null,
  foreign: 'NOT_FOUND',
})
const ofNote = (more: object = {}): Case => ({
  as: 'local',
  input: ({ noteId }) => ({ noteId, ...more }),
  sideways: 'FORBIDDEN',
  foreign: 'NOT_FOUND',
})
const ofScenario = (more: object = {}): Case => ({
  as: 'local',
  input: ({ scenarioId }) => ({ scenarioId, ...more }),
  sideways: 'FORBIDDEN',
  foreign: 'NOT_FOUND',
})
const ofView = (more: object = {}): Case => ({
  as: 'local',
  input: ({ viewId }) => ({ viewId, ...more }),
  sideways: 'NOT_FOUND',
  foreign: 'NOT_FOUND',
})
const keptView = { name: 'Vue', query: 'm=orders', territoryId: null } as const
const ofAside = (more: object = {}): Case => ({
  as: 'local',
  input: ({ asideId }) => ({ itemId: asideId, ...more }),
  sideways: 'FORBIDDEN',
  foreign: 'NOT_FOUND',
})
const figures = (more: object = {}): Case => atPlace('local', { ...period, ...more })

/** One entry a procedure: a new procedure without one fails the test below. */
const CASES: Readonly<Record<string, Case>> = {
  'access.organisations': nothingNamed('basqueRep'),
  'access.setLocale': nothingNamed('basqueRep', { locale: 'fr' }),
  'access.ownAccount': nothingNamed('basqueRep'),
  'access.signOutDevice': {
    as: 'basqueRep',
    input: ({ deviceId }) => ({ deviceId }),
    sideways: 'NOT_FOUND',
    foreign: 'NOT_FOUND',
  },
  'access.people': nothingNamed('admin', {}),
  'access.person': ofWholeOrganisation('membershipId'),
  'access.setPerson': {
    as: 'admin',
    input: ({ membershipId }) => ({ membershipId, displayName: 'Maya Etcheverry', locale: 'fr' }),
    sideways: null,
    foreign: 'NOT_FOUND',
  },
  'access.inviteAgain': ofWholeOrganisation('membershipId'),
  'access.resetSignIn': ofWholeOrganisation('membershipId'),
  'access.signInRules': nothingNamed('admin'),
  'access.setSignInRules': nothingNamed('admin', {
    password: true,
    link: true,
    deskDays: 30,
    phoneDays: 30,
  }),
  'access.invite': {
    as: 'admin',
    input: ({ territoryId }) => ({
      people: [
        {
          email: `invited-${territoryId}@example.test`,
          displayName: 'Somebody new',
          locale: null,
          roles: [{ role: 'rep', territoryId, validFrom: '2026-11-20', validTo: null }],
        },
      ],
    }),
    sideways: null,
    foreign: 'NOT_FOUND',
  },
  'access.revokeMembership': ofWholeOrganisation('membershipId'),
  'access.restoreMembership': ofWholeOrganisation('membershipId'),
  'access.revokeDevice': ofWholeOrganisation('deviceId'),
  'access.restoreDevice': ofWholeOrganisation('deviceId'),
  'account.list': atPlace('local'),
  'account.move': {
    as: 'local',
    input: ({ accountId, territoryId }) => ({ accountIds: [accountId], territoryId }),
    sideways: 'FORBIDDEN',
    foreign: 'NOT_FOUND',
  },
  'account.arrivals': atPlace('local'),
  'account.chosenBy': atPlace('local'),
  'account.previewReassign': reassigning(),
  'account.reassign': reassigning(),
  'account.reassignments': atPlace('local'),
  'account.undoReassign': ofReassignment(),
  'account.keptBack': ofReassignment(),
  'analytics.beside': atPlace('local'),
  'analytics.changes': atPlace('local', { period: period.period }),
  'analytics.place': atPlace('local'),
  'analytics.countedUntil': nothingNamed('local'),
  'analytics.fields': atPlace('local'),
  'analytics.ask': figures({ measure: { of: 'count' } }),
  'analytics.overview': figures({ grain: 'month' }),
  'analytics.byTerritory': figures(),
  'analytics.distribution': {
    as: 'local',
    input: ({ territoryId, fieldId }) => ({ territoryId, fieldId, ...period }),
    sideways: 'FORBIDDEN',
    foreign: 'NOT_FOUND',
  },
  'analytics.trend': figures({ measure: { of: 'orders' } }),
  'assignment.list': atPlace('local'),
  'assignment.people': nothingNamed('local'),
  'assignment.ended': atPlace('local'),
  'assignment.replacements': atPlace('local'),
  'assignment.ofPerson': {
    as: 'local',
    input: ({ membershipId }) => ({ membershipId }),
    sideways: 'NOT_FOUND',
    foreign: 'NOT_FOUND',
  },
  'assignment.replace': {
    as: 'local',
    input: ({ membershipId, colleagueId }) => ({
      absentId: membershipId,
      substituteId: colleagueId,
      validFrom: '2026-12-10',
      validTo: '2026-12-20',
    }),
    sideways: 'NOT_FOUND',
    foreign: 'NOT_FOUND',
  },
  'assignment.endReplacement': {
    as: 'local',
    input: ({ replacementId }) => ({ replacementId, lastDay: '2026-11-25' }),
    sideways: 'FORBIDDEN',
    foreign: 'NOT_FOUND',
  },
  'assignment.assign': {
    as: 'local',
    input: ({ membershipId, territoryId }) => ({
      membershipId,
      territoryId,
      role: 'rep',
      validFrom: '2026-11-21',
      validTo: null,
    }),
    sideways: 'FORBIDDEN',
    foreign: 'NOT_FOUND',
  },
  'assignment.end': {
    as: 'local',
    input: ({ assignmentId }) => ({ assignmentId, lastDay: '2026-12-01' }),
    sideways: 'FORBIDDEN',
    foreign: 'NOT_FOUND',
  },
  'audit.list': nothingNamed('admin', {}),
  'audit.people': nothingNamed('admin'),
  'audit.beginExport': nothingNamed('admin', {}),
  'coaching.view': atPlace('local', { span: 'month' }),
  'coaching.behind': atPlace('local', { span: 'month', figure: 'known' }),
  'coaching.notes': atPlace('local'),
  'coaching.write': {
    as: 'local',
    input: ({ territoryId, membershipId, accountId }) => ({
      territoryId,
      memberId: membershipId,
      about: { kind: 'account', id: accountId },
      text: 'Bravo',
    }),
    sideways: 'FORBIDDEN',
    foreign: 'NOT_FOUND',
  },
  'coaching.edit': ofNote({ text: 'Autrement' }),
  'coaching.withdraw': ofNote(),
  'contest.list': atPlace('local'),
  'contest.answer': {
    as: 'local',
    input: ({ fieldId }) => ({ fieldId, contestIds: [fieldId], kind: 'change' }),
    sideways: 'FORBIDDEN',
    foreign: 'NOT_FOUND',
  },
  'delegation.list': atPlace('local'),
  'delegation.receivers': atPlace('local'),
  'delegation.received': nothingNamed('basqueRep'),
  'delegation.give': {
    as: 'local',
    input: ({ membershipId, territoryId }) => ({
      receiverId: membershipId,
      territoryId,
      validFrom: '2026-11-21',
      validTo: null,
    }),
    sideways: 'FORBIDDEN',
    foreign: 'NOT_FOUND',
  },
  'delegation.takeBack': ofDelegation(),
  'delegation.giveAgain': ofDelegation(),
  'delegation.levels': nothingNamed('admin'),
  'delegation.keepLevels': nothingNamed('admin', { ranks: [] }),
  'field.list': atPlace('local'),
  'field.below': {
    as: 'local',
    input: ({ territoryId }) => ({ territoryId, cursor: territoryId }),
    sideways: 'FORBIDDEN',
    foreign: 'NOT_FOUND',
  },
  'field.effective': atPlace('local'),
  'field.get': ofField(),
  'field.check': atPlace('local', { entity: 'report', fieldId: null, spec }),
  'field.publish': atPlace('local', { entity: 'report', spec }),
  'field.inherited': {
    as: 'local',
    input: ({ territoryId, fieldId }) => ({ territoryId, fieldId }),
    sideways: 'FORBIDDEN',
    foreign: 'NOT_FOUND',
  },
  'field.affected': {
    as: 'local',
    input: ({ territoryId, fieldId }) => ({ territoryId, fieldId }),
    sideways: 'FORBIDDEN',
    foreign: 'NOT_FOUND',
  },
  'field.tighten': {
    as: 'local',
    input: ({ territoryId, fieldId }) => ({ territoryId, fieldId, spec: {} }),
    sideways: 'FORBIDDEN',
    foreign: 'NOT_FOUND',
  },
  'field.exportFile': atPlace('local', { branch: true }),
  'field.tryImport': atPlace('local', { text: FIELDS_FILE }),
  'field.importFile': atPlace('local', { text: FIELDS_FILE, chosen: [{ at: 0, baseVersion: null }] }),
  'field.reorder': atPlace('local', { entity: 'report', order: [] }),
  'field.untranslated': atPlace('local'),
  'field.copyable': atPlace('local'),
  'field.translate': {
    as: 'local',
    input: ({ fieldId }) => ({ fieldId, baseVersion: 1, words: { label: 'Question' } }),
    sideways: 'FORBIDDEN',
    foreign: 'NOT_FOUND',
  },
  'field.translateAdded': {
    as: 'local',
    input: ({ territoryId, fieldId }) => ({ territoryId, fieldId, baseVersion: 1, words: { help: 'Help' } }),
    sideways: 'FORBIDDEN',
    foreign: 'NOT_FOUND',
  },
  'field.dependants': ofField(),
  'field.retire': ofField(),
  'field.restore': ofField(),
  'field.twins': atPlace('local'),
  'field.promotions': atPlace('local'),
  'field.setApart': {
    as: 'local',
    input: ({ territoryId, fieldId }) => ({ territoryId, a: fieldId, b: fieldId }),
    sideways: 'FORBIDDEN',
    foreign: 'NOT_FOUND',
  },
  'field.previewPromotion': promotion(),
  'field.promote': promotion(),
  'field.undoPromotion': ofField(),
  'field.previewRetype': retyping(),
  'field.retype': retyping(),
  'insight.list': atPlace('local'),
  'insight.judge': {
    as: 'local',
    input: ({ insightKey }) => ({ key: insightKey, useful: false }),
    sideways: 'NOT_FOUND',
    foreign: 'NOT_FOUND',
  },
  'list.list': atPlace('local'),
  'list.read': ofList(),
  'list.offered': ofList(),
  'list.create': atPlace('local', { name: { fr: 'Produits' } }),
  'list.rename': {
    as: 'local',
    input: ({ listId }) => ({ listId, name: { fr: `Autre ${listId}` }, known: { fr: `Liste ${listId}` } }),
    sideways: 'FORBIDDEN',
    foreign: 'NOT_FOUND',
  },
  'list.addItem': ofList({ item: { label: { fr: 'Pétrin' } } }),
  'list.tryItems': ofList({ text: 'P;Pelle' }),
  'list.pasteItems': ofList({ text: 'P;Pelle' }),
  'list.setItem': {
    as: 'local',
    input: ({ itemId }) => ({ itemId, item: { label: { fr: 'Four' } }, known: { label: { fr: 'Four' } } }),
    sideways: 'FORBIDDEN',
    foreign: 'NOT_FOUND',
  },
  'list.retireItems': ofItem(),
  'list.restoreItems': ofItem(),
  'list.retire': {
    as: 'local',
    input: ({ listId }) => ({ listId }),
    sideways: 'FORBIDDEN',
    foreign: 'NOT_FOUND',
  },
  'list.restore': {
    as: 'local',
    input: ({ listId }) => ({ listId }),
    sideways: 'FORBIDDEN',
    foreign: 'NOT_FOUND',
  },
  'list.remove': {
    as: 'local',
    input: ({ listId }) => ({ listId }),
    sideways: 'FORBIDDEN',
    foreign: 'NOT_FOUND',
  },
  'concept.list': atPlace('local'),
  'concept.create': atPlace('local', { entity: 'report', spec: concept, links: [] }),
  'concept.link': {
    as: 'local',
    input: ({ conceptId, fieldId }) => ({ conceptId, fieldId, map: { true: 'true', false: 'false' } }),
    sideways: 'FORBIDDEN',
    foreign: 'NOT_FOUND',
  },
  'concept.unlink': ofField(),
  'concept.remove': {
    as: 'local',
    input: ({ conceptId }) => ({ conceptId }),
    sideways: 'FORBIDDEN',
    foreign: 'NOT_FOUND',
  },
  'import.list': nothingNamed('admin', {}),
  'import.get': ofImport(),
  'import.lines': ofImport(),
  'import.tryOut': ofImport({ mapping: { name: 0 }, options: { duplicates: 'hold', territoryId: null } }),
  'import.run': ofImport(),
  'import.undo': ofImport(),
  'import.remove': ofImport(),
  'field.starter': nothingNamed('admin'),
  'field.publishStarter': nothingNamed('admin', { fields: [{ key: 'decides', label: null }] }),
  'objective.list': atPlace('local'),
  'objective.preview': atPlace('local', OBJECTIVE),
  'objective.state': atPlace('local', { ...OBJECTIVE, why: 'La foire est le 12' }),
  'objective.end': ofObjective(),
  'objective.resume': ofObjective(),
  'org.setup': nothingNamed('admin'),
  'org.places': nothingNamed('admin'),
  'org.division': nothingNamed('admin', { depth: 1, regions: null }),
  'org.takeDivision': nothingNamed('admin', { depth: 3, regions: ['53'] }),
  'org.me': nothingNamed('basqueRep'),
  'org.get': nothingNamed('admin'),
  'org.rename': nothingNamed('admin', { name: 'Delmas' }),
  'org.setLevelNames': nothingNamed('admin', {
    names: ['A', 'B', 'C', 'D'].map((name) => ({ fr: name, en: name })),
  }),
  'org.setLocaleAndZone': nothingNamed('admin', { defaultLocale: 'fr', timeZone: 'Europe/Paris' }),
  // What an operation names is judged operation by operation: sync.db.test.ts.
  'sync.push': {
    as: 'basqueRep',
    input: ({ membershipId }) => ({ protocol: 1, membershipId, operations: [{}] }),
    sideways: 'MEMBERSHIP_OTHER',
    foreign: 'MEMBERSHIP_OTHER',
  },
  'quarantine.list': atPlace('local'),
  'quarantine.count': atPlace('local'),
  'quarantine.get': ofAside(),
  'quarantine.contacts': {
    as: 'local',
    input: ({ accountId }) => ({ accountId }),
    sideways: 'FORBIDDEN',
    foreign: 'NOT_FOUND',
  },
  'quarantine.accept': ofAside(),
  'quarantine.return': ofAside({ word: 'À refaire sur le bon compte.' }),
  'quarantine.told': nothingNamed('basqueRep', { opIds: [] }),
  'report.list': atPlace('local'),
  'report.authors': atPlace('local'),
  'report.countForExport': atPlace('local'),
  'report.get': {
    as: 'local',
    input: ({ reportId }) => ({ reportId }),
    sideways: 'FORBIDDEN',
    foreign: 'NOT_FOUND',
  },
  'retention.get': nothingNamed('admin'),
  'retention.preview': nothingNamed('admin', { years: 3 }),
  'retention.ask': nothingNamed('admin', { years: 3 }),
  'retention.callOff': nothingNamed('admin'),
  'scenario.list': nothingNamed('local', {}),
  'scenario.get': ofScenario(),
  'scenario.compare': {
    as: 'local',
    input: ({ scenarioId }) => ({ scenarioId, otherId: scenarioId }),
    sideways: 'FORBIDDEN',
    foreign: 'NOT_FOUND',
  },
  'scenario.create': atPlace('local', { name: 'Printemps', effectiveOn: '2027-03-01' }),
  'scenario.rename': ofScenario({ name: 'Automne' }),
  'scenario.setDay': ofScenario({ day: '2027-03-01' }),
  'scenario.addGesture': {
    as: 'local',
    input: ({ scenarioId, territoryId }) => ({
      scenarioId,
      steps: [{ of: 'rename', territoryId, name: 'Labourd' }],
      known: 1,
    }),
    sideways: 'FORBIDDEN',
    foreign: 'NOT_FOUND',
  },
  'scenario.removeGesture': {
    as: 'local',
    input: ({ scenarioId }) => ({ scenarioId, gestureId: scenarioId }),
    sideways: 'FORBIDDEN',
    foreign: 'NOT_FOUND',
  },
  'scenario.previewStep': {
    as: 'local',
    input: ({ scenarioId, territoryId }) => ({
      scenarioId,
      step: { of: 'merge', territoryId, intoId: territoryId },
    }),
    sideways: 'FORBIDDEN',
    foreign: 'NOT_FOUND',
  },
  'scenario.settleStep': {
    as: 'local',
    input: ({ scenarioId }) => ({ scenarioId, gestureId: scenarioId, step: 0, clashes: [], known: [] }),
    sideways: 'FORBIDDEN',
    foreign: 'NOT_FOUND',
  },
  'scenario.reorder': ofScenario({ order: [] }),
  'scenario.copy': ofScenario({ name: 'Copie' }),
  'scenario.share': ofScenario({ shared: true }),
  'scenario.remark': ofScenario({ text: 'Bien vu' }),
  'scenario.publish': ofScenario({ known: 1 }),
  'scenario.plan': ofScenario({ day: '2027-03-01', known: 1 }),
  'scenario.planOne': {
    as: 'local',
    input: ({ territoryId }) => ({
      steps: [{ of: 'close', territoryId }],
      day: '2027-03-01',
      name: 'Fermeture',
    }),
    sideways: 'FORBIDDEN',
    foreign: 'NOT_FOUND',
  },
  'scenario.plannedAt': atPlace('local'),
  'scenario.hindrances': ofScenario(),
  'scenario.unplan': ofScenario(),
  'scenario.places': ofScenario(),
  'scenario.holdings': {
    as: 'local',
    input: ({ scenarioId, territoryId }) => ({ scenarioId, territoryId }),
    sideways: 'FORBIDDEN',
    foreign: 'NOT_FOUND',
  },
  'scenario.accounts': {
    as: 'local',
    input: ({ scenarioId, territoryId }) => ({ scenarioId, territoryId }),
    sideways: 'FORBIDDEN',
    foreign: 'NOT_FOUND',
  },
  'scenario.discard': ofScenario({ discarded: true }),
  'sync.pull': {
    as: 'basqueRep',
    input: ({ membershipId }) => ({
      protocol: 1,
      membershipId,
      cursor: null,
      frameTag: null,
      packAsOf: null,
    }),
    sideways: 'MEMBERSHIP_OTHER',
    foreign: 'MEMBERSHIP_OTHER',
  },
  'sync.keys': nothingNamed('basqueRep'),
  // A key that does open: hand-over.db.test.ts.
  'sync.recoverKey': {
    as: 'basqueRep',
    input: ({ membershipId }) => ({ membershipId, sealedKey: 'AAAA' }),
    sideways: 'MEMBERSHIP_OTHER',
    foreign: 'MEMBERSHIP_OTHER',
  },
  'territory.tree': nothingNamed('local', {}),
  'territory.levels': nothingNamed('local'),
  'territory.get': atPlace('local'),
  'territory.createSubSector': {
    as: 'local',
    input: ({ parentId }) => ({ parentId, name: 'Soule' }),
    sideways: 'FORBIDDEN',
    foreign: 'NOT_FOUND',
  },
  'territory.rulePlaces': ofParent(),
  'territory.previewRule': ofParent({ rule: { by: 'all' } }),
  'territory.askOfSector': ofParent({ ask: { of: 'make', name: 'Soule', rule: { by: 'all' } } }),
  'territory.arrangements': ofParent(),
  'territory.rename': atPlace('local', { name: 'Nouveau nom' }),
  // The administrator of the whole organisation has no neighbour: another branch's is in administer.db.test.ts.
  'territory.administered': { ...atPlace('admin'), sideways: null },
  'territory.add': {
    as: 'admin',
    input: ({ parentId }) => ({ parentId, rank: 3, name: 'Soule', code: null }),
    sideways: null,
    foreign: 'NOT_FOUND',
  },
  'territory.parents': atPlace('local'),
  'territory.move': {
    as: 'local',
    input: ({ territoryId, parentId }) => ({ territoryId, parentId }),
    sideways: 'FORBIDDEN',
    foreign: 'NOT_FOUND',
  },
  'territory.setCode': { ...atPlace('admin', { code: '64' }), sideways: null },
  'territory.close': atPlace('local'),
  'territory.reopen': atPlace('local'),
  'territory.movePreview': {
    as: 'local',
    input: ({ territoryId, parentId }) => ({ territoryId, parentId }),
    sideways: 'FORBIDDEN',
    foreign: 'NOT_FOUND',
  },
  'territory.mergeTargets': atPlace('local'),
  'territory.mergePreview': mergingPlaces(),
  'territory.merge': mergingPlaces(),
  'territory.splitChoices': atPlace('local'),
  'territory.splitPreview': splitting({}),
  'territory.split': splitting({ to: { of: 'new', rank: 3, name: 'Partie' } }),
  'territory.undo': {
    as: 'local',
    input: ({ gestureId }) => ({ gestureIds: [gestureId] }),
    sideways: 'NOT_FOUND',
    foreign: 'NOT_FOUND',
  },
  'view.board': nothingNamed('local'),
  'view.list': nothingNamed('local'),
  'view.open': ofView(),
  'view.keep': atPlace('local', { name: 'Vue', query: 'm=orders' }),
  'view.change': ofView(keptView),
  'view.pin': ofView({ pinned: true }),
  'view.order': nothingNamed('local', { viewIds: [] }),
  'view.weekly': ofView({ weekly: true }),
  'view.remove': ofView(),
  'view.restore': ofView(),
  'waste.audit': atPlace('local'),
  'waste.keep': ofField(),
  'waste.retire': ofField(),
}

const PROCEDURES = Object.keys(appRouter._def.procedures)

let world: TestWorld
let statements: ReadonlySet<string>
let ids: Readonly<Record<'own' | 'sideways' | 'foreign', Ids>>

beforeAll(async () => {
  world = await openTestWorld()
  statements = watchStatements(world.db)
  const { north, other } = world
  ids = {
    own: await idsOf(north, 'basque', 'basqueRep'),
    sideways: await idsOf(north, 'finistere', 'bretonRep'),
    foreign: await idsOf(other, 'basque', 'basqueRep'),
  }
})
afterAll(() => world.close())

async function idsOf(
  org: TestOrg,
  place: 'basque' | 'finistere',
  rep: 'basqueRep' | 'bretonRep',
): Promise<Ids> {
  const territoryId = org.territories[place]
  const { membershipId, deviceId } = org.people[rep]
  const [held] = await world.sql<{ id: string }>(
    org.orgId,
    'SELECT id FROM assignment WHERE membership_id = $1',
    [membershipId],
  )
  return {
    territoryId,
    parentId: place === 'basque' ? org.territories.pyrenees : org.territories.finistere,
    accountId: org.accounts[place].id,
    fieldId: await arrangeField(world.sql, org, {
      territoryId,
      entity: 'report',
      key: `q_${place}`,
      spec: { type: 'yes_no', reportable: true },
    }),
    assignmentId: held?.id ?? '',
    membershipId,
    deviceId,
    importId: await arrangeImport(world.sql, org),
    reportId: await arrangeReport(world.sql, org, { at: place, by: rep }),
    conceptId: await arrangeConcept(org, territoryId),
    ...(await arrangeList(org, territoryId)),
    delegationId: await arrangeDelegation(world.sql, org, {
      giver: 'hq',
      receiver: rep,
      territoryId,
    }),
    asideId: await arrangeAside(world.sql, org, { at: place, by: rep }),
    noteId: await arrangeNote(org, territoryId, membershipId),
    gestureId: await arrangeGesture(org, place),
    objectiveId: await arrangeObjective(org, territoryId),
    viewId: await arrangeView(org, place === 'basque' ? 'local' : rep),
    insightKey: (await arrangeInsight(world.sql, org, { at: place, people: 1 })).key,
    scenarioId: await arrangeScenario(world.sql, org, { territoryId }),
    colleagueId: org.people.bearnRep.membershipId,
    replacementId: await arrangeReplacement(org, { membershipId, territoryId, assignmentId: held?.id ?? '' }),
    reassignmentId: await arrangeReassignment(org, territoryId),
  }
}

/** Somebody is replaced by the rep of Béarn. */
async function arrangeReplacement(
  org: TestOrg,
  away: { membershipId: string; territoryId: string; assignmentId: string },
): Promise<string> {
  const id = randomUUID()
  const { membershipId } = org.people.bearnRep
  await world.sql(
    org.orgId,
    `INSERT INTO replacement (org_id, id, absent_id, substitute_id, valid_from, valid_to, created_by)
     VALUES ($1, $2, $3, $4, '2026-11-20', '2026-11-30', $3)`,
    [org.orgId, id, away.membershipId, membershipId],
  )
  await world.sql(
    org.orgId,
    `INSERT INTO assignment (org_id, id, membership_id, territory_id, role, valid_from, valid_to, replacement_id, replaces_id)
     VALUES ($1, gen_random_uuid(), $2, $3, 'rep', '2026-11-20', '2026-11-30', $4, $5)`,
    [org.orgId, membershipId, away.territoryId, id, away.assignmentId],
  )
  return id
}

async function arrangeReassignment(org: TestOrg, territoryId: string): Promise<string> {
  const id = randomUUID()
  await world.sql(
    org.orgId,
    `INSERT INTO reassignment (org_id, id, to_id, filter, state, total, asked_by, asked_at)
     VALUES ($1, $2, $3::uuid, jsonb_build_object('territoryId', $3::text), 'moved', 0, $4, $5)`,
    [org.orgId, id, territoryId, org.people.admin.membershipId, WORLD_NOW],
  )
  return id
}

async function arrangeList(org: TestOrg, territoryId: string): Promise<{ listId: string; itemId: string }> {
  const [listId, itemId] = [randomUUID(), randomUUID()]
  await world.sql(org.orgId, 'INSERT INTO list (org_id, id, territory_id, name) VALUES ($1, $2, $3, $4)', [
    org.orgId,
    listId,
    territoryId,
    JSON.stringify({ fr: `Liste ${listId}` }),
  ])
  await world.sql(
    org.orgId,
    'INSERT INTO list_item (org_id, id, list_id, territory_id, label) VALUES ($1, $2, $3, $4, $5)',
    [org.orgId, itemId, listId, territoryId, JSON.stringify({ fr: 'Four' })],
  )
  return { listId, itemId }
}

async function arrangeNote(org: TestOrg, territoryId: string, memberId: string): Promise<string> {
  const id = randomUUID()
  await world.sql(
    org.orgId,
    `INSERT INTO coaching_note (org_id, id, member_id, author_id, territory_id, text, written_at, worded_at, changed_at)
     VALUES ($1, $2, $3, $4, $5, 'Bravo', now(), now(), now())`,
    [org.orgId, id, memberId, org.people.local.membershipId, territoryId],
  )
  return id
}

/** Of his branch by its manager, which gave nothing to take back. */
async function arrangeGesture(org: TestOrg, place: keyof TestOrg['accounts']): Promise<string> {
  const id = randomUUID()
  const by = org.people[place === 'basque' ? 'local' : 'admin']
  await world.sql(
    org.orgId,
    `INSERT INTO audit_event (org_id, id, membership_id, action, subject_id, detail) VALUES ($1, $2, $3, 'territory.rename', $4, '{"undo": []}')`,
    [org.orgId, id, by.membershipId, org.territories[place]],
  )
  return id
}

async function arrangeObjective(org: TestOrg, territoryId: string): Promise<string> {
  const id = randomUUID()
  await world.sql(
    org.orgId,
    `INSERT INTO objective (org_id, id, territory_id, stated_by, stated_at, segment, why, from_day, to_day, changed_at)
     VALUES ($1, $2, $3, $4, now(), $5, 'La foire', '2026-11-20', '2026-12-20', now())`,
    [org.orgId, id, territoryId, org.people.local.membershipId, JSON.stringify(OBJECTIVE.segment)],
  )
  return id
}

async function arrangeView(org: TestOrg, owner: keyof TestOrg['people']): Promise<string> {
  const id = randomUUID()
  await world.sql(
    org.orgId,
    `INSERT INTO saved_view (org_id, id, owner_id, name, query, saved_at) VALUES ($1, $2, $3, 'Vue', 'm=orders', now())`,
    [org.orgId, id, org.people[owner].membershipId],
  )
  return id
}

async function arrangeConcept(org: TestOrg, territoryId: string): Promise<string> {
  const id = randomUUID()
  await world.sql(
    org.orgId,
    'INSERT INTO concept (org_id, id, territory_id, entity, spec) VALUES ($1, $2, $3, $4, $5)',
    [org.orgId, id, territoryId, 'report', JSON.stringify(concept)],
  )
  return id
}

/** Calls a procedure by its path; the code it was refused with, or null. */
async function refusal(path: string, session: SessionIds | null, input: unknown): Promise<string | null> {
  // As if signed in since: what some procedures end here is not what the next one is tried on.
  const fresh = session && { ...session, proof: { way: 'password', at: WORLD_NOW.getTime() + 1 } as const }
  const caller = world.callerFor(fresh) as unknown as Readonly<
    Record<string, Readonly<Record<string, (input: unknown) => Promise<unknown>>>>
  >
  const [noun = '', verb = ''] = path.split('.')
  try {
    await caller[noun]?.[verb]?.(input)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : 'unknown'
  }
}

const caseOf = (path: string): Case => {
  const found = CASES[path]
  if (!found) throw new Error(`${path} has no entry: say which ids it takes and who may call it.`)
  return found
}
const permissionOf = (path: string): string => {
  const procedure = (appRouter._def.procedures as unknown as Readonly<Record<string, AnyTRPCProcedure>>)[path]
  return (procedure?._def.meta as { permission: string } | undefined)?.permission ?? 'none'
}

it('every procedure has its case, and every case its procedure', () => {
  expect([...PROCEDURES].sort()).toEqual(Object.keys(CASES).sort())
})

describe.each(PROCEDURES)('%s', (path) => {
  it('is refused without a session', async () => {
    expect(permissionOf(path)).not.toBe('none')
    expect(await refusal(path, null, caseOf(path).input(ids.own))).toBe('UNAUTHENTICATED')
  })

  it('is refused to a role that does not hold its permission', async () => {
    const { as, input } = caseOf(path)
    const people = { rep: 'bearnRep', manager: 'local', headquarters: 'hq', administrator: 'admin' } as const
    const without = ROLES.filter(
      (role: Role) => !(ROLE_PERMISSIONS[role] as readonly string[]).includes(permissionOf(path)),
    )
    if (permissionOf(path) === 'session') return expect(as).toBeDefined()
    for (const role of without) {
      expect([role, await refusal(path, world.north.people[people[role]], input(ids.own))]).toEqual([
        role,
        'FORBIDDEN',
      ])
    }
  })

  it("answers nothing for a neighbour's ids and does not know another organisation's", async () => {
    const { as, input, sideways, foreign } = caseOf(path)
    const session = world.north.people[as]
    if (sideways !== null) expect(await refusal(path, session, input(ids.sideways))).toBe(sideways)
    if (foreign !== null) expect(await refusal(path, session, input(ids.foreign))).toBe(foreign)
    if (foreign !== null) expect(await refusal(path, session, input(unknownIds()))).toBe(foreign)
  })

  it('answers its own branch', async () => {
    const { as, input } = caseOf(path)
    const told = await refusal(path, world.north.people[as], input(ids.own))
    expect([
      'UNAUTHENTICATED',
      'FORBIDDEN',
      'NOT_FOUND',
      'INVALID_INPUT',
      'UNAVAILABLE',
      'MEMBERSHIP_OTHER',
    ]).not.toContain(told)
    expect(told ?? '').not.toMatch(/\s/)
  })
})

it('every statement of theirs names its organisation for each table', async () => {
  expect(statements.size).toBeGreaterThan(200)
  expect(await unqualified(world.database.ownerUrl, statements)).toEqual([])
})

const unknownIds = (): Ids => ({
  territoryId: randomUUID(),
  parentId: randomUUID(),
  accountId: randomUUID(),
  fieldId: randomUUID(),
  assignmentId: randomUUID(),
  membershipId: randomUUID(),
  deviceId: randomUUID(),
  importId: randomUUID(),
  reportId: randomUUID(),
  conceptId: randomUUID(),
  listId: randomUUID(),
  itemId: randomUUID(),
  delegationId: randomUUID(),
  asideId: randomUUID(),
  noteId: randomUUID(),
  gestureId: randomUUID(),
  objectiveId: randomUUID(),
  viewId: randomUUID(),
  insightKey: randomUUID(),
  scenarioId: randomUUID(),
  colleagueId: randomUUID(),
  replacementId: randomUUID(),
  reassignmentId: randomUUID(),
})

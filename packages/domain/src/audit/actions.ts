/**
 * Everything the journal can hold, noun.verb: each has its sentence in i18n (`audit.action.<noun>.<verb>`). A test reads
 * the code for what is written and fails when one is missing here or has no sentence.
 */
export const AUDIT_ACTIONS = [
  'access.invite',
  'access.inviteAgain',
  'access.resetSignIn',
  'access.restoreDevice',
  'access.restoreMembership',
  'access.revokeDevice',
  'access.revokeMembership',
  'access.setPassword',
  'access.setPerson',
  'access.setSignInRules',
  'access.signOutDevice',
  'account.move',
  'assignment.assign',
  'assignment.end',
  'audit.export',
  'delegation.give',
  'delegation.giveAgain',
  'delegation.keepLevels',
  'delegation.takeBack',
  'field.publish',
  'field.reorder',
  'field.retire',
  'field.restore',
  'field.tighten',
  'field.translate',
  'import.receive',
  'import.remove',
  'import.run',
  'import.tryOut',
  'import.undo',
  'org.found',
  'org.rename',
  'org.restore',
  'org.setLevelNames',
  'org.setLocaleAndZone',
  'org.takeDivision',
  'territory.add',
  'territory.close',
  'territory.createSubSector',
  'territory.move',
  'territory.rename',
  'territory.reopen',
  'territory.setCode',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

/** What the journal is filtered by: the noun of what was done. */
export const AUDIT_KINDS = [
  'access',
  'account',
  'assignment',
  'audit',
  'delegation',
  'field',
  'import',
  'org',
  'territory',
] as const
export type AuditKind = (typeof AUDIT_KINDS)[number]

export const isAuditAction = (text: string): text is AuditAction =>
  (AUDIT_ACTIONS as readonly string[]).includes(text)

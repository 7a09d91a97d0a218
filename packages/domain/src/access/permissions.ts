export const PERMISSIONS = [
  'account.read',
  'account.write',
  'account.move',
  'analytics.read',
  'assignment.grant',
  'coaching.write',
  'data.import',
  'field.define',
  'field.read',
  'giveback.read',
  'objective.state',
  'organisation.administer',
  'quarantine.settle',
  'report.create',
  'report.read',
  'scenario.read',
  'segment.use',
  'territory.read',
  'territory.arrange',
  'territory.subdivide',
] as const
export type Permission = (typeof PERMISSIONS)[number]

export const ROLES = ['rep', 'manager', 'headquarters', 'administrator'] as const
export type Role = (typeof ROLES)[number]

/**
 * What a role may do in the branch of its territory. Administering is not reading: an administrator sees people and
 * territories, not what reps wrote.
 */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  rep: [
    'account.read',
    'account.write',
    'field.read',
    'giveback.read',
    'report.create',
    'report.read',
    'segment.use',
    'territory.read',
    'territory.subdivide',
  ],
  manager: [
    'account.read',
    'account.write',
    'account.move',
    'analytics.read',
    'assignment.grant',
    'coaching.write',
    'field.define',
    'field.read',
    'giveback.read',
    'objective.state',
    'quarantine.settle',
    'report.create',
    'report.read',
    'scenario.read',
    'segment.use',
    'territory.read',
    'territory.arrange',
    'territory.subdivide',
  ],
  headquarters: [
    'account.read',
    'analytics.read',
    'field.define',
    'field.read',
    'giveback.read',
    'quarantine.settle',
    'report.read',
    'scenario.read',
    'segment.use',
    'territory.read',
  ],
  administrator: [
    'assignment.grant',
    'data.import',
    'field.read',
    'organisation.administer',
    'scenario.read',
    'territory.read',
    'territory.arrange',
  ],
}

/** Roles a person may hand out: those whose every permission he holds himself. */
export const rolesWithin = (held: ReadonlySet<Permission>): Role[] =>
  ROLES.filter((role) => ROLE_PERMISSIONS[role].every((permission) => held.has(permission)))

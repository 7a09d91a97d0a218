import { writeAudit } from '@fieldback/db/audit/audit.repo'
import {
  type OrgSettings,
  readSettings,
  setLevelNames,
  setLocaleAndZone,
  setOrgName,
} from '@fieldback/db/org/settings.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import { FieldbackError } from '@fieldback/domain/errors'
import { lineOf, ORGANISATION_NAME_MAX } from '@fieldback/domain/org/founding'
import { LEVEL_NAME_MAX, levelNameTwice } from '@fieldback/domain/org/level-names'
import { LOCALES } from '@fieldback/i18n/locale'
import * as z from 'zod'
import { requireWholeOrganisation } from '../access/administer.ts'
import { refuseChanged } from '../meanwhile.ts'
import { scopedProcedure } from '../trpc.ts'

export type { OrgSettings }

const administer = scopedProcedure('organisation.administer')
const levelName = lineOf(LEVEL_NAME_MAX)
const names = z.array(z.object({ fr: levelName, en: levelName })).length(4)
/** As a screen showed it. */
const known = z.object({ fr: z.string().max(100), en: z.string().max(100) })

/** Whether days can be told by a zone's clock: any name of the tz database that this server knows. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return /^[A-Za-z]/.test(name)
  } catch {
    return false
  }
}
const timeZone = z.string().max(60).refine(isTimeZone)
const clock = z.object({ defaultLocale: z.enum(LOCALES), timeZone })

type Audit = { readonly newId: () => string }

async function note(
  sdb: ScopedDb,
  { newId }: Audit,
  action: string,
  detail: Record<string, unknown>,
): Promise<void> {
  await writeAudit(sdb, { id: newId(), action, subjectId: sdb.scope.orgId, detail })
}

/**
 * Settings of the whole organisation, spread into its router; each change answers what stood before, to undo. `known` is
 * what the caller saw there: CHANGED_MEANWHILE when it is no longer so.
 */
export const settingsProcedures = {
  /** Its name, levels, language and clock. */
  get: administer.query(async ({ ctx }): Promise<OrgSettings> => {
    await requireWholeOrganisation(ctx.sdb)
    return readSettings(ctx.sdb)
  }),

  rename: administer
    .input(z.object({ name: lineOf(ORGANISATION_NAME_MAX), known: z.string().max(80).optional() }))
    .mutation(async ({ ctx: { sdb, deps }, input }): Promise<OrgSettings> => {
      await requireWholeOrganisation(sdb)
      const before = await readSettings(sdb, true)
      if (before.name === input.name) return before
      refuseChanged(input.known, before.name)
      await setOrgName(sdb, input.name)
      await note(sdb, deps, 'org.rename', { from: before.name, to: input.name })
      return before
    }),

  /** LEVEL_NAME_TWICE {language, name} when two levels would read alike. */
  setLevelNames: administer
    .input(z.object({ names, known: z.array(known).max(4).optional() }))
    .mutation(async ({ ctx: { sdb, deps }, input }): Promise<OrgSettings> => {
      await requireWholeOrganisation(sdb)
      const twice = levelNameTwice(input.names)
      if (twice) throw new FieldbackError('LEVEL_NAME_TWICE', twice)
      const before = await readSettings(sdb, true)
      const kept = before.levelNames.map(({ fr, en }) => ({ fr, en }))
      if (JSON.stringify(kept) === JSON.stringify(input.names)) return before
      refuseChanged(input.known, kept)
      await setLevelNames(sdb, input.names)
      await note(sdb, deps, 'org.setLevelNames', { from: before.levelNames, to: input.names })
      return before
    }),

  setLocaleAndZone: administer
    .input(clock.extend({ known: clock.optional() }))
    .mutation(async ({ ctx: { sdb, deps }, input: { known, ...to } }): Promise<OrgSettings> => {
      await requireWholeOrganisation(sdb)
      const before = await readSettings(sdb, true)
      const { defaultLocale, timeZone } = before
      if (defaultLocale === to.defaultLocale && timeZone === to.timeZone) return before
      refuseChanged<Readonly<Record<string, string>>>(known, { defaultLocale, timeZone })
      await setLocaleAndZone(sdb, to)
      await note(sdb, deps, 'org.setLocaleAndZone', { from: { defaultLocale, timeZone }, to })
      return before
    }),
}

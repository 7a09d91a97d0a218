import type { Conversion } from '@fieldback/domain/field/conversion'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import type { Db } from '../client.ts'
import { conversionsOf } from '../field/conversion.repo.ts'
import { Prisma } from '../generated/prisma/client.ts'
import type { OrgSql } from '../org-sql.ts'
import { DEFINITION_JSON } from './row-sql.ts'

/** A version of a question, and whether it is the one in force. */
export type KnownField = { readonly row: FieldDefinition; readonly current: boolean }

/** Every version of the questions that some territories own, and of those named. */
export type Wanted = { readonly territories: readonly string[]; readonly ids: readonly string[] }

/** Questions of an organisation as they stood under one stamp: immutable until it moves (migration fields_stamp). */
type Under = {
  readonly stamp: string
  conversions?: readonly Conversion[]
  /** An id that names nothing is known too. */
  readonly byId: Map<string, readonly KnownField[]>
  /** Of territories whose questions are all known. */
  readonly byTerritory: Map<string, Set<string>>
}

/** Questions that a process has read: pushes name the same few, and reading them takes longer than all else they read. */
export type KnownFields = Map<string, Under>

/** Ids of a process before it forgets all; some kilobytes each. */
const MOST = 20_000

const known = new WeakMap<Db, KnownFields>()

export function knownFields(db: Db): KnownFields {
  const fields = known.get(db) ?? new Map()
  known.set(db, fields)
  return fields
}

/** Answers what is wanted, reading what is not known under the stamp. */
export async function readFields(
  sql: OrgSql,
  fields: KnownFields,
  { orgId, stamp, wanted }: { readonly orgId: string; readonly stamp: string; readonly wanted: Wanted },
): Promise<KnownField[]> {
  const under = underStamp(fields, orgId, stamp)
  const territories = wanted.territories.filter((id) => !under.byTerritory.has(id))
  const ids = wanted.ids.filter((id) => !under.byId.has(id))
  if (territories.length > 0 || ids.length > 0) await read(sql, orgId, under, { territories, ids })
  const asked = new Set([
    ...wanted.ids,
    ...wanted.territories.flatMap((id) => [...(under.byTerritory.get(id) ?? [])]),
  ])
  return [...asked].flatMap((id) => under.byId.get(id) ?? [])
}

/** What became of questions whose type was changed, read once under a stamp. */
export async function readConversions(
  sql: OrgSql,
  fields: KnownFields,
  { orgId, stamp }: { readonly orgId: string; readonly stamp: string },
): Promise<readonly Conversion[]> {
  const under = underStamp(fields, orgId, stamp)
  under.conversions ??= await conversionsOf(sql, orgId)
  return under.conversions
}

function underStamp(fields: KnownFields, orgId: string, stamp: string): Under {
  const held = fields.get(orgId)
  if (held?.stamp === stamp && held.byId.size <= MOST) return held
  const fresh: Under = { stamp, byId: new Map(), byTerritory: new Map() }
  const size = [...fields.values()].reduce((sum, { byId }) => sum + byId.size, 0)
  if (size > MOST) fields.clear()
  fields.set(orgId, fresh)
  return fresh
}

async function read(sql: OrgSql, orgId: string, under: Under, { territories, ids }: Wanted): Promise<void> {
  const rows = await sql.$queryRaw<KnownField[]>`
    SELECT ${DEFINITION_JSON} AS row, v.version = d.current_version AND d.retired_at IS NULL AS current
      FROM field_definition d JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id
     WHERE d.org_id = ${orgId}::uuid AND (${owned(territories)} OR d.id = ANY (${[...ids]}::uuid[]))`
  for (const id of ids) under.byId.set(id, [])
  for (const id of territories) under.byTerritory.set(id, new Set())
  const versions = new Map<string, KnownField[]>()
  for (const field of rows) {
    const { id, territoryId } = field.row
    versions.set(id, [...(versions.get(id) ?? []), field])
    under.byTerritory.get(territoryId)?.add(id)
  }
  for (const [id, known] of versions) under.byId.set(id, known)
}

const owned = (territories: readonly string[]) =>
  Prisma.sql`d.territory_id = ANY (${[...territories]}::uuid[])`

import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import type { OrgTx } from '../client.ts'
import { DEFINITION_JSON } from '../sync/row-sql.ts'

/** Every version of every question on accounts or contacts, whoever owns it; `live` is the version in force. */
export async function importFields(
  tx: OrgTx,
  orgId: string,
  entity: 'account' | 'contact',
): Promise<{ live: FieldDefinition[]; versions: Map<string, FieldDefinition> }> {
  const rows = await tx.$queryRaw<{ row: FieldDefinition; live: boolean }[]>`
    SELECT ${DEFINITION_JSON} AS row, v.version = d.current_version AND d.retired_at IS NULL AS live
      FROM field_definition d JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id
     WHERE d.org_id = ${orgId}::uuid AND d.entity = ${entity} ORDER BY d.id, v.version`
  return {
    live: rows.filter(({ live }) => live).map(({ row }) => row),
    versions: new Map(rows.map(({ row }) => [`${row.id}:${row.version}`, row])),
  }
}

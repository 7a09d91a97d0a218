import { Prisma } from '../generated/prisma/client.ts'

/**
 * A condition on a territory t: open, or closed with accounts in it or below. Work captured on a phone is never refused,
 * so an account may arrive in a place that was closed meanwhile; the place stays in sight until it has been moved.
 */
export const inSight = (orgId: string): Prisma.Sql => Prisma.sql`(t.closed_at IS NULL OR EXISTS (
  SELECT 1 FROM territory b JOIN account a ON a.org_id = ${orgId}::uuid AND a.territory_id = b.id AND a.deleted_at IS NULL
   WHERE b.org_id = ${orgId}::uuid AND b.path >= t.path AND b.path < left(t.path, -1) || '0'))`

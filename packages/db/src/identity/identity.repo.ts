import type { Db } from '../client.ts'

/** The pool, or an organisation's transaction: these functions need no context. */
type Reader = { readonly prisma: Pick<Db['prisma'], '$queryRaw'> }

export type Person = { readonly id: string; readonly email: string }
export type MembershipChoice = {
  readonly orgId: string
  readonly orgName: string
  readonly membershipId: string
  readonly displayName: string
}

/** The person and the argon2id hash (null when only e-mailed links were used), or null for an unknown address. */
export async function personByEmail(
  db: Db,
  email: string,
): Promise<(Person & { passwordHash: string | null }) | null> {
  const rows = await db.prisma.$queryRaw<{ id: string; email: string; password_hash: string | null }[]>`
    SELECT id, email, password_hash FROM identity_by_email(${email})`
  const row = rows[0]
  return row ? { id: row.id, email: row.email, passwordHash: row.password_hash } : null
}

export async function personById(db: Db, id: string): Promise<Person | null> {
  const rows = await db.prisma.$queryRaw<Person[]>`SELECT id, email FROM identity_by_id(${id}::uuid)`
  return rows[0] ?? null
}

/**
 * Organisations a person may enter now, oldest membership first. Left out: revoked ones; pending ones, which added him and
 * whose mailed link he never used; and for a founder whose address is not proved all but his own.
 */
export async function membershipsOf(db: Reader, personId: string): Promise<MembershipChoice[]> {
  const rows = await db.prisma.$queryRaw<
    { org_id: string; org_name: string; membership_id: string; display_name: string }[]
  >`SELECT org_id, org_name, membership_id, display_name FROM identity_memberships(${personId}::uuid)`
  return rows.map((row) => ({
    orgId: row.org_id,
    orgName: row.org_name,
    membershipId: row.membership_id,
    displayName: row.display_name,
  }))
}

/** Whether organisations that invited a person await him still; false for a founder whose address is not proved. */
export async function isAwaited(db: Reader, personId: string): Promise<boolean> {
  const rows = await db.prisma.$queryRaw<{ awaited: boolean }[]>`
    SELECT identity_is_awaited(${personId}::uuid) AS awaited`
  return rows[0]?.awaited ?? false
}

/** Whether what was proved at a time (milliseconds since 1970) still counts: the address was its person's by then. */
export async function proofHolds(db: Db, personId: string, provedAt: number): Promise<boolean> {
  const rows = await db.prisma.$queryRaw<{ holds: boolean }[]>`
    SELECT coalesce(identity_proved_at(${personId}::uuid) <= ${new Date(provedAt)}, true) AS holds`
  return rows[0]?.holds ?? false
}

/** Keeps a sign-in link (its SHA-256) for a known address; false for an unknown one, to be answered the same. */
export async function startLink(db: Db, email: string, tokenHash: string, expires: Date): Promise<boolean> {
  const rows = await db.prisma.$queryRaw<{ known: boolean }[]>`
    SELECT identity_start_link(${email}, ${tokenHash}, ${expires}) AS known`
  return rows[0]?.known ?? false
}

/** Until when a link serves, and the organisation that sent it (null: the person asked for it himself). */
export type LinkFacts = { readonly expires: Date; readonly orgId: string | null }

/**
 * Uses a link once, with the person's other links; null when it is unknown or was used. Its expiry is the caller's to
 * judge. One that still serves `now` proves the address of somebody who founded an organisation with it, and ends the
 * pending membership of the organisation that sent it; of all, when the person asked for it and belongs nowhere yet.
 */
export async function takeLink(
  db: Db,
  tokenHash: string,
  now: Date,
): Promise<(LinkFacts & { readonly email: string }) | null> {
  const rows = await db.prisma.$queryRaw<(LinkFacts & { email: string })[]>`
    SELECT email, expires_at AS expires, org_id AS "orgId" FROM identity_take_link(${tokenHash}, ${now})`
  return rows[0] ?? null
}

/** What a link is, without using it; null when it is unknown or was used. */
export async function lookAtLink(db: Db, tokenHash: string): Promise<LinkFacts | null> {
  const rows = await db.prisma.$queryRaw<LinkFacts[]>`
    SELECT expires_at AS expires, org_id AS "orgId" FROM identity_look_at_link(${tokenHash})`
  return rows[0] ?? null
}

/** Seconds until any of the subjects may try again; 0 when all may. */
export async function retryAfter(db: Db, subjects: readonly string[]): Promise<number> {
  const rows = await db.prisma.$queryRaw<{ seconds: number }[]>`
    SELECT identity_retry_after(${[...subjects]}::text[]) AS seconds`
  return rows[0]?.seconds ?? 0
}

export type LockRule = { readonly max: number; readonly windowSeconds: number; readonly lockSeconds: number }

/** Counts an attempt before it is judged, in one statement: parallel ones cannot slip past. Seconds to wait, 0 to go on. */
export async function takeAttempt(db: Db, subject: string, rule: LockRule): Promise<number> {
  const rows = await db.prisma.$queryRaw<{ seconds: number }[]>`
    SELECT identity_take_attempt(${subject}, ${rule.max}::int,
      make_interval(secs => ${rule.windowSeconds}::int), make_interval(secs => ${rule.lockSeconds}::int)) AS seconds`
  return rows[0]?.seconds ?? 0
}

/** Counts an attempt of each subject, which may come several times; those that must wait are left out, with the seconds. */
export async function takeAttempts(
  db: Db,
  subjects: readonly string[],
  rule: LockRule,
): Promise<{ readonly admitted: readonly boolean[]; readonly seconds: number }> {
  // In one order, so that two callers cannot wait for each other.
  const rows = await db.prisma.$queryRaw<{ place: number; seconds: number }[]>`
    SELECT place::int, identity_take_attempt(subject, ${rule.max}::int,
             make_interval(secs => ${rule.windowSeconds}::int), make_interval(secs => ${rule.lockSeconds}::int)) AS seconds
      FROM (SELECT subject, place FROM unnest(${[...subjects]}::text[]) WITH ORDINALITY AS given (subject, place)
             ORDER BY subject, place) AS ordered`
  const waits = new Map(rows.map(({ place, seconds }) => [place - 1, seconds]))
  return {
    admitted: subjects.map((_, place) => waits.get(place) === 0),
    seconds: Math.max(0, ...waits.values()),
  }
}

/** Counts a failure without asking: for a subject that successes must not fill, such as an office's address. */
export async function countFailure(db: Db, subject: string, rule: LockRule): Promise<void> {
  await db.prisma.$queryRaw`
    SELECT 1 FROM identity_count_failure(${subject}, ${rule.max}::int,
      make_interval(secs => ${rule.windowSeconds}::int), make_interval(secs => ${rule.lockSeconds}::int))`
}

export async function clearFailures(db: Db, subject: string): Promise<void> {
  await db.prisma.$queryRaw`SELECT 1 FROM identity_clear_failures(${subject})`
}

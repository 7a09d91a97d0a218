import { isWithin, type Path } from '../territory/path.ts'

export const REASSIGNMENT_STATES = ['moving', 'moved', 'stopped', 'undoing', 'undone'] as const
export type ReassignmentState = (typeof REASSIGNMENT_STATES)[number]

/** Why an account stays where it is: by its move, then by an undo. */
export type KeptReason = 'FORBIDDEN' | 'TOO_LARGE' | 'CHANGED' | 'HOME_CLOSED'

/** For so long a reassignment can be taken back as a whole. */
export const UNDO_DAYS = 7
const DAY_MS = 86_400_000

export const undoUntil = (askedAt: Date): Date => new Date(askedAt.getTime() + UNDO_DAYS * DAY_MS)

/** Some accounts of one home. */
export type HomeShare = { readonly path: Path; readonly accounts: number }
export type Holding = { readonly membershipId: string; readonly displayName: string; readonly path: Path }
export type Change = { readonly displayName: string; readonly accounts: number }

/** Who will reach how many more of some accounts once they are at a place, and who how many fewer. */
export function whoGainsAndLoses(
  holdings: readonly Holding[],
  homes: readonly HomeShare[],
  to: Path,
): { readonly gain: Change[]; readonly lose: Change[] } {
  const people = new Map<string, Holding[]>()
  for (const one of holdings) people.set(one.membershipId, [...(people.get(one.membershipId) ?? []), one])
  const changes = [...people.values()].map((held) => {
    const reaches = (path: Path) => held.some((one) => isWithin(one.path, path))
    const before = homes.filter(({ path }) => reaches(path)).reduce((sum, { accounts }) => sum + accounts, 0)
    const all = homes.reduce((sum, { accounts }) => sum + accounts, 0)
    return { displayName: held[0]?.displayName ?? '', accounts: (reaches(to) ? all : 0) - before }
  })
  const most = (a: Change, b: Change) => b.accounts - a.accounts || (a.displayName < b.displayName ? -1 : 1)
  return {
    gain: changes.filter(({ accounts }) => accounts > 0).sort(most),
    lose: changes
      .filter(({ accounts }) => accounts < 0)
      .map(({ displayName, accounts }) => ({ displayName, accounts: -accounts }))
      .sort(most),
  }
}

type Owned = { readonly id: string; readonly path: Path }

/** Questions that some of these accounts are asked anew at a place, and those that some are asked no more. */
export function questionsGainedAndLost<Q extends Owned>(
  questions: readonly Q[],
  homes: readonly Pick<HomeShare, 'path'>[],
  to: Path,
): { readonly gained: Q[]; readonly lost: Q[] } {
  return {
    gained: questions.filter(
      ({ path }) => isWithin(path, to) && homes.some((home) => !isWithin(path, home.path)),
    ),
    lost: questions.filter(
      ({ path }) => !isWithin(path, to) && homes.some((home) => isWithin(path, home.path)),
    ),
  }
}

/** The first of some accounts, as many as their reports allow in one transaction; one alone may exceed them. */
export function fitting<A extends { readonly reports: number }>(accounts: readonly A[], most: number): A[] {
  let reports = 0
  const end = accounts.findIndex((account, at) => {
    reports += account.reports
    return at > 0 && reports > most
  })
  return end === -1 ? [...accounts] : accounts.slice(0, end)
}

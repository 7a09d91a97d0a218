import { createHash } from 'node:crypto'
import { countFailure, retryAfter } from '@fieldback/db/identity/identity.repo'
import { type Founded, foundingState, foundOrganisation } from '@fieldback/db/org/founding.repo'
import { type ErrorCode, FieldbackError } from '@fieldback/domain/errors'
import {
  DEFAULT_LEVEL_NAMES,
  type FoundingForm,
  type FoundingState,
  slugOf,
} from '@fieldback/domain/org/founding'
import { passwordFault } from '@fieldback/domain/org/password-fault'
import { attemptSubject, NETWORK_RULE, networkOf } from '../access/attempt-rules.ts'
import type { DoorDeps } from '../access/door.ts'
import { localDay } from '../open-session.ts'
import { isTimeZone } from './settings.ts'

export type FoundingDeps = DoorDeps & {
  /** argon2id. */
  readonly hashPassword: (password: string) => Promise<string>
}

export type NewAdministrator = {
  readonly personId: string
  readonly orgId: string
  readonly membershipId: string
  /** The address was a person's already: he signs in with what he has, this visit proves nothing about him. */
  readonly known: boolean
}

/** What a link's page says. Looking uses nothing. TOO_MANY_ATTEMPTS {seconds} for a network that guesses. */
export async function lookAtFounding(
  deps: DoorDeps,
  { token, address }: { readonly token: string; readonly address: string },
): Promise<FoundingState> {
  const network = await admitNetwork(deps, address)
  const state = await foundingState(deps.db, hashOf(token))
  if (state === 'unknown') await countFailure(deps.db, network, NETWORK_RULE)
  return state
}

/**
 * Founds an organisation with a one-time link: its national territory, its first person, who administers it. Nothing of
 * another organisation is read or told. PASSWORD_WEAK {reason}, FOUNDING_SPENT, FOUNDING_EXPIRED, FOUNDING_UNKNOWN,
 * TOO_MANY_ATTEMPTS {seconds}.
 */
export async function found(
  deps: FoundingDeps,
  form: FoundingForm,
  address: string,
): Promise<NewAdministrator> {
  const network = await admitNetwork(deps, address)
  const { token, name, displayName, email, password, locale } = form
  const weak = password === null ? null : passwordFault(password, email)
  if (weak) throw new FieldbackError('PASSWORD_WEAK', { reason: weak })
  const timeZone = isTimeZone(form.timeZone) ? form.timeZone : 'Europe/Paris'
  const tokenHash = hashOf(token)
  // Looked at first: a password is not hashed for whoever has no link.
  const state = await foundingState(deps.db, tokenHash)
  if (state !== 'open') return refuse(deps, network, state)
  const ids = { orgId: deps.newId(), membershipId: deps.newId() }
  const founded = await foundOrganisation(deps.db, tokenHash, {
    ...ids,
    personId: deps.newId(),
    territoryId: deps.newId(),
    assignmentId: deps.newId(),
    auditId: deps.newId(),
    epoch: deps.newId(),
    name,
    slug: slugOf(name),
    levelNames: DEFAULT_LEVEL_NAMES,
    locale,
    timeZone,
    email,
    passwordHash: password === null ? null : await deps.hashPassword(password),
    displayName,
    day: localDay(timeZone, deps.now()),
  })
  if (founded.outcome !== 'founded' || founded.personId === null)
    return refuse(deps, network, founded.outcome === 'founded' ? 'unknown' : founded.outcome)
  deps.log.info('org.founded', { known: founded.known })
  return { ...ids, personId: founded.personId, known: founded.known }
}

const REFUSALS: Readonly<Record<Exclude<Founded['outcome'], 'founded'>, ErrorCode>> = {
  spent: 'FOUNDING_SPENT',
  expired: 'FOUNDING_EXPIRED',
  unknown: 'FOUNDING_UNKNOWN',
}

async function refuse(deps: DoorDeps, network: string, state: keyof typeof REFUSALS): Promise<never> {
  await countFailure(deps.db, network, NETWORK_RULE)
  throw new FieldbackError(REFUSALS[state])
}

async function admitNetwork(deps: DoorDeps, address: string): Promise<string> {
  const network = attemptSubject(deps.secret, 'network', networkOf(address))
  const wait = await retryAfter(deps.db, [network])
  if (wait > 0) throw new FieldbackError('TOO_MANY_ATTEMPTS', { seconds: wait })
  return network
}

/** The same hash as the operator's command writes. */
const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

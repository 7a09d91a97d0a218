import type { Db } from '@fieldback/db/client'
import type { Position, Replica } from '@fieldback/db/replica'
import type { Proof } from '@fieldback/domain/access/sign-in-rules'
import type { DivisionPort } from '@fieldback/domain/ports/division'
import type { EmailPort } from '@fieldback/domain/ports/email'
import type { ImagesPort } from '@fieldback/domain/ports/images'
import type { Runtime } from '@fieldback/domain/ports/runtime'
import type { StoragePort } from '@fieldback/domain/ports/storage'

/** What a session token carries. It grants nothing by itself: each procedure checks that it is still live. */
export type SessionIds = {
  readonly personId: string
  readonly orgId: string
  readonly membershipId: string
  readonly deviceId: string
}

export type Deps = Runtime & {
  readonly db: Db
  /** Where figures may be read instead. */
  readonly replica?: Replica | undefined
  readonly email: EmailPort
  readonly storage: StoragePort
  readonly images: ImagesPort
  /** Where an organisation may take its territories from. */
  readonly division: DivisionPort
  /** What people type, such as https://fieldback.example.com: links in mails begin with it. */
  readonly site: string
}

/** With how and when its person last proved who he is, which follows it through switches and renewals. */
export type Session = SessionIds & { readonly proof?: Proof | undefined }

export type Context = {
  readonly deps: Deps
  readonly session: Session | null
  /** How far the log had come when this session last wrote something that it has to see. */
  readonly written?: Position | null | undefined
}

import type { OperationAnswer } from '../sync/operation.ts'

/** `taken_back`: by whoever typed it, who does it anew or threw it away. */
export type SettlementKind = 'accepted' | 'returned' | 'taken_back'

/** What a phone is told of something of its person's that was put aside. */
export type AsideSettled = {
  readonly opId: string
  readonly kind: SettlementKind
  /** Of whoever settled it. */
  readonly by: string
  /** ISO 8601 */
  readonly at: string
  readonly word: string | null
  /** Of what was accepted. */
  readonly answer: OperationAnswer | null
}

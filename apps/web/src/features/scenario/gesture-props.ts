import type { Rank } from '@fieldback/domain/territory/rank'
import type { ScenarioPage } from './scenario-page.ts'
import type { useGestures } from './use-scenario.ts'

/** A territory of the project, and the one it was dropped on. */
export type Subject = {
  readonly id: string
  readonly name: string
  readonly rank: Rank
  readonly parentId: string | null
  readonly onto?: { readonly id: string; readonly name: string; readonly rank: Rank }
}

export type GestureProps = {
  readonly page: ScenarioPage
  readonly subject: Subject
  readonly gestures: ReturnType<typeof useGestures>
  readonly onDone: () => void
}

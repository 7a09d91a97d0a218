import { isEmptyPlace, notEmpty, type StandsHere } from '../territory/placement.ts'
import { applySteps, type StepFault, type TreeNode, type TreeStep } from '../territory/tree-step.ts'
import { type Carried, type CarryOn, carry } from './carry.ts'
import type { LiveFacts } from './facts.ts'
import { meetingsAlong, type StepMeeting } from './meetings.ts'
import { datedOn, type Gesture } from './scenario.ts'

/**
 * What becomes of a gesture over the tree as it is now: it applies and passes so many accounts; it is there already; or
 * it cannot be taken, by the fault of one of its steps.
 */
export type Outcome =
  | { readonly kind: 'applies'; readonly accounts: number }
  | { readonly kind: 'already' }
  | { readonly kind: 'stuck'; readonly fault: StepFault }

export type Projection = {
  /** One a gesture, in their order. */
  readonly outcomes: readonly Outcome[]
  /** Steps of the gestures that apply. */
  readonly steps: readonly TreeStep[]
  /** The gesture of each of these. */
  readonly by: readonly string[]
  /** What each of these does to questions that clash. */
  readonly meetings: readonly StepMeeting[]
  /** A territory that closes ahead of what stands on it is open there. */
  readonly tree: readonly TreeNode[]
  readonly carried: Carried
  /** What has to leave a territory before it closes on its day, by territory. */
  readonly left: ReadonlyMap<string, StandsHere>
}

/** `ahead`: the day is to come, and what stands on a territory that closes may be passed on before. */
export type ProjectOn = CarryOn & { readonly ahead: boolean }

/**
 * Lays a draft over the live organisation, whatever has become of it since: gestures that still apply, those that do not
 * with the reason, and those that somebody has carried out already. What hangs on a stuck gesture is stuck too.
 */
export function project(live: LiveFacts, gestures: readonly Gesture[], on: ProjectOn): Projection {
  const already = alreadyTrue(live, gestures)
  const stuck = new Map<string, StepFault>()
  for (;;) {
    const kept = gestures.filter(({ id }) => !already.has(id) && !stuck.has(id))
    const flat = kept.flatMap(({ id, steps }) => datedOn(steps, on.day).map((step, at) => ({ id, step, at })))
    const taken = take(
      live,
      flat.map(({ step }) => step),
      on,
    )
    if ('fault' in taken) {
      const at = flat[taken.fault.step]
      if (at) stuck.set(at.id, { ...taken.fault, step: at.at })
      continue
    }
    const passed = new Map<string, number>()
    for (const [index, { id }] of flat.entries())
      passed.set(id, (passed.get(id) ?? 0) + (taken.carried.passed[index] ?? 0))
    const steps = flat.map(({ step }) => step)
    const { meetings, asked } = meetingsAlong(live, steps)
    const { left } = taken
    return {
      tree: taken.tree.map((node) => (left.has(node.id) ? { ...node, closed: false } : node)),
      left,
      carried: { ...taken.carried, questions: taken.carried.questions.flatMap(asked) },
      outcomes: gestures.map((gesture) => outcomeOf(gesture, { already, stuck, passed })),
      steps,
      by: flat.map(({ id }) => id),
      meetings,
    }
  }
}

function take(
  live: LiveFacts,
  steps: readonly TreeStep[],
  on: ProjectOn,
): Pick<Projection, 'tree' | 'carried' | 'left'> | { readonly fault: StepFault } {
  const shape = applySteps(live.tree, steps, { ahead: true })
  if ('fault' in shape) {
    // What stands on territories may stop an earlier step than the shape does.
    const before = take(live, steps.slice(0, shape.fault.step), on)
    return 'fault' in before ? before : shape
  }
  const carried = carry(live, steps, on)
  const left = new Map(
    [...carried.left]
      .map(([id, here]) => [id, { ...here, children: shape.left.get(id) ?? 0 }] as const)
      .filter(([, here]) => !isEmptyPlace(here)),
  )
  for (const [step, one] of on.ahead ? [] : steps.entries()) {
    if (one.of !== 'close') continue
    const here = left.get(one.territoryId)
    if (here) return { fault: { ...notEmpty(one.territoryId, here), step } }
  }
  return { tree: shape.tree, carried, left }
}

type Known = {
  readonly already: ReadonlySet<string>
  readonly stuck: ReadonlyMap<string, StepFault>
  readonly passed: ReadonlyMap<string, number>
}

function outcomeOf({ id, steps }: Gesture, { already, stuck, passed }: Known): Outcome {
  const fault = stuck.get(id)
  if (fault) return { kind: 'stuck', fault }
  const accounts = passed.get(id) ?? 0
  // Nobody is left to pass on: somebody did it, or it never was anybody.
  const idle = accounts === 0 && steps.every(({ of }) => of === 'rehome')
  return already.has(id) || idle ? { kind: 'already' } : { kind: 'applies', accounts }
}

/**
 * Gestures whose every step finds the live tree as it would leave it. Only the first gesture on a territory is judged so:
 * what comes behind it is judged by what it leaves.
 */
function alreadyTrue(live: LiveFacts, gestures: readonly Gesture[]): Set<string> {
  const nodes = new Map(live.tree.map((node) => [node.id, node]))
  const touched = new Set<string>()
  const found = new Set<string>()
  for (const { id, steps } of gestures) {
    const on = steps.flatMap(subjectsOf)
    if (steps.every((step) => isTrue(step, { nodes, live })) && !on.some((subject) => touched.has(subject)))
      found.add(id)
    else for (const subject of on) touched.add(subject)
  }
  return found
}

/** What a step changes. */
export function subjectsOf(step: TreeStep): string[] {
  switch (step.of) {
    case 'create':
      return [step.id]
    case 'rehome':
    case 'rehang':
      return [step.fromId, step.toId]
    case 'merge':
      return [step.territoryId, step.intoId]
    case 'endAssignment':
      return [step.assignmentId]
    case 'unsettle':
      return []
    default:
      return [step.territoryId]
  }
}

function isTrue(
  step: TreeStep,
  { nodes, live }: { readonly nodes: ReadonlyMap<string, TreeNode>; readonly live: LiveFacts },
): boolean {
  const node = nodes.get(subjectsOf(step)[0] ?? '')
  switch (step.of) {
    case 'create':
      return node !== undefined && !node.closed
    case 'rename':
      return node?.name === step.name
    case 'move':
      return node?.parentId === step.parentId
    case 'merge':
    case 'close':
      return node?.closed === true
    case 'reopen':
      return node?.closed === false
    case 'rehome':
    case 'rehang':
    case 'unsettle':
      return false
    case 'assign':
      return live.held.some(
        (one) =>
          one.membershipId === step.membershipId &&
          one.territoryId === step.territoryId &&
          one.role === step.role,
      )
    case 'endAssignment':
      return !live.held.some(({ id }) => id === step.assignmentId)
  }
}

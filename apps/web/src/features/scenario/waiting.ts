import type { ScenarioPage } from './scenario-page.ts'

/** Why gestures that apply could not be taken today; those that wait for a choice are asked for it elsewhere. */
export function waitingOf({
  gestures,
  hindrances,
}: Pick<ScenarioPage, 'gestures' | 'hindrances'>): ScenarioPage['hindrances'] {
  const applying = new Set(gestures.filter(({ outcome }) => outcome.kind === 'applies').map(({ id }) => id))
  return hindrances.filter(
    ({ gestureId, fault }) =>
      gestureId !== null && applying.has(gestureId) && fault.code !== 'TERRITORY_FIELDS_MEET',
  )
}

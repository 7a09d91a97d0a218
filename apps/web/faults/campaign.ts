import { dice } from './dice.ts'
import { WRONGS, type Wrong } from './game.ts'
import { modelGround } from './model-ground.ts'
import { modelServer } from './model-server.ts'
import { type Bugs, type Played, play } from './play.ts'
import { FAULTS, type Fault, type Step, scheduleOf } from './schedule.ts'
import type { Server } from './server.ts'

/** Small, so that a first load of a dozen rows takes several pages. */
const ROWS_A_PAGE = 4

export type Opening = (seed: number, now: () => number) => Promise<Server>

export const openModel: Opening = async (seed, now) =>
  modelServer(modelGround(dice(seed).newId), { now, rowsAPage: ROWS_A_PAGE })

/** What a campaign found. `lost` is also what was typed and is not shown. */
export type Figures = {
  /** Of the first schedule. */
  readonly seed: number
  readonly schedules: number
  readonly saves: number
  /** That were taken. */
  readonly photos: number
  readonly faults: Readonly<Record<Fault, number>>
  readonly lost: number
  readonly duplicated: number
  readonly hidden_rejections: number
  readonly diverged: number
}

export type Result = { readonly figures: Figures; readonly failures: readonly Failure[] }

export type Failure = {
  readonly seed: number
  readonly steps: readonly Step[]
  readonly wrong: readonly Wrong[]
}

export type Campaign = {
  readonly schedules: number
  readonly seed: number
  readonly open?: Opening
  readonly bugs?: Bugs
}

/** Plays one schedule after the other; a page that breaks is as wrong as one that shows too little. */
export async function campaign({
  schedules,
  seed: first,
  open = openModel,
  bugs,
}: Campaign): Promise<Result> {
  const faults = Object.fromEntries(FAULTS.map((fault) => [fault, 0])) as Record<Fault, number>
  const failures: Failure[] = []
  let saves = 0
  let photos = 0
  for (let seed = first; seed < first + schedules; seed++) {
    const steps = scheduleOf(seed)
    const played = await playSeed(steps, { seed, open, bugs })
    saves += played.saves
    photos += played.photos
    for (const [fault, times] of played.reached) faults[fault] += times
    if (played.wrong.length > 0) failures.push({ seed, steps, wrong: played.wrong })
  }
  const wrongs = Object.fromEntries(
    WRONGS.map((kind) => [
      kind,
      failures.flatMap(({ wrong }) => wrong).filter(({ wrong }) => wrong === kind).length,
    ]),
  ) as Pick<Figures, (typeof WRONGS)[number]>
  return { figures: { seed: first, schedules, saves, photos, faults, ...wrongs }, failures }
}

/** The figures of several parts of one campaign. */
export function sumOf(results: readonly Result[]): Figures {
  const all = results.map(({ figures }) => figures)
  const sum = (of: (figures: Figures) => number): number => all.reduce((total, one) => total + of(one), 0)
  return {
    seed: Math.min(...all.map(({ seed }) => seed)),
    schedules: sum(({ schedules }) => schedules),
    saves: sum(({ saves }) => saves),
    photos: sum(({ photos }) => photos),
    faults: Object.fromEntries(
      FAULTS.map((fault) => [fault, sum(({ faults }) => faults[fault])]),
    ) as Figures['faults'],
    ...(Object.fromEntries(WRONGS.map((kind) => [kind, sum((figures) => figures[kind])])) as Pick<
      Figures,
      (typeof WRONGS)[number]
    >),
  }
}

type Seeded = { readonly seed: number; readonly open: Opening; readonly bugs?: Bugs | undefined }

/** A schedule that cannot be played to its end is as wrong as one that loses something. */
async function playSeed(steps: readonly Step[], { seed, open, bugs }: Seeded): Promise<Played> {
  return play(steps, (now) => open(seed, now), bugs).catch((error: unknown) => ({
    wrong: [
      { wrong: 'diverged', text: error instanceof Error ? (error.stack ?? error.message) : String(error) },
    ],
    reached: new Map(),
    saves: 0,
    photos: 0,
  }))
}

/** The steps of a failure without those it does not need: each is left out in turn, as long as it still goes wrong. */
export async function shortest(
  failure: Failure,
  { open = openModel, bugs }: Omit<Campaign, 'schedules' | 'seed'> = {},
): Promise<Failure> {
  let best = failure
  let size = best.steps.length / 2
  while (size >= 1) {
    const taken = Math.floor(size)
    let shorter = false
    for (let at = 0; at < best.steps.length; at += taken) {
      const steps = best.steps.toSpliced(at, taken)
      const { wrong } = await playSeed(steps, { seed: failure.seed, open, bugs })
      if (wrong.length === 0) continue
      best = { seed: failure.seed, steps, wrong }
      shorter = true
      at -= taken
    }
    if (!shorter || taken > 1) size = taken / 2
  }
  return best
}

import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Answers, Task } from './player.ts'

/** Most of what a schedule makes is forgotten at once: with this much room, before it is looked through. */
const YOUNG_MB = 48

/** A thread that plays, asked one thing at a time. */
export type Player = { ask<K extends Task['do']>(task: Extract<Task, { do: K }>): Promise<Answers[K]> }

/** As many as there are processors. */
export function openPlayers(): { readonly players: readonly Player[]; readonly close: () => Promise<void> } {
  const players = Array.from({ length: availableParallelism() }, openPlayer)
  return {
    players,
    async close() {
      for (const player of players) await player.ask({ do: 'close' })
    },
  }
}

function openPlayer(): Player {
  const worker = new Worker(new URL('./player.ts', import.meta.url), {
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  })
  return {
    async ask(task) {
      worker.postMessage(task)
      const [told] = await once(worker, 'message')
      if (told.failed !== undefined) throw new Error(told.failed)
      return told.done
    },
  }
}

/** Takes one thing after the other, each by whoever is free, until there is none. */
export async function shareOut<T>(
  players: readonly Player[],
  next: () => T | null,
  work: (player: Player, item: T) => Promise<void>,
): Promise<void> {
  await Promise.all(
    players.map(async (player) => {
      for (let item = next(); item !== null; item = next()) await work(player, item)
    }),
  )
}

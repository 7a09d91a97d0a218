import { BaseSequencer, type TestSpecification } from 'vitest/node'

// Vitest takes the largest files first, as long as it has not measured any: these are small and take a minute alone.
const LONG = /\/insight\/campaign\.test\.ts$/

/** Starts the longest files first: at the end, one of them would keep one processor and leave the others idle. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isLong = ({ moduleId }: TestSpecification) => LONG.test(moduleId)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

const LABEL_WIDTH = 44

/**
 * Prints one line for each step: what it does at its start, its seconds at its end. A step whose work answers false
 * had nothing to do. `out` is a writable stream, `describe` tells of the result.
 */
export function createSteps(out) {
  return async function step(label, work, describe = () => '') {
    out.write(`  ${label} `.padEnd(LABEL_WIDTH, '.'))
    const from = performance.now()
    try {
      const result = await work()
      out.write(` ${seconds(from)}${result === false ? ', nothing to do' : describe(result)}\n`)
      return result
    } catch (error) {
      out.write(` ${seconds(from)}, failed\n`)
      throw error
    }
  }
}

function seconds(from) {
  return `${((performance.now() - from) / 1000).toFixed(1)} s`
}

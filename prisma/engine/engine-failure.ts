type Explanation = { code?: string | undefined; message: string; isPanic?: boolean }

/** A failure to be shown to the user; `code` is Prisma's (P1001...), absent when Prisma has none for it. */
export class EngineFailure extends Error {
  override name = 'EngineFailure'
  readonly code: string | undefined
  /** The WASM engine broke, and cannot be asked anything more. */
  readonly isPanic: boolean

  constructor({ code, message, isPanic = false }: Explanation) {
    super(message)
    this.code = code
    this.isPanic = isPanic
  }
}

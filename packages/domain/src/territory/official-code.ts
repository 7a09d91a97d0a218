export const OFFICIAL_CODE_MAX = 20

/** Whether a territory's code is written as states write them: 64, 2A, 200067106. */
export const isOfficialCode = (code: string): boolean =>
  code.length <= OFFICIAL_CODE_MAX && /^[\p{L}\p{N}._-]+$/u.test(code)

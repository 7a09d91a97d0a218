import { importRefused } from '../../../../../server/import-files.ts'

export const GET = async (request: Request, { params }: { params: Promise<{ importId: string }> }) =>
  importRefused((await params).importId)(request)

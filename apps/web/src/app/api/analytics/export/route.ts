import { exportFigures } from '../../../../server/export-figures.ts'

export const GET = (request: Request): Promise<Response> => exportFigures(new URL(request.url).searchParams)

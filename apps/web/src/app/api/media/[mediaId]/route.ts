import { mediaAnnounced, mediaChunkSent, mediaPhoto } from '../../../../server/media-files.ts'

type At = { params: Promise<{ mediaId: string }> }

export const GET = async (request: Request, { params }: At) => mediaPhoto((await params).mediaId)(request)
export const POST = async (request: Request, { params }: At) =>
  mediaAnnounced((await params).mediaId)(request)
export const PUT = async (request: Request, { params }: At) => mediaChunkSent((await params).mediaId)(request)

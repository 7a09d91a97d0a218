import { campaignShare } from '../../packages/domain/src/insight/campaign.ts'

/** Organisations of a kind of which something is shown over a year of monthly runs, or rightly named first. */
export function measureInsights({ organisations }, wanted) {
  return wanted.map((name) => {
    const kind = name.split('.')[1]
    return { name, value: campaignShare(kind, organisations), unit: 'share', n: organisations }
  })
}

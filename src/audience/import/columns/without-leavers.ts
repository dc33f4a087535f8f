import type { FoundFile } from '../../../../db/tables/import.js'
import { recogniseService, type Service } from './recognise-service.js'

/** The services whose files, among these, take people for subscribed who have left a list there: they do not say so. */
export function servicesWithoutLeavers(files: readonly FoundFile[]): Service[] {
  const silent = files
    .filter(({ isLeftOut, standing = 'subscribed' }) => !isLeftOut && standing === 'subscribed')
    .map(({ header }) => recogniseService(header))
  return [...new Set(silent)].filter((service) => service === 'Brevo' || service === 'listmonk')
}

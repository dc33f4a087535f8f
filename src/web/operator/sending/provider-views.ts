import type { Provider } from '../../../../db/tables/provider.js'
import { PROVIDERS } from '../../../delivery/limits/providers.js'
import { providerExamples, providerName } from '../../provider-names.js'

/** Providers with a limit, at rest or recovering, as operators read them. */
export function providerViews(providers: readonly Provider[], now: Date) {
  return providers
    .filter(({ rate_per_hour, connections, rests_until }) => rate_per_hour || connections || rests_until)
    .map((provider) => ({
      ...provider,
      label: providerName(provider.name),
      examples: providerExamples(provider.name),
      isResting: provider.rests_until !== null && provider.rests_until > now,
      isRecovering: provider.connections !== null && !(provider.rests_until && provider.rests_until > now),
    }))
}

/** Every provider that can be limited, for a menu. */
export function providerOptions(): { value: string; label: string }[] {
  return PROVIDERS.map((name) => ({ value: name, label: providerName(name) }))
}

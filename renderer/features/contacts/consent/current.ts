import type { ChannelKind } from '../../../../shared/domain/channel.ts';
import type { ConsentEntry, ConsentPurpose } from '../../../../shared/domain/consent.ts';
import { consentNow } from '../../../../shared/domain/consent.ts';

export const PURPOSES = ['service', 'marketing'] as const satisfies ReadonlyArray<ConsentPurpose>;

export interface CurrentConsent {
  readonly purpose: ConsentPurpose;
  readonly channelKind: ChannelKind;
  readonly state: 'given' | 'withdrawn' | 'unknown';
}

/** What holds for each purpose on each of these kinds of channel. */
export function currentConsents(
  entries: ReadonlyArray<ConsentEntry>,
  kinds: ReadonlyArray<ChannelKind>,
): CurrentConsent[] {
  return PURPOSES.flatMap((purpose) =>
    kinds.map((channelKind) => ({ purpose, channelKind, state: consentNow(entries, purpose, channelKind) })),
  );
}

/** The word by which the person asked not to be written to, if that still holds somewhere. */
export function stopOf(
  entries: ReadonlyArray<ConsentEntry>,
  kinds: ReadonlyArray<ChannelKind>,
): ConsentEntry | null {
  const stopped = kinds.some((kind) => consentNow(entries, 'marketing', kind) === 'withdrawn');
  if (!stopped) return null;
  return (
    entries
      .filter(({ purpose, state }) => purpose === 'marketing' && state === 'withdrawn')
      .toSorted((a, b) => b.at - a.at)[0] ?? null
  );
}

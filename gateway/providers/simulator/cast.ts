/** A customer as the simulator plays one: who it is, where they write, and what they say. */
import type { Party } from '../provider.ts';

export type CastMember = {
  channelId: string;
  party: Party;
  /** The channel carries nothing but text. */
  textOnly: boolean;
  /** `slow` reads and answers late, `silent` receives and never reads. */
  temper: 'quick' | 'slow' | 'silent';
  openers: readonly string[];
  replies: readonly string[];
  thanks: readonly string[];
};

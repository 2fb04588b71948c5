import { MessageCircle, MessageCircleDashed, MessageSquareText } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Channel } from '../../../shared/domain/channel.ts';

export interface ChannelMarkProps {
  readonly channel: Pick<Channel, 'kind' | 'official' | 'name'>;
  readonly size?: number;
}

/** The icon of a channel; its name stands beside it or in the title. An unofficial WhatsApp number has a broken outline. */
export function ChannelMark({ channel, size = 14 }: ChannelMarkProps): ReactNode {
  if (channel.kind === 'sms') return <MessageSquareText size={size} aria-hidden="true" />;
  return channel.official ? (
    <MessageCircle size={size} aria-hidden="true" />
  ) : (
    <MessageCircleDashed size={size} aria-hidden="true" />
  );
}

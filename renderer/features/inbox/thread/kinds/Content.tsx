import type { ReactNode } from 'react';
import type { MessageContent } from '../../../../../shared/domain/message-content.ts';
import { Answer } from './Answer.tsx';
import { Audio } from './Audio.tsx';
import { Buttons } from './Buttons.tsx';
import { Call } from './Call.tsx';
import { ContactCards } from './ContactCards.tsx';
import { Document } from './Document.tsx';
import { Image } from './Image.tsx';
import { List } from './List.tsx';
import { Location } from './Location.tsx';
import { Order } from './Order.tsx';
import { Sticker } from './Sticker.tsx';
import { Template } from './Template.tsx';
import { Text } from './Text.tsx';
import { Unknown } from './Unknown.tsx';
import { Video } from './Video.tsx';
import { Voice } from './Voice.tsx';

/** What a message says, by kind. A kind added to the domain does not compile until it has a place here. */
export function Content({ content }: { readonly content: MessageContent }): ReactNode {
  switch (content.kind) {
    case 'text':
      return <Text body={content.body} />;
    case 'image':
      return <Image media={content.media} caption={content.caption} />;
    case 'video':
      return <Video media={content.media} caption={content.caption} />;
    case 'audio':
      return <Audio media={content.media} />;
    case 'voice':
      return <Voice media={content.media} />;
    case 'document':
      return <Document media={content.media} caption={content.caption} />;
    case 'sticker':
      return <Sticker media={content.media} animated={content.animated} />;
    case 'location':
      return <Location content={content} />;
    case 'contacts':
      return <ContactCards cards={content.cards} />;
    case 'order':
      return <Order content={content} />;
    case 'buttons':
      return <Buttons content={content} />;
    case 'list':
      return <List content={content} />;
    case 'answer':
      return <Answer content={content} />;
    case 'template':
      return <Template content={content} />;
    case 'system':
      return <Text body={content.text} />;
    case 'call':
      return <Call content={content} />;
    case 'unknown':
      return <Unknown content={content} />;
  }
}

import type { Channel } from '../../contract/invitation';
import type { MessageText } from '../../domain/message-texts/message-text';

/** One version of a text of an organisation. It never changes. */
export interface MessageTextDoc {
  /** `<organisation>:<channel>:<language>:<version>`. */
  _id: string;
  organisationId: string;
  channel: Channel;
  /** BCP 47, canonical. */
  language: string;
  /** From 1, without a gap in its language and channel. */
  version: number;
  text: MessageText;
  createdAt: Date;
}

/** The version of each text that is sent, by channel and language; a text that is absent is the built-in one. */
export type CurrentTexts = Partial<Record<Channel, Readonly<Record<string, number>>>>;

/**
 * How the texts of the demo are written down. A line starts with who speaks: `C` the customer, `A` the agent, `N` an internal note.
 * `{name}`, `{agent}`, `{product}`, `{lamp}`, `{order}`, `{day}`, `{slot}`, `{street}`, `{city}`, `{price}` are filled in. A directive after
 * the speaker makes another kind of message out of the rest of the line: `C !image Here is the photo`.
 */
export type Directive =
  | 'image'
  | 'voice'
  | 'audio'
  | 'video'
  | 'document'
  | 'sticker'
  | 'location'
  | 'contacts'
  | 'order'
  | 'buttons'
  | 'list'
  | 'answer'
  | 'flow'
  | 'template'
  | 'call'
  | 'missed'
  | 'newnumber'
  | 'newphone'
  | 'poll';

export type Topic = 'delivery' | 'refund' | 'warranty' | 'wholesale' | 'advice';

export type Dialogue = { topic: Topic; lines: readonly string[] };

export type Phrasebook = {
  /** BCP 47. */
  language: string;
  /** Country calling code and the lengths of what follows, to make up numbers. */
  calling: { code: string; prefixes: readonly string[]; digits: number };
  products: readonly string[];
  /** Those products that shine, for what is said about light only. */
  lamps: readonly string[];
  days: readonly string[];
  slots: readonly string[];
  cities: readonly string[];
  streets: readonly string[];
  /** ISO 4217. */
  currency: string;
  dialogues: readonly Dialogue[];
  /** For customers who write while one watches: first lines, answers that fit nearly anything, and goodbyes. */
  openers: readonly string[];
  replies: readonly string[];
  thanks: readonly string[];
};

import { fitsFolded, folded } from '../bulk/fits.ts';

/**
 * Emoji with the words by which they are found: the short names people know, as one compact text. Groups are lines. What other
 * languages call them is in i18n/emoji, made out of this list.
 */
const SOURCE = `
😀 grinning happy|😃 smile happy|😄 smile eyes happy|😁 grin beaming|😆 laugh|😅 sweat smile relief|🤣 rofl laughing|😂 joy tears laugh|🙂 slight smile|🙃 upside down|😉 wink|😊 blush smile|😇 angel innocent|🥰 hearts love|😍 heart eyes love|🤩 star struck|😘 kiss|😗 kissing|☺️ relaxed|😋 yum delicious|😛 tongue|😜 wink tongue|🤪 zany|🤗 hug|🤭 oops hand mouth|🤫 shush quiet|🤔 thinking hmm|🤐 zipper|🤨 raised eyebrow|😐 neutral|😑 expressionless|😶 no mouth|😏 smirk|😒 unamused|🙄 eye roll|😬 grimace|😌 relieved|😔 pensive sad|😪 sleepy|😴 sleeping zzz|😷 mask sick|🤒 fever sick|🤕 hurt bandage|🤢 nausea|🤧 sneeze|🥵 hot|🥶 cold|😵 dizzy|🤯 mind blown|🤠 cowboy|🥳 party celebrate|😎 cool sunglasses|🤓 nerd|😕 confused|😟 worried|🙁 frown|☹️ frowning sad|😮 surprised open mouth|😲 astonished|😳 flushed|🥺 pleading please|😢 cry sad|😭 sob crying|😱 scream|😖 confounded|😞 disappointed|😓 sweat|😩 weary|😫 tired|🥱 yawn|😤 huff|😡 angry rage|😠 angry|🤬 swearing|👻 ghost|🤖 robot|💩 poop
👋 wave hello bye|🤚 raised back hand|✋ hand stop|👌 ok perfect|🤌 pinched|✌️ victory peace|🤞 fingers crossed luck|🤟 love you|🤙 call me|👈 left point|👉 right point|👆 up point|👇 down point|☝️ one up|👍 thumbs up yes like|👎 thumbs down no|✊ fist|👊 punch|👏 clap applause|🙌 hooray hands|👐 open hands|🤝 handshake deal|🙏 pray thanks please|✍️ writing|💅 nails|💪 strong muscle|👀 eyes look|🧠 brain|🗣️ speaking|👶 baby|👦 boy|👧 girl|👨 man|👩 woman|👴 old man|👵 old woman|🙋 raising hand|🤷 shrug|🤦 facepalm|🙇 bow sorry|👮 police|👷 worker|🧑‍💻 developer computer|🧑‍🍳 cook|🏃 run|🚶 walk|💃 dance|👪 family
❤️ heart love red|🧡 orange heart|💛 yellow heart|💚 green heart|💙 blue heart|💜 purple heart|🖤 black heart|🤍 white heart|💔 broken heart|💕 two hearts|💖 sparkling heart|💯 hundred|💢 anger|💥 boom|💫 dizzy star|💦 drops|💨 dash|💬 speech chat|💤 zzz|✨ sparkles|⭐ star|🌟 glowing star|🔥 fire hot|🎉 party tada celebrate|🎊 confetti|🎁 gift present|🎂 birthday cake|🎈 balloon|🏆 trophy|🥇 gold first|🎯 target|🎵 music|🎶 notes music
✅ check done yes|☑️ checkbox|✔️ check mark|❌ cross no|❎ cross|➕ plus|➖ minus|❓ question|❗ exclamation|‼️ double exclamation|⚠️ warning|🚫 forbidden|⛔ no entry|🔴 red|🟠 orange|🟡 yellow|🟢 green|🔵 blue|⚫ black|⚪ white|⬆️ up|⬇️ down|⬅️ left|➡️ right|🔄 refresh|🔁 repeat|🆕 new|🆗 ok|🆘 sos help|ℹ️ info|♻️ recycle|💲 dollar
📱 phone mobile|💻 laptop computer|⌨️ keyboard|🖨️ printer|📷 camera|📹 video|📞 telephone call|☎️ phone|📧 email|✉️ letter mail|📦 package parcel box|📬 mailbox|📝 memo note|📄 document page|📎 paperclip|📌 pin|📍 location pin|📅 calendar date|⏰ alarm clock|⏳ hourglass wait|⌛ hourglass|🕐 clock time|🔒 lock|🔓 unlock|🔑 key|🔨 hammer|🔧 wrench repair|⚙️ settings gear|🔍 search|💡 idea bulb|🔋 battery|🔌 plug|💰 money bag|💵 cash dollar|💶 euro|💳 card credit|🧾 receipt invoice|📈 chart up|📉 chart down|📊 bar chart|🛒 cart shopping|🛍️ bags shopping|🏷️ label tag|🔗 link|🗑️ trash|📢 announcement|🔔 bell|🔕 mute bell
🚚 truck delivery|🚛 lorry|🚗 car|🚕 taxi|🚌 bus|🚲 bicycle|🛵 scooter|✈️ plane flight|🚆 train|🚢 ship|🚀 rocket|🏠 house home|🏢 office|🏬 store|🏦 bank|🏥 hospital|🏫 school|🏨 hotel|🌍 earth world|🗺️ map|🏖️ beach holiday|⛰️ mountain|🌅 sunrise|🌃 night
☀️ sun|🌤️ sun cloud|☁️ cloud|🌧️ rain|⛈️ storm|❄️ snow|☔ umbrella|🌈 rainbow|🌙 moon|🌸 blossom flower|🌹 rose|🌻 sunflower|🌱 seedling|🌳 tree|🍀 clover luck|🐶 dog|🐱 cat|🐭 mouse|🐰 rabbit|🦊 fox|🐻 bear|🐼 panda|🦁 lion|🐮 cow|🐷 pig|🐸 frog|🐵 monkey|🙈 see no evil monkey|🐔 chicken|🐧 penguin|🐦 bird|🦋 butterfly|🐝 bee|🐢 turtle|🐠 fish|🐬 dolphin
🍎 apple|🍌 banana|🍊 orange|🍓 strawberry|🍇 grapes|🍉 watermelon|🥑 avocado|🍅 tomato|🥕 carrot|🍞 bread|🧀 cheese|🍔 burger|🍟 fries|🍕 pizza|🌮 taco|🥗 salad|🍝 pasta|🍣 sushi|🍰 cake|🍩 donut|🍪 cookie|🍫 chocolate|🍦 ice cream|☕ coffee|🍵 tea|🍺 beer|🍷 wine|🥂 cheers|🍾 champagne|💧 water
⚽ football soccer|🏀 basketball|🎾 tennis|🏐 volleyball|🎮 game|🎲 dice|🎨 art|🎬 film|🎤 microphone|🎧 headphones|🎸 guitar|📚 books|🎓 graduation|👕 shirt|👗 dress|👟 shoe|👜 bag|👓 glasses|💍 ring|💄 lipstick|🧢 cap|💊 pill medicine|🩺 doctor
`;

export interface Emoji {
  readonly char: string;
  /** In English, as people know them from other programs; they find it in every language. */
  readonly words: string;
}

export const EMOJI: ReadonlyArray<Emoji> = SOURCE.trim()
  .split(/[|\n]/u)
  .map((entry) => {
    const [char = '', ...words] = entry.split(' ');
    return { char, words: words.join(' ') };
  });

/** Names of a language, by emoji. */
export type EmojiNames = ReadonlyMap<
  string,
  { readonly name: string; readonly words: ReadonlyArray<string> }
>;

/** What a file of i18n/emoji says: "emoji name;word;word", in groups. */
export function namesOf(source: string): EmojiNames {
  return new Map(
    source
      .trim()
      .split(/[|\n]/u)
      .map((entry) => {
        const at = entry.indexOf(' ');
        const words = entry.slice(at + 1);
        const [name = ''] = words.split(';');
        return [entry.slice(0, at), { name, words: folded(words) }] as const;
      }),
  );
}

export function nameOf({ char, words }: Emoji, names: EmojiNames | null): string {
  return names?.get(char)?.name ?? words;
}

/** Emoji that have a word for every word of the query, the best known ones first; English and the language's own. All of them without one. */
export function findEmoji(query: string, names: EmojiNames | null = null): ReadonlyArray<Emoji> {
  const wanted = folded(query.replaceAll('_', ' '));
  if (wanted.length === 0) return EMOJI;
  return EMOJI.filter(({ char, words }) =>
    fitsFolded(wanted, [...words.split(' '), ...(names?.get(char)?.words ?? [])]),
  );
}

/** The six that WhatsApp offers first. */
export const QUICK_REACTIONS = ['👍', '❤️', '😂', '😮', '😢', '🙏'] as const;

/** What people answer with in a company's chat; the rest of the emoji would only be in the way here. */
export const MORE_REACTIONS: ReadonlyArray<string> =
  '😀 😄 😊 🙂 😉 😍 🥰 😘 😎 🤩 🤗 🤔 😐 😬 🙄 😴 😔 😭 😡 😱 🤯 🤒 🥳 😇 👎 👌 ✌️ 🤞 👏 🙌 💪 🤝 👋 ✍️ 🤷 🤦 💯 🔥 ✨ 🎉 🎁 🌟 ⭐ ✅ ❌ ❗ ❓ ⏳ 📦 🚚 🧾 💳 📅 📍 📞 ☕ 🧡 💛 💚 💙 💜 🖤 💔 🌹'.split(
    ' ',
  );

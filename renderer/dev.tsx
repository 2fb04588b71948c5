// The page over a bridge in memory: `npx vite renderer --config build/vite.config.ts`, then /dev.html?scene=…. Not part of a build.
import './lib/noJit.ts';
import './ui/fonts.css';
import './ui/tokens.css';
import './ui/base.css';
import { createRoot } from 'react-dom/client';
import { DEFAULT_SETTINGS, Language } from '../shared/contract/settings.ts';
import type { AppState } from '../shared/contract/state.ts';
import { App } from './app/App.tsx';
import { applyLanguage, applyTheme } from './app/look.ts';
import { MemoryBridge, readyState } from './lib/bridge/memory/memory.ts';
import { createWorld } from './lib/bridge/memory/world.ts';

declare global {
  interface Window {
    /** For scripts that look at the page. */
    memoryBridge?: MemoryBridge;
  }
}

const asked = new URLSearchParams(window.location.search);
const size = Number(asked.get('size') ?? '60');
const world = createWorld(Date.now(), size, Number(asked.get('long') ?? '400'));
const ready = readyState(world);
const prefill = { gateway: 'http://127.0.0.1:4310', email: 'ana@demo.example', password: 'demo' };

const scenes: Readonly<Record<string, AppState>> = {
  ready,
  warning: {
    ...ready,
    keyWarning: 'plain_key_file',
    recovered: { at: 1, outbox: 2, drafts: 1, setAside: 'cache.damaged-1' },
  },
  starting: { phase: 'starting' },
  key: {
    phase: 'key_choice',
    options: [
      { mode: 'keychain', backend: 'GNOME Keyring', weak: false },
      { mode: 'passphrase', backend: null, weak: false },
      { mode: 'file', backend: null, weak: true },
    ],
  },
  locked: { phase: 'locked', mode: 'passphrase', waitUntil: null, recovery: true, unread: 3 },
  weak: {
    phase: 'key_problem',
    recovery: false,
    problem: 'weak_backend',
    backend: 'basic_text',
    previousBackend: null,
    unsent: null,
  },
  missing: {
    phase: 'key_problem',
    recovery: false,
    problem: 'missing_key',
    backend: null,
    previousBackend: null,
    unsent: 3,
  },
  moved: {
    phase: 'key_problem',
    recovery: false,
    problem: 'changed_backend',
    backend: 'KWallet',
    previousBackend: 'GNOME Keyring',
    unsent: 0,
  },
  damaged: { phase: 'cache_problem', problem: 'damaged', file: 'cache.db', recoverable: true, unsent: 2 },
  newer: { phase: 'cache_problem', problem: 'newer', file: 'cache.db', recoverable: true, unsent: 0 },
  full: { phase: 'cache_problem', problem: 'disk_full', file: 'cache.db', recoverable: false, unsent: 0 },
  second: { phase: 'cache_problem', problem: 'in_use', file: 'cache.db', recoverable: false, unsent: null },
  signin: { phase: 'signed_out', prefill, gateway: null, reason: null, unsent: 0 },
  ended: {
    phase: 'signed_out',
    prefill: null,
    gateway: 'https://gateway.example',
    reason: 'session_expired',
    unsent: 2,
  },
  mismatch: { phase: 'protocol_mismatch', ours: 1, theirs: 2, unsent: 1 },
};

const bridge = new MemoryBridge(world, scenes[asked.get('scene') ?? 'ready'] ?? ready);
window.memoryBridge = bridge;
const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root element');
const spoken = Language.safeParse(asked.get('lang') ?? 'en');
const theme = asked.get('theme') === 'dark' ? 'dark' : 'light';
bridge.settings = { ...DEFAULT_SETTINGS, language: spoken.data ?? 'en', theme };
applyTheme(theme);
await applyLanguage(bridge.settings.language);
createRoot(root).render(<App bridge={bridge} settings={bridge.settings} />);

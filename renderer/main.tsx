import './lib/noJit.ts';
import './ui/fonts.css';
import './ui/tokens.css';
import './ui/base.css';
import { createRoot } from 'react-dom/client';
import { DEFAULT_SETTINGS } from '../shared/contract/settings.ts';
import { App } from './app/App.tsx';
import { applyLanguage, applyTheme } from './app/look.ts';
import { connect } from './lib/bridge/connect.ts';

// Until the settings are here.
applyTheme('system');

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root element');
const bridge = await connect(window);
// A page without its settings, or in English, is better than none.
const settings = await bridge.call('settings.get', {}).catch(() => DEFAULT_SETTINGS);
applyTheme(settings.theme);
await applyLanguage(settings.language).catch(() => undefined);
createRoot(root).render(<App bridge={bridge} settings={settings} />);

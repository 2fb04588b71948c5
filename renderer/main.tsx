import './lib/noJit.ts';
import './ui/fonts.css';
import './ui/tokens.css';
import './ui/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { applyTheme } from './app/theme.ts';
import { language } from './i18n/t.ts';
import { connect } from './lib/bridge/connect.ts';

applyTheme();
document.documentElement.lang = language();

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root element');
const bridge = await connect(window);
createRoot(root).render(<App bridge={bridge} />);
